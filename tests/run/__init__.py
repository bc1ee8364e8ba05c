"""A run from start to finish: the world, its record, forks, replay, the command and what it writes."""
