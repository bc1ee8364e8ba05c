"""Whose loss a government feels: by type of government, by who bears it, and by what is done for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.government.groups import felt, incidence
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)
LOSS = np.full(4, 10.0)


def lived(public: float, elite: float) -> World:
    """EAST after a quarter in which the lower four fifths lost `public` % and the richest `elite` % of their income."""
    small = world(1)
    assert small.living is not None
    base = small.people.income[EAST]
    disposable = small.people.income.copy()
    disposable[EAST, :-1] = base[:-1] * (1.0 - 0.01 * public)
    disposable[EAST, -1] = base[-1] * (1.0 - 0.01 * elite)
    lost = [np.where(np.arange(4) == EAST, value, 0.0) for value in (public, elite)]
    small.living = replace(small.living, disposable=disposable, public=lost[0], elite=lost[1])
    return small


def test_before_anybody_has_lost_all_are_expected_to_lose_alike() -> None:
    assert incidence(world(0), EAST) == (1.0, 1.0)
    assert incidence(lived(0.0, 0.0), EAST) == (1.0, 1.0)


def test_a_loss_counts_by_who_bears_it() -> None:
    """EAST is no democracy: 0.45 of what the public loses and 0.15 of what the richest fifth loses. Each point of the belief that all lose alike weighs 1 %."""
    small = lived(12.0, 4.0)
    richest = float(small.people.income[EAST, -1] / small.people.income[EAST].sum())
    whole = 12.0 * (1.0 - richest) + 4.0 * richest
    expected = 10.0 * (0.45 * 13.0 / (whole + 1.0) + 0.15 * 5.0 / (whole + 1.0))
    assert felt(small, EAST, LOSS) == pytest.approx(expected, rel=1e-12)


def test_shielding_the_richest_lets_a_government_that_rests_on_them_feel_less() -> None:
    """The same public, once beside a shielded elite; a government that answers to the elite alone would feel nothing but the belief from before."""
    burdened, shielded = lived(10.0, 10.0), lived(10.0, 0.0)
    for small in (burdened, shielded):
        small.p = {**small.p, "public_weight_autocracy": 0.0, "elite_weight_autocracy": 0.6}
    assert felt(burdened, EAST, LOSS) == pytest.approx(6.0, rel=1e-9)
    assert felt(shielded, EAST, LOSS) < 1.5


def test_a_democracy_feels_the_loss_of_its_public() -> None:
    small = world(1)
    assert felt(small, LEAD, LOSS) == pytest.approx(10.0 * incidence(small, LEAD)[0], rel=1e-12)
