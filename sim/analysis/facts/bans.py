"""O07: a complete ban cuts bilateral trade by more than a half; a ban on a quarter of the lines by much less."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import pair, percent
from sim.scenario.laboratory import world_b

START = 8
AFTER = 8  # quarters: two years
COMPLETE, PARTIAL = 1.0, 0.25


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Change of the dyad's recorded trade, %, in the year around two years after a complete and a partial ban in World B."""
    changes = {}
    for name, lines in (("complete", COMPLETE), ("partial", PARTIAL)):
        world = world_b(seed=seed, lines=lines, imposed=START, quarters=START + AFTER + 2)
        twins = pair(world, seed, START, AFTER + 2, parameters)
        with_, without = (trade[AFTER - 2 : AFTER + 2, twins.senders[0]].sum() for trade in twins.bilateral("recorded_value"))
        changes[name] = percent(float(np.log(with_ / without)))
    return {**changes, "gap": changes["complete"] - changes["partial"]}


FACT = Fact("O07", "bans", {"enforcement_default": 0.0}, ("complete",), "nobody is found out, so nobody stops")
