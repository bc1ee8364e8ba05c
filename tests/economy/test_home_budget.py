"""Transfers inside a state and stores, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.economy.home_budget import stored, transfers
from sim.economy.home_terms import HomeTerms
from sim.economy.households import ELITE, People
from sim.parameters import resolve

BASE = np.array([[20.0], [30.0], [50.0]])  # food, tech, finance


def people() -> People:
    final = BASE / 100.0
    return People.of([40.0], ["food", "high_tech", "finance"], [True, False, False], BASE, np.array([100.0]), final, [None], [None], resolve())


def moved(terms: HomeTerms, now: np.ndarray, own: np.ndarray | None = None) -> np.ndarray:
    made = people()
    income = made.income * now.sum() / 100.0 if own is None else own
    return transfers(terms, made, income, np.ones((1, 5)), now, BASE, np.ones(1), 0.35)


def test_a_shielded_sector_gets_its_loss_back_and_its_owners_and_workers_share_it() -> None:
    """Finance falls from 50 to 40; half is made good: 5, of which 0.35 * 5 = 1.75 by ownership and 3.25 by wages; the richest fifth gets more than
    its 46 % of income."""
    terms = HomeTerms.none(3, 1)
    terms.shield[2, 0] = 0.5
    got = moved(terms, np.array([[20.0], [30.0], [40.0]]))
    made = people()
    assert got.sum() == pytest.approx(5.0)
    assert got[0] == pytest.approx(1.75 * made.rents[0] + 3.25 * made.wages[2, 0])
    assert got[0, ELITE] / 5.0 > made.shares[0, ELITE]


def test_cover_for_wages_leaves_the_owners_out() -> None:
    """The same loss, all lost wages made good: 0.65 * 10 = 6.5, by wages alone. With a full shield as well, wages are not paid twice: 10."""
    terms = HomeTerms.none(3, 1)
    terms.wages[2, 0] = 1.0
    assert moved(terms, np.array([[20.0], [30.0], [40.0]])).sum() == pytest.approx(6.5)
    terms.shield[2, 0] = 1.0
    assert moved(terms, np.array([[20.0], [30.0], [40.0]])).sum() == pytest.approx(10.0)


def test_relief_makes_good_part_of_a_groups_loss_and_gains_are_not_taxed() -> None:
    """The poorest fifth falls to half of its income; 40 % of that half is made good. A sector that gained gets nothing."""
    terms = HomeTerms.none(3, 1)
    terms.relief[0, 0] = 0.4
    made = people()
    own = made.income.copy()
    own[0, 0] *= 0.5
    assert moved(terms, BASE, own)[0] == pytest.approx([0.2 * made.income[0, 0], 0, 0, 0, 0])
    terms = HomeTerms.none(3, 1)
    terms.shield[:] = 1.0
    assert moved(terms, 1.1 * BASE).sum() == 0.0


def test_no_more_than_three_tenths_of_income_is_moved() -> None:
    """Everything is shielded and everything fell to 40: 60 would be due, 0.3 * 40 = 12 is paid."""
    terms = HomeTerms.none(3, 1)
    terms.shield[:] = 1.0
    assert moved(terms, 0.4 * BASE).sum() == pytest.approx(12.0)


def test_stores_fill_to_their_size_open_when_goods_are_missing_and_age() -> None:
    """Usual use 10, rate 0.2, size 1 quarter: 2, then 0.99 * 2 + 2 = 3.98. With 30 % missing 3 are given out; 0.99 * 0.98 are left."""
    usual, plenty = np.full((1, 1), 10.0), np.ones((1, 1))
    first, given = stored(np.zeros((1, 1)), 0.2, 1.0, usual, plenty, np.ones(1), 0.01)
    assert (first[0, 0], given[0, 0]) == pytest.approx((2.0, -2.0))
    second, _ = stored(first, 0.2, 1.0, usual, plenty, np.ones(1), 0.01)
    assert second[0, 0] == pytest.approx(3.98)
    left, given = stored(second, 0.2, 1.0, usual, np.full((1, 1), 0.7), np.ones(1), 0.01)
    assert given[0, 0] == pytest.approx(3.0)
    assert left[0, 0] == pytest.approx(0.99 * 0.98)
    poor, _ = stored(np.zeros((1, 1)), 0.2, 1.0, usual, plenty, np.full(1, 0.5), 0.01)
    assert poor[0, 0] == pytest.approx(1.0)
    full, given = stored(np.full((1, 1), 9.5), 0.2, 1.0, usual, plenty, np.ones(1), 0.0)
    assert (full[0, 0], given[0, 0]) == pytest.approx((10.0, -0.5))
