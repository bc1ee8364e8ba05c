"""Threats move trade before anything is in force: what keeps is bought ahead, services shy away, and it is over when the threat is."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from sim.analysis.facts.pairs import pair
from sim.economy.anticipation import AHEAD_USED, MOST_SPARED, Ahead, bought_ahead, early_withdrawal, in_store, in_their_time
from sim.economy.frictions import Frictions
from sim.economy.overcompliance import conduct
from sim.government import threats
from sim.parameters import PARAMETERS
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import world_b
from sim.scenario.scenario import DisputeSpec
from sim.world import World

DEFAULTS = {name: parameter.default for name, parameter in PARAMETERS.items()}
SHARES = np.full((2, 2, 2), 0.5)
KEEPS = np.array([True, False])
SENDER, TARGET = 0, 1
START, LIFTED = 4, 7
DISPUTE = DisputeSpec("d", "a disputed rule", ("SENDER",), "TARGET", 0.0, "economic", 0.5, 0.5, 0.0, "dormant", "", "partial trade")


def _risk(share: float) -> np.ndarray:
    """The first state's sales to the second are threatened, in both sectors."""
    risk = np.zeros(SHARES.shape)
    risk[:, 0, 1] = share
    return risk


def _threat(package: str = "embargo", quarter: int = START) -> Decision:
    return Decision(quarter, "SENDER", "threat", "TARGET", "", 0.5, {"dispute": "d", "package": package, "deadline": "6"})


def _setting(**parameters: float):
    return dataclasses.replace(world_b(6, 1, quarters=20, shock_volatility=0.0, **parameters), disputes=(DISPUTE,))


def test_buyers_order_ahead_in_proportion_to_risk_and_room_and_only_what_keeps():
    p = {**DEFAULTS, "stocking_up": 0.4, "ahead_most": 0.5}
    orders = bought_ahead(np.zeros(SHARES.shape), _risk(0.5), SHARES, KEEPS, p)
    assert _ordered(orders) == pytest.approx(0.2) and not orders.extra[1].any()
    half_full = bought_ahead(0.25 * (_risk(1.0) > 0) * KEEPS[:, None, None], _risk(0.5), SHARES, KEEPS, p)
    assert _ordered(half_full) == pytest.approx(0.1)


def _ordered(orders: Ahead) -> float:
    """How much more is ordered from the first state by the second, against what is ordered from the second itself."""
    return orders.leaning[0, 0, 1] / orders.leaning[0, 1, 1] - 1.0


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 1.0])
def test_what_is_put_in_store_is_what_is_bought_beyond_the_usual(share: float):
    """Spending is what it is: of a seller that has all of the market nothing more can be bought, and nothing is put in store."""
    shares = np.array([[[0.0, share], [1.0, 1.0 - share]]])
    risk = np.array([[[0.0, 1.0], [0.0, 0.0]]])
    orders = bought_ahead(np.zeros((1, 2, 2)), risk, shares, np.array([True]), {**DEFAULTS, "stocking_up": 0.4})
    bought = shares * orders.leaning
    assert in_store(np.zeros((1, 2, 2)), orders)[0, 0, 1] == pytest.approx((bought[0, 0, 1] - share) / share)
    assert bought.sum(axis=1) == pytest.approx(1.0)


def test_orders_ahead_shift_sellers_and_leave_the_buyers_price_index_where_it_is():
    orders = bought_ahead(np.zeros(SHARES.shape), _risk(0.5), SHARES, KEEPS, {**DEFAULTS, "stocking_up": 0.4})
    assert (SHARES * orders.leaning).sum(axis=1) == pytest.approx(np.ones((2, 2)))
    assert _ordered(orders) == pytest.approx(0.2)
    assert in_their_time(SHARES * orders.leaning, orders) == pytest.approx(SHARES)


def test_stores_are_used_up_once_nothing_is_threatened_and_then_nothing_is_left_to_do():
    ahead, quarters = 0.3 * (_risk(1.0) > 0), 0
    first = bought_ahead(ahead, None, SHARES, KEEPS, DEFAULTS)
    assert first.extra[0, 0, 1] == pytest.approx(-AHEAD_USED * 0.3)
    while ahead.any():
        ahead, quarters = in_store(ahead, bought_ahead(ahead, None, SHARES, KEEPS, DEFAULTS)), quarters + 1
        assert quarters < 40
    assert bought_ahead(ahead, None, SHARES, KEEPS, DEFAULTS) is None


def test_however_much_is_in_store_something_is_still_ordered():
    """Three quarters' purchases in store (`ahead_most` may be 4): half of them would be one and a half times what is usually bought."""
    orders = bought_ahead(3.0 * (_risk(1.0) > 0), None, SHARES, KEEPS, {**DEFAULTS, "ahead_most": 4.0})
    assert orders.extra.min() == -MOST_SPARED and orders.leaning.min() > 0
    assert in_store(3.0 * (_risk(1.0) > 0), orders).max() == pytest.approx(2.1)


def test_orders_are_kept_while_stores_are_empty_or_nothing_is_ordered():
    assert in_store(np.full(SHARES.shape, 0.2), None) == pytest.approx(0.2)
    assert in_their_time(SHARES, None) is SHARES
    assert in_store(np.zeros(SHARES.shape), Ahead(np.full(SHARES.shape, 0.1), SHARES)) == pytest.approx(0.1)


def test_firms_stay_in_services_when_their_margin_is_larger_than_what_they_expect_to_lose():
    answer = conduct(Frictions.none(np.zeros(SHARES.shape)), np.zeros((2, 2)), np.zeros(2), DEFAULTS)
    changed = early_withdrawal(answer, _risk(0.6), KEEPS, {**DEFAULTS, "stranded": 0.05})
    assert changed.withdrawal[0, 1, 0, 1] == pytest.approx(1.0 - math.exp(-0.05 * 0.6 / DEFAULTS["profit_margin"]))
    assert not changed.withdrawal[:, 0].any() and not changed.withdrawal[:, 1, 1].any()
    assert not answer.withdrawal.any()


def test_a_threat_is_a_risk_as_far_as_it_is_believed_and_goes_with_the_share_of_trade_it_would_stop():
    world = World(_setting(), 1, [_threat("partial trade")], governments=False)
    assert threats.risk(world) is None
    while world.quarter <= START:
        world.step()
    believed = world.politics.credibility(SENDER, world.p["credibility_prior"], world.p["credibility_weight"])
    assert threats.risk(world)[:, SENDER, TARGET] == pytest.approx(0.3 * believed)
    assert not threats.risk(world)[:, SENDER, 2].any()
    world.politics.threats[SENDER] = [False] * 5
    assert threats.risk(world)[0, SENDER, TARGET] < 0.3 * believed


@pytest.mark.parametrize(("off", "sectors", "sign"), [("stranded", slice(0, 4), 1), ("stocking_up", slice(4, 6), -1)])
def test_each_mechanism_alone_moves_what_it_is_about_in_its_own_direction_and_nothing_else(off, sectors, sign):
    twins = pair(_setting(), 1, START, 3, {off: 0.0}, [_threat()])
    with_, without = (values[:, SENDER, TARGET] for values in twins.both("trade", "true_value"))
    change = 100.0 * (with_ / without - 1.0)
    moved = np.zeros(6, dtype=bool)
    moved[sectors] = True
    assert (sign * change[:, moved] > 2.0).all()
    assert (np.abs(change[:, ~moved]) < 1.0).all()


def test_after_a_threat_is_taken_back_less_is_ordered_and_then_trade_is_as_it_was():
    taken_back = Decision(LIFTED, "SENDER", "retraction", "TARGET", "", 1.0, {"dispute": "d"})
    twins = pair(_setting(), 1, START, 16, {}, [_threat(), taken_back])
    with_, without = (values[:, SENDER, TARGET, 0] for values in twins.both("trade", "true_value"))
    change = 100.0 * (with_ / without - 1.0)
    assert change[: LIFTED - START].min() > 2.0 > -2.0 > change[LIFTED - START]
    assert abs(change[-1]) < 0.1
    assert change.sum() == pytest.approx(0.0, abs=3.0)  # what is bought before its time is not bought in it


def test_relationships_do_not_grow_from_orders_before_their_time():
    world = World(_setting(stranded=0.0), 1, [_threat()], governments=False)
    while world.quarter < START + 2:
        world.step()
    assert world.economy.ahead[0, SENDER, TARGET] > 0.1
    assert np.abs(world.economy.relationships[:4] - 1.0).max() < 2e-3
