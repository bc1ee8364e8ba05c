"""O16: a sender that has abandoned most of its last five threats is believed less, and its next threat works less often."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.scenario.laboratory import world_a
from sim.scenario.scenario import DisputeSpec
from sim.world import World

STATES, SECTORS = 24, 5
THREATS = 5
MANY = 3  # abandoned threats from which most were abandoned
TARGETS = 10
DEMAND = 0.5


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Fresh targets answer the same threats of the hub, which has abandoned 0 to 5 of its last five; shares that concede, by that number."""
    rng = np.random.default_rng([11, seed])
    base = world_a(STATES, SECTORS, seed, quarters=4)
    targets = [base.state_ids[index] for index in rng.choice(np.arange(1, STATES), TARGETS, replace=False)]
    disputes = []
    for number, target in enumerate(targets):
        salience = rng.beta(2.0, 2.0, 2).clip(0.02, 0.98)
        disputes.append(
            DisputeSpec(
                f"t{number}", "a disputed rule", ("S001",), target, DEMAND, "core" if number % 2 else "economic",
                float(salience[0]), float(salience[1]), 0.0, "threat", "", "partial trade" if number % 3 else "embargo",
            )
        )
    setting = dataclasses.replace(base, disputes=tuple(disputes))
    found = {}
    for abandoned in range(THREATS + 1):
        world = World(setting, seed, None, None, parameters)
        world.politics.threats[0] = [True] * (THREATS - abandoned) + [False] * abandoned
        for _ in range(2):  # threats are answered in the quarter after they are made
            world.step()
        found[str(abandoned)] = sum(dispute.conceded_at == "threat" for dispute in world.politics.disputes.values()) / TARGETS
    return found


def pooled(records: Sequence[Record]) -> dict[str, float]:
    """Share that concedes after 3 to 5 abandoned threats over the share after 0 to 2."""
    few = float(np.mean([record[str(number)] for record in records for number in range(MANY)]))
    many = float(np.mean([record[str(number)] for record in records for number in range(MANY, THREATS + 1)]))
    return {"ratio": many / max(few, 1e-9), "after_few": few, "after_many": many}


FACT = Fact("O16", "credibility", {"credibility_weight": 1000.0}, ("ratio",), "a record of threats counts for next to nothing", pooled)
