"""Forwarding: what connectors would earn, and buyers pay them, at a point of the solver; found for the flows that go by connectors, and no others.

The shares are those of `sim.economy.equilibrium`, `pi = K c**-theta / phi` with `K` the base share times weight and cost and `phi` the sum over exporters; the
mark-ups are those of `sim.economy.passage`. The same as `passage.margins` of the flows of the equilibrium, without working those out.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Weights
from sim.economy.passage import Passage

Array = NDArray[np.float64]


def earned(
    accounts: Accounts, change: Change, weights: Weights, passage: Passage, point: Array | None, income: Array, prices: Array | None = None
) -> Array:
    """What each state would earn as a connector less what it would pay as a buyer `(state,)`, USD bn; sums to zero.

    `point` `(3, sector, state)` as in `equilibrium` (None: the base) and `income` `(state,)` say where the economy is; `change`, its `weights` and
    `passage` what trade goes through. `prices` `(sector, importer)` are logs of price indices where the point is the equilibrium of the change.
    """
    routes, shape = passage.routes, accounts.output.shape
    if not len(routes.sector):
        return np.zeros(shape[1])
    log_a = np.zeros(shape) if change.productivity is None else np.log(change.productivity)
    at = np.zeros((3, *shape)) if point is None else point
    phi = np.zeros((0, 0)) if prices is None else np.exp(-weights.theta[:, None] * prices)
    return np.asarray(_net(
        routes.sector, routes.exporter, routes.importer, passage.charged, passage.markup, weights.full, weights.theta, weights.tariffs, weights.sold, at, phi,
        log_a, accounts.value_added, accounts.inputs, accounts.final_shares, accounts.output, income,
    ))


@njit(cache=True)
def _net(  # type: ignore[no-untyped-def]
    sector, exporter, importer, charged, markup, full, theta, tariffs, sold, point, phi, log_a, v, io, final_shares, output, income
):
    """Net earnings `(state,)`; `charged` `(flow, connector)` the part of the buyer's spending. `phi` `(sector, importer)` may be empty: not known yet."""
    count, size = output.shape
    per_cost, made = np.empty((count, size)), np.zeros((count, size))  # unit costs to the power of minus the elasticity; output in money
    for s in range(count):
        for i in range(size):
            log_cost = v[s, i] * (point[0, s, i] - log_a[s, i])
            for k in range(count):
                log_cost += io[k, s, i] * point[1, k, i]
            per_cost[s, i] = np.exp(-theta[s] * log_cost)
            if sold[s, i]:
                made[s, i] = output[s, i] * np.exp(point[2, s, i])
    if not phi.size:
        phi = _summed(sector, importer, full, per_cost)
    net = np.zeros(size)
    for flow in range(len(sector)):
        s, i, j = sector[flow], exporter[flow], importer[flow]
        if full[s, i, j] == 0.0:
            continue
        spending = final_shares[s, j] * income[j]
        for k in range(count):
            spending += io[s, k, j] * made[k, j]
        share = full[s, i, j] * per_cost[s, i] / phi[s, j]
        paid = share * spending * (1.0 + markup[s, i, j]) / (1.0 + tariffs[s, i, j])
        taken = 0.0
        for h in range(size):
            net[h] += paid * charged[flow, h]
            taken += charged[flow, h]
        net[j] -= paid * taken
    return net


@njit(cache=True)
def _summed(sector, importer, full, per_cost):  # type: ignore[no-untyped-def]
    """`phi` `(sector, importer)` of the importers whose flows these are; 0 for the others."""
    phi = np.zeros(per_cost.shape)
    for flow in range(len(sector)):
        s, j = sector[flow], importer[flow]
        if phi[s, j] == 0.0:
            for i in range(full.shape[1]):
                phi[s, j] += full[s, i, j] * per_cost[s, i]
    return phi
