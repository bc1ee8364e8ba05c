"""Running contracts soften the first quarters of a rule, and investment answers what capital yields."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from sim.economy import factors, passage, routes
from sim.economy.frictions import Frictions
from sim.economy.overcompliance import conduct, honoured
from sim.parameters import PARAMETERS
from sim.scenario.laboratory import target_of

SHAPE = (1, 2, 2)
DEFAULTS = {name: parameter.default for name, parameter in PARAMETERS.items()}


def _opened(legal: float, running: float, carried: float) -> passage.Passage:
    allowed, nothing = np.ones((2, *SHAPE)), np.zeros((2, *SHAPE))
    allowed[0, 0, 0, 1] = legal
    return passage.opened(
        allowed, nothing, nothing, np.ones(SHAPE), routes.Routes.none(1, 2), np.full(SHAPE, running), np.full(SHAPE, carried)
    )


def test_contracts_carry_on_a_share_of_what_a_ban_takes_away_and_no_more_of_what_it_leaves():
    """Three quarters of the lines are banned, all traded last quarter, 60 % carried: 0.25 + 0.6 * 0.75 = 0.7; then 0.25 + 0.6 * 0.45 = 0.52."""
    first = _opened(0.25, 1.0, 0.6).direct[0, 0, 1]
    assert first == pytest.approx(0.7)
    assert _opened(0.25, first, 0.6).direct[0, 0, 1] == pytest.approx(0.52)


def test_contracts_do_nothing_where_trade_opens_again():
    assert _opened(1.0, 0.3, 0.6).direct[0, 0, 1] == 1.0


def test_contracts_are_seen_by_both_customs():
    """All trade is forbidden and nothing leaks, so what passes is under contract and open."""
    way = _opened(0.0, 1.0, 0.6)
    assert way.permeability[0, 0, 1] == pytest.approx(0.6)
    assert way.by_exporter[0, 0, 1] == way.by_importer[0, 0, 1] == 1.0


def test_full_enforcement_ends_contracts_at_once_and_half_enforcement_half_of_them():
    frictions = Frictions.none(np.zeros(SHAPE))
    frictions.restrict(0, 0, 0, 1, 1.0)
    answer = conduct(frictions, np.zeros((2, 2)), np.array([1.0, 0.0]), DEFAULTS)
    assert honoured(answer, 0.6)[0, 0, 1] == 0.0
    assert honoured(conduct(frictions, np.zeros((2, 2)), np.array([0.5, 0.0]), DEFAULTS), 0.6)[0, 0, 1] == pytest.approx(0.3)


def test_a_ban_bites_less_in_its_first_quarter_with_contracts_than_without():
    def lost(**parameters: float) -> np.ndarray:
        world = api.world_b(3, 1, lines=1.0, imposed=1, quarters=6, shock_volatility=0.0, **parameters)
        run = api.run(world, governments=False)
        series = run.record.series("states", "imports_true")[:, world.state_ids.index(target_of(world))]
        return 1.0 - series / series[0]

    with_them, without = lost(), lost(contracts_completed=0.0)
    assert 0.0 < with_them[1] < 0.6 * without[1]
    assert with_them[5] == pytest.approx(without[5], abs=0.04)  # soon there is no difference


def test_the_yield_of_capital_is_weighted_by_base_income():
    """Sectors of 3 and 1 earn 0.8 and 1.2 of the base a unit: (3 * 0.8 + 1.2) / 4 = 0.9."""
    assert factors.capital_yield(np.array([[3.0], [1.0]]), np.array([[0.8], [1.2]]))[0] == pytest.approx(0.9)


def test_investment_falls_by_more_than_income_only_while_it_answers_the_yield():
    def capital(**parameters: float) -> float:
        world = api.world_b(3, 1, lines=1.0, imposed=1, quarters=12, shock_volatility=0.0, **parameters)
        run = api.World(world, governments=False)
        for _ in range(12):
            run.step()
        return float(run.economy.capital[:, 1].mean())

    assert capital() < capital(investment_response=0.0) - 0.003 < 1.0
