"""O05T: within one observable type of dispute the hazard falls because the irresolute give in first, and is level where all are equally resolved.

In a mixed population hazards fall even where resolve is equal, since the easy cases leave first; so the mechanism is tested on one type: the same
two states, demand, salience and measures, and nothing but private resolve and chance drawn anew. It is a type in which a target of middling resolve
may go either way: where all give in at once, or none does, there is no hazard to compare.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from sim.analysis.facts.episodes import hazard
from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.staged import outcome, staged
from sim.scenario.laboratory import world_b

SECTORS = 5
COALITION, LINES = 0.5, 0.3  # share of the target's trade that the sender holds, and share of all lines it bans
SALIENCE = 0.5  # of both sides
DRAWS = 10  # disputes for each seed


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Disputes of one type in World B, which is the same for all seeds."""
    world = staged(world_b(SECTORS, 1, sender_share=COALITION), ["SENDER"], "TARGET", LINES, 1, kind="economic")
    dispute = dataclasses.replace(world.disputes[0], salience_sender=SALIENCE, salience_target=SALIENCE)
    world = dataclasses.replace(world, disputes=(dispute,))
    return {"cases": [outcome(world, DRAWS * seed + draw, parameters) for draw in range(DRAWS)]}


FACT = Fact("O05T", "one_type", {"resolve_spread": 0.0}, ("ratio",), "no selection by private resolve", hazard)
