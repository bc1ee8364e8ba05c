"""Relationships by hand: elasticity path of a lasting cost change, withering and regrowth."""

from itertools import pairwise

import numpy as np
import pytest

from sim.economy.relationships import adjusted, weight
from sim.parameters import resolve


def share(stock: float, cost: float, theta: float, rho: float) -> float:
    """One tiny flow: its share relative to the base, with the price index of the importer unchanged."""
    return float(weight(np.array(stock), rho)) * cost ** (-theta * rho)


def test_first_quarter_after_a_cost_rise_is_the_impact_share_of_the_long_run():
    """theta 2, rho 0.25, cost 1.10: share 1.1**-0.5 = 0.95346..., then the stock moves 0.24 of the gap: 1 - 0.24 * 0.04654 = 0.98883."""
    first = share(1.0, 1.10, 2.0, 0.25)
    assert first == pytest.approx(0.9534625892455924, abs=1e-15)
    assert float(adjusted(np.array(1.0), np.array(first), 0.24, 1e-4)) == pytest.approx(0.9888310214189422, abs=1e-15)


def test_elasticity_path_meets_boehm_levchenko_pandalai_nayar():
    """Elasticity after a year 0.5 to 1.1, after ten years 1.6 to 3.0, nine tenths of it done between year 5 and year 10."""
    p = resolve()
    theta, stock, path = 2.0, 1.0, []
    for _ in range(200):
        now = share(stock, 1.10, theta, p["impact_share"])
        path.append(-np.log(now) / np.log(1.10))
        stock = float(adjusted(np.array(stock), np.array(now), p["relationship_adjustment"], p["relationship_floor"]))
    assert 0.5 < path[4] < 1.1
    assert 1.6 < path[40] < 3.0
    nine_tenths = next(quarter for quarter, value in enumerate(path) if value > 0.9 * theta)
    assert 20 < nine_tenths < 40
    assert path[-1] == pytest.approx(theta, rel=1e-4)


def test_the_stock_moves_all_the_way_to_the_long_run():
    """With share = stock**0.75 * f the stock rests where stock = stock**0.75 * f, so stock = f**4: here 0.5**(1/4)."""
    factor, stock = 0.5**0.25, np.array(1.0)
    for _ in range(2000):
        stock = adjusted(stock, weight(stock, 0.25) * factor, 0.24, 1e-6)
    assert float(stock) == pytest.approx(0.5, rel=1e-9)


def test_banned_trade_withers_at_the_adjustment_rate_down_to_the_floor():
    """Three quarters without trade at 0.24 leave 0.76**3 = 0.438976; in the end the floor is left."""
    stock = np.array(1.0)
    for _ in range(3):
        stock = adjusted(stock, np.array(0.0), 0.24, 0.01)
    assert float(stock) == pytest.approx(0.438976, abs=1e-12)
    for _ in range(100):
        stock = adjusted(stock, np.array(0.0), 0.24, 0.01)
    assert float(stock) == 0.01


def test_after_relief_relationships_take_years_to_rebuild():
    """Five years of a ban, then relief: a year later trade is still below 70 % of the base, ten years later above 75 %."""
    stock = np.array(1.0)
    for _ in range(20):
        stock = adjusted(stock, np.array(0.0), 0.24, 1e-4)
    shares = []
    for _ in range(41):
        now = weight(stock, 0.25)
        shares.append(float(now))
        stock = adjusted(stock, now, 0.24, 1e-4)
    assert shares[0] < 0.05
    assert shares[4] < 0.7
    assert 0.75 < shares[40] < 1.0
    assert all(later > earlier for earlier, later in pairwise(shares))
