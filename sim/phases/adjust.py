"""Adjust: relationships, workers and capital move towards what the quarter's trade rewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy import factors
from sim.economy.relationships import adjusted

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Carry relationships, workers and capital into the next quarter."""
    p, economy, accounts, solution = world.p, world.economy, world.accounts, world.solution
    assert solution is not None
    traded = accounts.shares > 0
    ratio = np.divide(solution.shares, accounts.shares, out=np.ones_like(solution.shares), where=traded)
    economy.relationships = adjusted(economy.relationships, ratio, p["relationship_adjustment"], p["relationship_floor"])
    quantity = factors.bundle(economy.workers, economy.capital, p["capital_share"])
    reward = solution.factor_prices * quantity
    economy.workers = factors.moved_workers(economy.workers, accounts.factor_income, reward / economy.workers, p["factor_mobility"])
    investment = solution.income / accounts.income / _investment_price(world)
    tilt = factors.investment_tilt(accounts.factor_income, reward / economy.capital)
    economy.capital = factors.grown_capital(economy.capital, investment, tilt, p["depreciation"])


def _investment_price(world: World) -> np.ndarray:
    """Price of investment goods `(state,)`, 1 = base: consumer prices and machinery by their weights."""
    solution, machinery = world.solution, world.of_kind("high_tech")
    assert solution is not None
    share = world.p["investment_imported_weight"] if machinery else 0.0
    general = solution.consumer_prices ** (1.0 - share)
    if not machinery:
        return np.asarray(general)
    return np.asarray(general * np.exp(np.log(solution.price_index[machinery]).mean(axis=0) * share))
