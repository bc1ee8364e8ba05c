"""Refused services and payments: what they add to the cost of trade with third countries."""

import numpy as np
import pytest

from sim.economy.pair_terms import PairTerms
from sim.economy.services import log_cost, reach

SENDER, TARGET, THIRD = 0, 1, 2
REACH = np.array([0.4, 0.0, 0.6])
ONE = np.ones((1, 3))
SECTOR = np.array([0])


def cost(terms: PairTerms, price: np.ndarray = ONE) -> np.ndarray:
    return log_cost(terms, REACH, price, service_detour=0.15, payment_detour=0.25, leak=0.3, barter_cost=0.1)


def test_reach_is_the_share_of_the_worlds_foreign_sales_of_services():
    """Sales abroad of 3, 1 and 0; sales at home do not count: 3/4, 1/4, 0."""
    flows = np.zeros((2, 3, 3))
    flows[1, 0, 1], flows[1, 1, 2], flows[1, 2, 2] = 3.0, 1.0, 99.0
    assert reach(flows, [1]) == pytest.approx([0.75, 0.25, 0.0])
    assert reach(flows, []) == pytest.approx([0.0, 0.0, 0.0])


def test_a_service_ban_reaches_trade_with_third_countries_by_the_senders_share_of_services():
    """Reach 0.4, detour 15 %: 0.4 * ln 1.15 both ways with the third country; nothing at home, nothing twice with the sender itself."""
    terms = PairTerms.none(1, 3)
    terms.cover_sectors("service_ban", SENDER, SECTOR, TARGET, 1.0)
    expected = np.zeros((3, 3))
    expected[TARGET, THIRD] = expected[THIRD, TARGET] = 0.4 * np.log(1.15)
    assert cost(terms)[0] == pytest.approx(expected)


def test_a_cap_above_the_price_costs_nothing():
    terms = PairTerms.none(1, 3)
    terms.set_cap(SENDER, SECTOR, TARGET, 1.2, 1.0)
    assert (cost(terms) == 0.0).all()


def test_a_cap_below_the_price_is_a_service_embargo_on_sales_with_a_leak():
    """Cap at half the price: the detour (15 %) is cheaper than selling at half; 30 % leak: 0.7 * 0.4 * ln 1.15, on exports alone."""
    terms = PairTerms.none(1, 3)
    terms.set_cap(SENDER, SECTOR, TARGET, 0.5, 1.0)
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.7 * 0.4 * np.log(1.15))
    assert cost(terms)[0, THIRD, TARGET] == 0.0


def test_a_cap_just_below_the_price_costs_no_more_than_the_price_above_it():
    """Price 1.05, cap 1: 5 % above, less than the detour: 0.7 * 0.4 * ln 1.05."""
    terms = PairTerms.none(1, 3)
    terms.set_cap(SENDER, SECTOR, TARGET, 1.0, 1.0)
    assert cost(terms, 1.05 * ONE)[0, TARGET, THIRD] == pytest.approx(0.28 * np.log(1.05))


def test_an_own_payment_link_spares_its_share_of_the_pairs_trade():
    """Payments refused: 0.4 * ln 1.25; a link for 30 % of the pair's payments leaves 70 % of that."""
    terms = PairTerms.none(1, 3)
    terms.cover_sectors("payment", SENDER, SECTOR, TARGET, 1.0)
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.4 * np.log(1.25))
    terms.cover_both("link", TARGET, THIRD, 0.3)
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.7 * 0.4 * np.log(1.25))
    assert cost(terms)[0, THIRD, TARGET] == pytest.approx(0.7 * 0.4 * np.log(1.25))


def test_barter_spares_payments_but_has_its_own_price():
    """Half bartered: half the payment cost, plus half of ln 1.1; without any refusal barter only costs."""
    terms = PairTerms.none(1, 3)
    terms.cover_both("barter", TARGET, THIRD, 0.5)
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.5 * np.log(1.1))
    terms.cover_sectors("payment", SENDER, SECTOR, TARGET, 1.0)
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.5 * 0.4 * np.log(1.25) + 0.5 * np.log(1.1))


def test_two_senders_reach_adds_up():
    """The third country refuses too: on the target's trade with the first sender 0.6 of the services, with the third 0.4."""
    terms = PairTerms.none(1, 3)
    for who in (SENDER, THIRD):
        terms.cover_sectors("service_ban", who, SECTOR, TARGET, 1.0)
    assert cost(terms)[0, TARGET, SENDER] == pytest.approx(0.6 * np.log(1.15))
    assert cost(terms)[0, TARGET, THIRD] == pytest.approx(0.4 * np.log(1.15))


def test_a_link_with_a_state_that_refuses_payments_spares_what_the_other_refuser_makes_dear():
    """Both the sender and the third refuse: the third's share of reach bears on the pair of sender and target, and a link of half of it spares half."""
    terms = PairTerms.none(1, 3)
    for who in (SENDER, THIRD):
        terms.cover_sectors("payment", who, SECTOR, TARGET, 1.0)
    assert cost(terms)[0, TARGET, SENDER] == pytest.approx(0.6 * np.log(1.25))
    terms.cover_both("link", SENDER, TARGET, 0.5)
    assert cost(terms)[0, TARGET, SENDER] == pytest.approx(0.5 * 0.6 * np.log(1.25))
    assert cost(terms)[0, SENDER, TARGET] == pytest.approx(0.5 * 0.6 * np.log(1.25))
