"""O10 and O11: what comprehensive and partial measures cost the target over ten years, and what they cost the senders."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import Array, Pair, pair, years
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import senders_of, target_of, world_a

START = 20
AFTER = 44  # quarters: eleven years
COALITION = 0.7  # of the target's trade, in the comprehensive arm
LARGE_SENDER, LINES = 0.25, 0.4  # one sender's share and the share of lines, in the partial arm
FINANCE = ("asset_freeze", "credit_ban")


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Paired loss paths in World A: a coalition's complete ban with freezes, and a large sender's ban on part of the lines."""
    whole = world_a(seed=seed, coalition_share=COALITION, lines=1.0, imposed=START, quarters=START + AFTER)
    orders = [Decision(START, sender, lever, target_of(whole), "", 1.0) for sender in senders_of(whole) for lever in FINANCE]
    strong = pair(whole, seed, START, AFTER, parameters, orders)
    level = _level(strong, [strong.target])
    senders = _level(strong, strong.senders)
    part = world_a(seed=seed, sender_share=LARGE_SENDER, lines=LINES, imposed=START, quarters=START + AFTER)
    weak = _level(pair(part, seed, START, AFTER, parameters), [strong.target])
    _, income = strong.both("states", "real_income")
    sizes = income[:16].mean(axis=0)
    target_size, coalition_size = sizes[strong.target], sizes[strong.senders].sum()
    ratio = level[:3].mean() / senders[:3].mean()
    found = {
        "growth_comprehensive": level[2] / 3.0,
        "level_y4": level[3],
        "growth_partial": weak[2] / 3.0,
        "late_growth": (level[9] - level[4]) / 5.0,
        "unrecovered": level[9] / level[3],
        "first_year": level[0],
        "loss_ratio": ratio,
        "absolute_ratio": ratio * target_size / coalition_size,
        "size_ratio": coalition_size / target_size,
    }
    return {name: float(value) for name, value in found.items()}


def _level(twins: Pair, states: list[int]) -> Array:
    """Change of real income by year `(year,)`, in log points times 100."""
    return np.asarray(years(twins.log_change("states", "real_income", states)) * 100.0)


O10 = Fact("O10", "losses", {"depreciation": 0.0}, ("level_y4", "unrecovered"), "capital neither wears out nor is rebuilt")
O11 = Fact("O11", "losses", {"enforcement_default": 0.0}, ("loss_ratio",), "everything leaks, so there is no loss to compare")
