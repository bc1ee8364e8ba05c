"""Extreme levers: all at once, all on one, everybody on everybody, at the end of every range, for fifteen years. Numbers stay numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import api
from sim.api import Decision, Refusal
from sim.levers import LEVERS
from sim.world import World

STANDING = [name for name, lever in LEVERS.items() if lever.apply is not None or name == "technology_licence"]
POSITIVE = {
    "states": ("real_income", "consumption", "price_index", "exchange_rate", "reserves", "exports_true", "imports_true", "exports_recorded",
               "imports_recorded", "terms_of_trade", "poverty_gap", "essentials", "policy_bill", "subsidies"),
    "households": ("consumption", "income", "disposable"),
    "trade": ("true_value", "recorded_value", "price", "exporter_reports", "importer_reports"),
    "sectors": ("output", "productivity", "home_share", "localisation_spend", "unit_cost", "mastered", "stores"),
}


def order(quarter: int, user: str, lever: str, target: str, at: float, sector: str = "", **options: str) -> Decision:
    """A decision at `at` (0 to 1) of the lever's range, on the target if it takes one."""
    setting = LEVERS[lever].value
    value = setting.low + at * (setting.high - setting.low)
    return Decision(quarter, user, lever, target if LEVERS[lever].needs_target else "", sector if LEVERS[lever].takes_sector else "", value, dict(options))


def sound(world: World) -> None:
    """No NaN, nothing infinite, nothing negative that may not be."""
    for table, columns in POSITIVE.items():
        for column in columns:
            values = world.record.series(table, column)
            assert np.isfinite(values).all(), (table, column)
            assert values.min() >= -1e-9, (table, column, values.min())
    for column in ("deficit", "borrowing", "connector_margin", "licence_fees", "grants", "reserves_drawn"):
        assert np.isfinite(world.record.series("states", column)).all(), column


def after(orders: list[Decision], quarters: int, scenario: str = "who-pays", **parameters: float) -> World:
    world = World(api.load(scenario), 1, orders, governments=False, timetable=False, parameters=parameters)
    for _ in range(quarters):
        world.step()
    sound(world)
    return world


@pytest.mark.parametrize("lever", STANDING)
def test_one_lever_at_its_end_by_everybody_on_one_state(lever: str) -> None:
    setting = api.load("who-pays")
    after([order(1, state, lever, "CORVANE", 1.0, "*") for state in setting.state_ids if state != "CORVANE"], 8)


@pytest.mark.parametrize("lever", STANDING)
def test_one_lever_at_its_end_by_one_state_on_everybody(lever: str) -> None:
    setting = api.load("who-pays")
    after([order(1, "CORVANE", lever, state, 1.0, "*") for state in setting.state_ids if state != "CORVANE"], 8)


def test_everything_on_one_state_for_fifteen_years() -> None:
    setting = api.load("who-pays")
    states = [state for state in setting.state_ids if state != "CORVANE"]
    after([order(1, state, lever, "CORVANE", 1.0, "*") for state in states for lever in STANDING], 60)


def test_everything_by_everybody_on_everybody_for_fifteen_years() -> None:
    setting = api.load("who-pays")
    after([order(1, one, lever, other, 1.0, "*") for one in setting.state_ids for other in setting.state_ids if one != other for lever in STANDING], 60)


def test_everything_on_and_off_every_other_year() -> None:
    orders = []
    for quarter in range(0, 40, 8):
        for lever in STANDING:
            on = order(quarter, "ARDEN", lever, "CORVANE", 1.0, "*")
            orders += [on, Decision(quarter + 4, "ARDEN", lever, on.target, on.sector, None, {})]
    after(orders, 40)


def test_a_state_cannot_use_a_lever_on_itself() -> None:
    for lever in STANDING:
        if LEVERS[lever].needs_target:
            with pytest.raises(Refusal, match="its own target"):
                after([Decision(0, "ARDEN", lever, "ARDEN", "", 1.0, {})], 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_handful_of_levers_anywhere_in_their_ranges(data: st.DataObject) -> None:
    """Up to fifteen measures by anybody on anybody in any sector at any level, eight quarters."""
    setting = api.load("who-pays")
    ids, sectors = list(setting.state_ids), [*setting.sector_ids, "*"]
    orders = []
    for _ in range(data.draw(st.integers(1, 15))):
        one, other = data.draw(st.permutations(ids))[:2]
        lever = data.draw(st.sampled_from(STANDING))
        at, sector = data.draw(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])), data.draw(st.sampled_from(sectors))
        orders.append(order(data.draw(st.integers(0, 6)), one, lever, other, at, sector))
    after(orders, 8)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_corner_of_the_parameters_of_people_technology_and_money(data: st.DataObject) -> None:
    """Every parameter of the three groups at one end of its range or its default, under the comprehensive package."""
    chosen = {
        name: data.draw(st.sampled_from([each.low, each.default, each.high]))
        for name, each in api.PARAMETERS.items()
        if each.group in ("people", "technology", "money")
    }
    world = World(api.load("who-pays"), 1, None, governments=False, parameters=chosen)
    for _ in range(8):
        world.step()
    sound(world)
