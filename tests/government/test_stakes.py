"""What a sender believes of a target whose resolve it does not know."""

from __future__ import annotations

import numpy as np
import pytest

from sim.government.stakes import NODES, give_in_probability
from sim.parameters import resolve

DEFAULTS, WORTH = resolve(), 10.0


def in_full(pain: float, known: float, parts: int = 20001) -> float:
    """The same average over a fine grid of eight standard deviations to each side."""
    p, z = DEFAULTS, np.linspace(-8.0, 8.0, parts)
    worths = WORTH * np.exp(p["resolve_spread"] * np.sqrt(1.0 - known**2) * z)
    scale = p["rationality"] / (pain + worths * (1.0 + p["part_offered"]))
    give = np.exp(-scale * worths) + np.exp(-scale * worths * p["part_offered"])
    chance = give / (give + np.exp(-scale * pain))
    weights = np.exp(-0.5 * z * z)
    return float((weights * chance).sum() / weights.sum())


@pytest.mark.parametrize("known", [0.0, 0.6])
@pytest.mark.parametrize("pain", [0.1, 0.5, 2.0, 10.0, 50.0])
def test_the_average_over_resolve_is_that_of_a_fine_grid(pain: float, known: float) -> None:
    assert give_in_probability(pain, WORTH, DEFAULTS, known) == pytest.approx(in_full(pain, known), abs=0.004)


def test_every_step_up_in_pain_is_believed_to_help() -> None:
    """From a thousandth of what the policy is worth to a hundred times as much, each tenth more of pain adds to the belief; no step adds more than .03."""
    chances = np.array([give_in_probability(WORTH * 1.1**step, WORTH, DEFAULTS) for step in range(-72, 49)])
    steps = np.diff(chances)
    assert (steps > 0).all() and steps.max() < 0.03
    assert chances[0] < 0.1 and chances[-1] > 0.8


def test_the_resolve_it_might_have_has_the_moments_of_the_normal() -> None:
    assert NODES.mean() == pytest.approx(0.0, abs=1e-12) and NODES.std() == pytest.approx(1.0, abs=0.02)
    assert np.corrcoef(NODES, -NODES[::-1])[0, 1] == pytest.approx(1.0)
