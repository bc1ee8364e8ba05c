"""Workers and capital by hand."""

import numpy as np
import pytest

from sim.economy.factors import bundle, grown_capital, investment_tilt, moved_workers


def test_a_bundle_is_the_weighted_geometric_mean():
    """0.25 of capital at capital 16, workers 1: 16**0.25 = 2."""
    assert bundle(np.array([[1.0]]), np.array([[16.0]]), 0.25) == pytest.approx(2.0)


def test_workers_move_to_the_sector_that_pays_more_and_none_are_lost():
    """Base income 50 and 50, rewards 1.2 and 0.8: mean 1, pulls exp(.1 ln 1.2) = 1.01840, exp(.1 ln .8) = 0.97793.

    Sum 99.8166, so both are scaled by 1.0018373: 1.02027 and 0.97973.
    """
    moved = moved_workers(np.ones((2, 1)), np.full((2, 1), 50.0), np.array([[1.2], [0.8]]), 0.1)
    assert moved[:, 0] == pytest.approx([1.020270, 0.979730], abs=1e-5)
    assert (moved * 50).sum() == pytest.approx(100.0, abs=1e-12)


def test_equal_rewards_move_nobody():
    moved = moved_workers(np.ones((3, 2)), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.full((3, 2), 0.7), 0.5)
    assert moved == pytest.approx(np.ones((3, 2)), abs=1e-15)


def test_a_sector_that_pays_nothing_loses_workers_but_not_all_at_once():
    moved = moved_workers(np.ones((2, 1)), np.array([[30.0], [70.0]]), np.array([[0.0], [1.0]]), 0.1)
    assert 0.8 < moved[0, 0] < 1.0 < moved[1, 0]
    assert (moved[:, 0] * [30, 70]).sum() == pytest.approx(100.0)


def test_a_state_without_income_does_not_break_the_others():
    moved = moved_workers(np.ones((2, 2)), np.array([[0.0, 1.0], [0.0, 1.0]]), np.ones((2, 2)), 0.1)
    assert np.isfinite(moved).all()
    assert moved[:, 1] == pytest.approx([1.0, 1.0])


def test_capital_stays_where_base_investment_replaces_what_wears_out():
    assert grown_capital(np.ones((1, 1)), np.ones(1), np.ones((1, 1)), 0.02) == pytest.approx(1.0, abs=1e-15)


def test_half_the_investment_halves_capital_in_the_end_and_slowly():
    """K' = .98 K + .02 * .5; after one quarter 0.99, in the limit 0.5."""
    capital = np.ones((1, 1))
    capital = grown_capital(capital, np.array([0.5]), np.ones((1, 1)), 0.02)
    assert capital[0, 0] == pytest.approx(0.99)
    for _ in range(2000):
        capital = grown_capital(capital, np.array([0.5]), np.ones((1, 1)), 0.02)
    assert capital[0, 0] == pytest.approx(0.5, rel=1e-9)


def test_investment_follows_reward_with_mean_one():
    """Base income 1 and 3, rewards 2 and 1: mean 1.25; tilts 1.6 and 0.8, weighted mean (1.6 + 2.4) / 4 = 1."""
    tilt = investment_tilt(np.array([[1.0], [3.0]]), np.array([[2.0], [1.0]]))
    assert tilt[:, 0] == pytest.approx([1.6, 0.8])
