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
    per_cost = _per_cost(at, weights.theta, accounts.value_added, accounts.inputs, log_a)
    made = np.where(weights.sold, accounts.output * np.exp(at[2]), 0.0)
    phi = _summed(routes.sector, routes.importer, weights.full, per_cost) if prices is None else np.exp(-weights.theta[:, None] * prices)
    return np.asarray(_net(
        routes.sector, routes.exporter, routes.importer, passage.charged, passage.markup, weights.full, phi, per_cost, weights.tariffs, made, income,
        accounts.inputs, accounts.final_shares,
    ))


@njit(cache=True)
def _per_cost(point, theta, v, io, log_a):  # type: ignore[no-untyped-def]
    """Unit costs to the power of minus the elasticity `(sector, state)`."""
    count, size = log_a.shape
    per_cost = np.empty((count, size))
    for s in range(count):
        for i in range(size):
            log_cost = v[s, i] * (point[0, s, i] - log_a[s, i])
            for k in range(count):
                log_cost += io[k, s, i] * point[1, k, i]
            per_cost[s, i] = np.exp(-theta[s] * log_cost)
    return per_cost


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


@njit(cache=True)
def _net(sector, exporter, importer, charged, markup, full, phi, per_cost, tariffs, made, income, io, final_shares):  # type: ignore[no-untyped-def]
    """Net earnings `(state,)`; `charged` `(flow, connector)` the part of the buyer's spending, `made` `(sector, state)` output in money."""
    net = np.zeros(len(income))
    for flow in range(len(sector)):
        s, i, j = sector[flow], exporter[flow], importer[flow]
        if full[s, i, j] == 0.0:
            continue
        spending = final_shares[s, j] * income[j]
        for k in range(len(made)):
            spending += io[s, k, j] * made[k, j]
        share = full[s, i, j] * per_cost[s, i] / phi[s, j]
        paid = share * spending * (1.0 + markup[s, i, j]) / (1.0 + tariffs[s, i, j])
        taken = 0.0
        for h in range(len(income)):
            net[h] += paid * charged[flow, h]
            taken += charged[flow, h]
        net[j] -= paid * taken
    return net
