"""Forwarding: what connectors would earn, and buyers pay them, at a point of the solver; found for the flows that go by connectors, and no others.

The shares are those of `sim.economy.equilibrium`, `pi = K c**-theta / phi` with `K` the base share times weight and cost and `phi` the sum over exporters; the
mark-ups are those of `sim.economy.passage`. The same as `passage.margins` of the flows of the equilibrium, without working those out.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change
from sim.economy.passage import Passage

Array = NDArray[np.float64]


def earned(
    accounts: Accounts, change: Change, passage: Passage, point: Array | None, income: Array, impact_share: float,
    full: Array | None = None, prices: Array | None = None,
) -> Array:
    """What each state would earn as a connector less what it would pay as a buyer `(state,)`, USD bn; sums to zero.

    `point` `(3, sector, state)` as in `equilibrium` (None: the base) and `income` `(state,)` say where the economy is; `change` and `passage` what trade
    goes through. Where the point is the equilibrium of the change, `full` `(sector, exporter, importer)`, its `K`, and `prices` `(sector, importer)`, logs of
    its price indices, are known already.
    """
    routes, shape = passage.routes, accounts.output.shape
    if not len(routes.sector):
        return np.zeros(shape[1])
    theta = accounts.elasticity * impact_share
    tariffs = accounts.tariffs if change.tariffs is None else change.tariffs
    log_a = np.zeros(shape) if change.productivity is None else np.log(change.productivity)
    at = np.zeros((3, *shape)) if point is None else point
    per_cost = _per_cost(at, theta, accounts.value_added, accounts.inputs, log_a)
    given = (change.permeability, change.preference, change.cost)
    permeability, preference, cost = (np.ones(accounts.flows.shape) if values is None else values for values in given)
    made = _made(at, accounts.output, accounts.shares, permeability, preference)
    if full is None or prices is None:
        full, phi = _rows(routes.sector, routes.importer, per_cost, accounts.shares, permeability, preference, cost, tariffs, accounts.tariffs, theta)
    else:
        phi = np.exp(-theta[:, None] * prices)
    return np.asarray(_net(
        routes.sector, routes.exporter, routes.importer, passage.charged, passage.markup, full, phi, per_cost, tariffs, made, income,
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
def _made(point, output, shares, permeability, preference):  # type: ignore[no-untyped-def]
    """Output in money `(sector, state)`; nothing where nobody may be sold anything."""
    made = np.zeros(output.shape)
    for s in range(output.shape[0]):
        for i in range(output.shape[1]):
            for j in range(output.shape[1]):
                if shares[s, i, j] * permeability[s, i, j] * preference[s, i, j] > 0.0:
                    made[s, i] = output[s, i] * np.exp(point[2, s, i])
                    break
    return made


@njit(cache=True)
def _rows(sector, importer, per_cost, shares, permeability, preference, cost, tariffs, old_tariffs, theta):  # type: ignore[no-untyped-def]
    """`K` `(sector, exporter, importer)` as in `kernel.weights`, and `phi` `(sector, importer)`, of the importers whose flows these are; 0 for the others."""
    full, phi = np.zeros(shares.shape), np.zeros(per_cost.shape)
    for flow in range(len(sector)):
        s, j = sector[flow], importer[flow]
        if phi[s, j] > 0.0:
            continue
        for i in range(shares.shape[1]):
            base = shares[s, i, j] * permeability[s, i, j] * preference[s, i, j]
            if base > 0.0:
                dearer = cost[s, i, j]
                if tariffs[s, i, j] != old_tariffs[s, i, j]:
                    dearer *= (1.0 + tariffs[s, i, j]) / (1.0 + old_tariffs[s, i, j])
                if dearer != 1.0:
                    base *= np.exp(-theta[s] * np.log(dearer))
                full[s, i, j] = base
                phi[s, j] += base * per_cost[s, i]
    return full, phi


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
        for h in range(len(income)):
            net[h] += paid * charged[flow, h]
            net[j] -= paid * charged[flow, h]
    return net
