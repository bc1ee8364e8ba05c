"""What governments expect measures to cost: the same whoever asks first, exactly nothing for what does nothing, and never out of date."""

from __future__ import annotations

import numpy as np

from sim.government.forecast import Forecasts
from sim.levers.lever import Measure
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import setting, world

LEAD, EAST, WEST, ASIDE = range(4)


def measure(lever: str, user: int, other: int, level: float) -> Measure:
    return Measure(f"{lever}|{user}|{other}|*", lever, user, other, np.arange(len(setting().sectors)), level, 0)


def under_a_ban() -> World:
    """A world in which half of what LEAD sells to EAST has been banned for three quarters, so that detours are in use."""
    return world(3, decisions=[Decision(0, "LEAD", "export_ban", "EAST", "", 0.5)])


def test_what_does_nothing_is_expected_to_cost_exactly_nothing() -> None:
    """Nobody refuses payments, so a barter that costs nothing spares nothing; and nothing added is nothing lost."""
    here = under_a_ban()
    here.p = {**here.p, "barter_cost": 0.0}
    for package in ([], [measure("barter", EAST, WEST, 0.3)], [measure("tariff", WEST, EAST, 0.0)]):
        losses = Forecasts(here).of_adding(package)
        assert (losses.now == 0.0).all() and (losses.long_run == 0.0).all()


def test_the_order_of_questions_does_not_change_the_answers() -> None:
    here = under_a_ban()
    present = list(here.measures.values())
    ban, duty = [measure("import_ban", WEST, EAST, 0.4)], [measure("tariff", LEAD, EAST, 0.2)]
    one, two = Forecasts(here), Forecasts(here)
    first = [one.of_adding(ban), one.of_adding(duty), one.of_keeping(present)]
    second = [two.of_keeping(present), two.of_adding(duty), two.of_adding(ban)][::-1]
    for mine, theirs in zip(first, second, strict=True):
        assert (mine.now == theirs.now).all() and (mine.long_run == theirs.long_run).all()
    assert first[0].now[EAST] > 0.01 and first[2].now[EAST] > 0.01


def test_adding_to_what_is_in_force_is_the_same_as_having_had_it_all_along() -> None:
    """The loss from a ban with a duty, less the loss from the duty, is what the ban adds: incomes multiply exactly."""
    here = under_a_ban()
    ban, duty = measure("import_ban", WEST, EAST, 0.4), measure("tariff", LEAD, EAST, 0.2)
    forecasts = Forecasts(here)
    both, alone = forecasts.of_adding([duty, ban]), forecasts.of_adding([duty])
    here.measures["tariff", LEAD, EAST, "*"] = duty
    added = forecasts.of_adding([ban])
    np.testing.assert_allclose((1 - both.now / 100) / (1 - alone.now / 100), 1 - added.now / 100, rtol=1e-7)
    np.testing.assert_allclose((1 - both.long_run / 100) / (1 - alone.long_run / 100), 1 - added.long_run / 100, rtol=1e-7)
