"""What governments expect measures to cost: the same whoever asks first, exactly nothing for what does nothing, and never out of date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import api
from sim.economy.equilibrium import Weights, solve
from sim.economy.forwarding import earned
from sim.economy.passage import margins
from sim.government.forecast import Forecasts
from sim.government.outlook import Outlook
from sim.levers import combine
from sim.levers.combine import frictions_of
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
    """The loss from a ban with a duty, less the loss from the duty, is what the ban adds: incomes multiply, to a hundredth of a point (mark-ups that
    were not guessed before solving are added at the prices found)."""
    here = under_a_ban()
    ban, duty = measure("import_ban", WEST, EAST, 0.4), measure("tariff", LEAD, EAST, 0.2)
    forecasts = Forecasts(here)
    both, alone = forecasts.of_adding([duty, ban]), forecasts.of_adding([duty])
    here.measures["tariff", LEAD, EAST, "*"] = duty
    added = forecasts.of_adding([ban])
    np.testing.assert_allclose((1 - both.now / 100) / (1 - alone.now / 100), 1 - added.now / 100, rtol=1e-4)
    np.testing.assert_allclose((1 - both.long_run / 100) / (1 - alone.long_run / 100), 1 - added.long_run / 100, rtol=1e-4)


@pytest.mark.parametrize(("lever", "value", "same_passage"), [
    ("payment_link", 0.3, True), ("credit_line", 0.01, True), ("tariff", 0.2, True),
    ("export_ban", 0.4, False), ("enforcement", 0.9, False), ("transit_control", 1.0, False), ("reserve_freeze", 0.5, True),
    ("trade_facilitation", 0.2, False),
])
def test_what_an_outlook_takes_over_from_another_is_what_it_would_find_itself(lever: str, value: float, same_passage: bool) -> None:
    """A deal about money or a duty forbids nothing, so goods find the same way; a ban, policing or a closed connector sends them another, and so does
    trade made easier, which the detours over the two states use."""
    here = under_a_ban()
    tariffs, zero = here.accounts.tariffs, here.economy.scarcity
    present = Outlook.of(here, frictions_of(here.measures.values(), tariffs))
    present.near(zero)
    present.far(zero)
    frictions = frictions_of([*here.measures.values(), measure(lever, WEST, EAST, value)], tariffs)
    alone, like = Outlook.of(here, frictions), Outlook.of(here, frictions, present)
    for when, start in (("near", present.found["near"].scarcity), ("far", present.found["far"].scarcity)):
        one, other = getattr(alone, when)(start), getattr(like, when)(start)
        assert (other.passage is present.found[when].passage) == same_passage
        for name, found in vars(one.change).items():
            taken = getattr(other.change, name)
            assert (found is None and taken is None) or np.allclose(found, taken, rtol=1e-9, atol=1e-12), name


def test_help_with_detours_is_expected_to_spare_what_is_found_a_quarter_earlier() -> None:
    """The more effort, the less is lost now; in the long run everybody has found a way, with help or without."""
    forecasts = Forecasts(under_a_ban())
    none, half, full = (forecasts.of_adding([measure("rerouting", EAST, -1, effort)]) for effort in (0.0, 0.5, 1.0))
    assert (none.now == 0.0).all()
    assert full.now[EAST] < half.now[EAST] < -1e-4
    np.testing.assert_allclose(full.long_run, 0.0, atol=1e-4)


@pytest.mark.parametrize("before", [1, 8])
def test_connectors_margins_are_forecast_with_who_earns_and_who_pays_them(before: int) -> None:
    """Whether the ban of *the-leak* is added or lifted, its forecast is two equilibria in which mark-ups are handed over: each solved again and
    again until the deficits reckon with the margins of their own flows. With all detours found the target loses 4.4 %, 2.9 points of it to connectors."""
    setting = api.load("the-leak")
    here, added = World(setting, 1, governments=False), World(setting, 1, governments=False)
    for _ in range(before):
        here.step()
    for _ in range(3):
        added.step()
    package = list(added.measures.values())
    for long_run in (False, True):
        kinds = {"mobility": "mobile"} if long_run else {"mobility": "specific", "impact_share": here.p["impact_share"]}
        incomes = []
        for measures in ([], package):
            outlook = Outlook.of(here, frictions_of(measures, here.accounts.tariffs))
            ahead = outlook.far(here.economy.scarcity) if long_run else outlook.near(here.economy.scarcity)
            paid = np.zeros(len(here.ids))
            for _ in range(40):
                solution = solve(here.accounts, replace(ahead.change, deficits=ahead.deficits(paid)), deficits="given", tolerance=1e-9, **kinds)
                paid = margins(ahead.passage, solution.flows)
            incomes.append(solution.real_income)
            share = kinds.get("impact_share", 1.0)
            weights = Weights.of(here.accounts, ahead.change, share)
            np.testing.assert_allclose(earned(here.accounts, ahead.change, weights, ahead.passage, solution.start, solution.income), paid, atol=1e-7)
        losses = Forecasts(here).of_keeping(package) if here.measures else Forecasts(here).of_adding(package)
        found = losses.long_run if long_run else losses.now
        np.testing.assert_allclose(found, 100.0 * (1.0 - incomes[1] / incomes[0]), atol=0.06)
    target, port = here.place["KESTRA"], here.place["PORT_SARN"]
    assert 4.3 < losses.long_run[target] < 4.5
    assert -2.3 < losses.long_run[port] < -2.0


def test_lifting_one_of_many_measures_costs_the_same_however_they_are_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures are written down in parts; in parts of two, in parts of five or all at once, lifting any of them is the same."""
    here = under_a_ban()
    for number, pair in enumerate([(WEST, EAST), (EAST, WEST), (LEAD, WEST), (EAST, LEAD), (WEST, LEAD)]):
        here.measures["tariff", *pair, "*"] = measure("tariff", *pair, 0.05 + 0.02 * number)
    found = []
    for part in (2, 5, 100):
        monkeypatch.setattr(combine, "EACH", part)
        here.tally, forecasts = combine.Tally(here.accounts.tariffs), Forecasts(here)
        found.append([forecasts.of_keeping([each]).now for each in here.measures.values()])
    assert len(found[0]) > 5 and (np.abs(found[0]) > 1e-6).any(axis=1).all()
    assert np.array_equal(found[0], found[1]) and np.array_equal(found[1], found[2])
