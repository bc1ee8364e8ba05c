"""The model held against facts: one file for each target or small group, a registry, a runner and a report."""
