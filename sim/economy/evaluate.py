"""Everything that follows from the prices and outputs of an equilibrium, compiled: shares, flows, incomes, what is earned and what is owed.

The equations are those of `sim.economy.equilibrium`, worked out afresh at a point that `sim.economy.kernel` has found, so that
what it found can be judged by accounts it did not keep itself.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def prices(point, full, theta, v, io, log_a, paid, live, bought, mobile):  # type: ignore[no-untyped-def]
    """Factor prices, unit costs `(sector, state)`, shares `(sector, exporter, importer)`, price indices and payments to factors `(sector, state)`.

    `point` `(3, sector, state)`: logs of factor price, price index and output; `full` as in `kernel.weights`.
    """
    count, size = live.shape
    factor_prices, unit_costs = np.zeros((count, size)), np.ones((count, size))
    index, factor_paid = np.ones((count, size)), np.zeros((count, size))
    shares = np.zeros(full.shape)
    phi = np.zeros(size)
    for s in range(count):
        phi[:] = 0.0
        for i in range(size):
            if live[s, i]:
                log_cost = v[s, i] * (point[0, s, i] - log_a[s, i])
                for k in range(count):
                    log_cost += io[k, s, i] * point[1, k, i]
                factor_prices[s, i] = np.exp(point[0, s, i])
                unit_costs[s, i] = np.exp(log_cost)
                per_cost = np.exp(-theta[s] * log_cost)
                for j in range(size):
                    shares[s, i, j] = full[s, i, j] * per_cost
                    phi[j] += shares[s, i, j]
            if live[s, i] or mobile:
                factor_paid[s, i] = paid[s, i] * np.exp(point[0, s, i])
        for j in range(size):
            if bought[s, j] and phi[j] > 0.0:
                index[s, j] = phi[j] ** (-1.0 / theta[s])
            phi[j] = 1.0 / phi[j] if phi[j] > 0.0 else 0.0
        for i in range(size):
            for j in range(size):
                shares[s, i, j] *= phi[j]
    return factor_prices, unit_costs, shares, index, factor_paid


@njit(cache=True, fastmath={"reassoc"})
def _sum(values):  # type: ignore[no-untyped-def]
    """Sum in an order left to the compiler."""
    total = 0.0
    for value in values:
        total += value
    return total


@njit(cache=True)
def incomes(point, shares, tariffs, taxed, io, output, final_shares, live, wages, given):  # type: ignore[no-untyped-def]
    """Income, tariff revenue `(state,)`, spending `(sector, importer)`, flows before tariff, and output that meets them.

    `wages` and `given` `(state,)` are factor income and deficit; `output` is the base's. Also the output the point itself says.
    """
    count, size = output.shape
    tax_share, use, said = np.zeros((count, size)), np.zeros((count, size)), np.zeros((count, size))
    spending, sold, flows = np.zeros((count, size)), np.zeros((count, size)), np.zeros(shares.shape)
    income, revenue = np.zeros(size), np.zeros(size)
    for s in range(count):
        for i in range(size):
            if live[s, i]:
                said[s, i] = output[s, i] * np.exp(point[2, s, i])
                for k in range(count):
                    use[k, i] += io[k, s, i] * said[s, i]
            if taxed:
                for j in range(size):
                    tax_share[s, j] += shares[s, i, j] * (tariffs[s, i, j] / (1.0 + tariffs[s, i, j]))
    for j in range(size):
        top, bottom = wages[j] + given[j], 1.0
        for s in range(count):
            top += tax_share[s, j] * use[s, j]
            bottom -= tax_share[s, j] * final_shares[s, j]
        income[j] = top / bottom
        for s in range(count):
            spending[s, j] = final_shares[s, j] * income[j] + use[s, j]
            revenue[j] += tax_share[s, j] * spending[s, j]
    for s in range(count):
        for i in range(size):
            for j in range(size):
                flows[s, i, j] = shares[s, i, j] * spending[s, j]
            if taxed:
                for j in range(size):
                    flows[s, i, j] /= 1.0 + tariffs[s, i, j]
            sold[s, i] = _sum(flows[s, i])
    return income, revenue, spending, flows, sold, said


@njit(cache=True)
def gaps(market, output, said, spending, io, owned, factor_income):  # type: ignore[no-untyped-def]
    """Largest gaps over world factor income: in factor markets, of flows against outputs, of spending against income and use.

    `market` is what factors earn less what they are paid; `owned` `(state,)` all income. Not a number where anything is not.
    """
    count, size = output.shape
    world = factor_income.sum()
    in_market, in_output, in_balance, total = 0.0, 0.0, 0.0, 0.0
    for gap in market:
        in_market = max(in_market, abs(gap))
        total += gap
    for i in range(size):
        final = -owned[i]
        for s in range(count):
            in_output = max(in_output, abs(output[s, i] - said[s, i]))
            final += spending[s, i]
            for k in range(count):
                final -= io[k, s, i] * output[s, i]
            total += output[s, i] - said[s, i]
        in_balance = max(in_balance, abs(final))
        total += final
    if not np.isfinite(total):
        return np.nan, np.nan, np.nan
    world = world if world > 0.0 else 1.0
    return in_market / world, in_output / world, in_balance / world
