"""Whose loss a government feels: by type of government, by who bears it, and by what is done for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.government.groups import felt, incidence, voice
from sim.government.packages import measures_of
from sim.government.sending import sender_view
from sim.world import World
from tests.government.worlds import keys_of_states, setting, world

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


def heard(**lobby: float) -> World:
    """EAST, a quarter into the measures, with lobbies of these weights."""
    states = keys_of_states()
    states[EAST]["lobby"] = lobby
    small = World(setting(state=states), governments=False)
    small.step()
    return small


def test_a_loss_is_louder_where_the_sectors_that_bear_it_have_the_governments_ear() -> None:
    """Weights of all sectors alike are that weight; of one sector it counts by what the sector lost, and by the belief that all lose alike (1 % of income)."""
    sectors = heard().sector_ids
    assert voice(heard(), EAST) == 1.0
    assert voice(heard(**dict.fromkeys(sectors, 2.0)), EAST) == pytest.approx(2.0, rel=1e-12)
    small = heard(tech=3.0)
    assert small.solution is not None
    earned = small.accounts.factor_income[:, EAST]
    lost = np.maximum(earned - small.solution.factor_income[:, EAST] / small.solution.consumer_prices[EAST], 0.0) + 0.01 * earned
    share = lost[small.sector_place["tech"]] / lost.sum()
    assert 0.0 < share < 1.0
    assert voice(small, EAST) == pytest.approx(1.0 + 2.0 * share, rel=1e-12)
    assert felt(small, EAST, LOSS) == pytest.approx(voice(small, EAST) * felt(heard(), EAST, LOSS), rel=1e-12)


def test_before_anything_has_happened_all_sectors_are_heard_by_their_income() -> None:
    states = keys_of_states()
    states[LEAD]["lobby"] = {"tech": 0.0}
    small = World(setting(state=states))
    income = small.accounts.factor_income[:, LEAD]
    assert voice(small, LEAD) == pytest.approx(1.0 - income[small.sector_place["tech"]] / income.sum(), rel=1e-12)


def test_a_sender_counts_what_its_measures_cost_those_who_have_its_ear() -> None:
    """The cost of LEAD's measures is as much greater as its losing sectors are louder; what it hopes for is the same."""
    states = keys_of_states()
    states[LEAD]["lobby"] = {"tech": 4.0}
    views = []
    for small in (World(setting(state=states), governments=False), world(0)):
        small.step()
        dispute = small.politics.disputes["first"]
        views.append((small, sender_view(small, dispute, small.forecasts.of_keeping(measures_of(small, dispute)), LEAD)))
    (small, heard_), (_, plain) = views
    assert plain.cost > 0.0 and voice(small, LEAD) > 1.0
    assert heard_.cost == pytest.approx(voice(small, LEAD) * plain.cost, rel=1e-9)
    assert heard_.hope == plain.hope
