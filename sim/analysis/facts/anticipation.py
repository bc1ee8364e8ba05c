"""O08 (for information): what a public threat does to trade before anything is imposed, in goods that can be stored and in services."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import pair, percent
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import world_b
from sim.scenario.scenario import DisputeSpec

START = 8
AHEAD = 3  # quarters between threat and imposition
STORABLE, SERVICES = (0, 1, 2), (4, 5)
DISPUTE = DisputeSpec("d", "a disputed rule", ("SENDER",), "TARGET", 0.0, "economic", 0.5, 0.5, 0.0, "dormant", "", "embargo")


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Change of the target's imports from the sender, %, between the threat of an embargo and the embargo; nobody but traders reacts."""
    world = dataclasses.replace(world_b(seed=seed, quarters=START + AHEAD + 2), disputes=(DISPUTE,))
    orders = [
        Decision(START, "SENDER", "threat", "TARGET", "", 0.5, {"dispute": DISPUTE.id, "package": DISPUTE.package, "deadline": str(AHEAD)}),
        Decision(START + AHEAD, "SENDER", "export_ban", "TARGET", "*", 1.0),
    ]
    twins = pair(world, seed, START, AHEAD + 1, parameters, orders)
    with_, without = (values[:AHEAD, 0, 1].sum(axis=0) for values in twins.both("trade", "true_value"))
    return {
        "storable": percent(float(np.log(with_[list(STORABLE)].sum() / without[list(STORABLE)].sum()))),
        "services": percent(float(np.log(with_[list(SERVICES)].sum() / without[list(SERVICES)].sum()))),
    }


FACT = Fact("O08", "anticipation", {}, (), "")
