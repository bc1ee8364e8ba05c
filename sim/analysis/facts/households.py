"""O13: the poor lose more than the average, and severe effects on people come only with large losses."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import pair
from sim.scenario.laboratory import world_a

START = 8
AFTER = 12  # quarters
SEVERE = (0.7, 1.0)  # coalition's share of the target's trade, share of lines
LIGHT = (0.3, 0.1)


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Consumption of the poorest fifth and of all, and the poverty gap, mean of three years under severe and under light measures."""
    severe, light = (_arm(seed, parameters, share, lines) for share, lines in (SEVERE, LIGHT))
    return {
        "poorest_over_mean": severe[0],
        "poverty_severe": severe[1],
        "poverty_light": light[1],
        "income_light": light[2],
    }


def _arm(seed: int, parameters: Mapping[str, float], share: float, lines: float) -> tuple[float, float, float]:
    world = world_a(seed=seed, coalition_share=share, lines=lines, imposed=START, quarters=START + AFTER)
    twins = pair(world, seed, START, AFTER, parameters)
    target = twins.target
    with_, without = (series[:, target] for series in twins.both("households", "consumption"))
    lost = 1.0 - with_.mean(axis=0) / without.mean(axis=0)
    whole = 1.0 - with_.sum() / without.sum()
    gaps = twins.both("states", "poverty_gap")
    gap = float((gaps[0] - gaps[1])[:, target].mean())
    income = float(np.expm1(twins.log_change("states", "real_income", [target]).mean()) * 100.0)
    return float(lost[0] / whole), gap, income



_ALIKE = {"exposure_poor": 0.0, "engel_food": 0.0, "engel_energy": 0.0, "skill_tilt": 0.0, "coping": 0.0}
FACT = Fact("O13", "households", _ALIKE, ("poorest_over_mean",), "the poor buy and earn like everybody else")
