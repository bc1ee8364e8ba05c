"""Passage: how much of each flow gets through, openly, by stealth or by a connector, and at whose gain.

The equilibrium knows one weight per flow. Open and leaked trade go at the direct price; trade by a connector survives its wedge:

    permeability = passed + blocked * sum_h weight_h

The mark-up of connectors is money that the buyer pays and the seller does not get. It enters the equilibrium as a tariff on
the flow at the average rate `m`, while the weight is raised by `(1 + m)**elasticity` so that shares and price indices stay those of
the wedges alone; the revenue is handed to the connectors, a quarter later (trade credit), through the external balance. With
`e_h = blocked * weight_h / permeability` the part of the buyer's spending that goes by `h`, and `u_h` its mark-up,

    1 / (1 + m) = 1 - sum_h e_h * (1 - 1 / (1 + u_h))

so that every account balances exactly and the connector's margin is its own. Contracts made before a rule are still carried out for a
while: of what direct trade loses a share is `carried` on, and only the rest looks for a detour. Shares below a billionth are nothing at all: a complete ban
that is fully enforced is an exact zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.overcompliance import NOTHING
from sim.economy.routes import Routes

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Passage:
    """What gets through in one quarter. All arrays `(sector, exporter, importer)` unless said otherwise.

    `permeability`: weight of the flow in the equilibrium before the correction for the mark-up; `markup`: average rate of connectors'
    mark-up on the value of the goods; `by_exporter` and `by_importer`: parts of the direct trade that the exporter's and the
    importer's customs get to see; `spent` and `charged` `(flow, connector)`: parts of the buyer's spending on a blocked flow, mark-up included, that go by
    a connector and that it keeps as its margin; `routes`: the detours themselves; `direct`: share of the trade that goes directly.
    """

    permeability: Array
    markup: Array
    by_exporter: Array
    by_importer: Array
    spent: Array
    charged: Array
    routes: Routes
    direct: Array

    @classmethod
    def free(cls, shape: tuple[int, int, int]) -> Passage:
        """No measure: everything passes openly."""
        one, nothing, none = np.ones(shape), np.zeros(shape), np.zeros((0, shape[1]))
        return cls(one, nothing, one, one, none, none, Routes.none(shape[0], shape[1]), one)

    def weight(self, elasticity: Array) -> Array:
        """Permeability for the equilibrium, mark-up taken out; `elasticity` `(sector,)` is the one the equilibrium works with."""
        return self.marked(self.permeability, elasticity)

    def marked(self, permeability: Array, elasticity: Array) -> Array:
        """The same from another `permeability`; only flows that go by connectors carry a mark-up."""
        routes = self.routes
        if not len(routes.sector):
            return permeability
        cells = routes.sector, routes.exporter, routes.importer
        weight = permeability.copy()
        weight[cells] *= (1.0 + self.markup[cells]) ** elasticity[routes.sector]
        return weight

    def tariffs(self, tariffs: Array) -> Array:
        """Tariff rates for the equilibrium: customs duty on the price with mark-up, and the mark-up itself."""
        routes = self.routes
        if not len(routes.sector):
            return tariffs
        cells = routes.sector, routes.exporter, routes.importer
        rates = tariffs.copy()
        rates[cells] = (1.0 + rates[cells]) * (1.0 + self.markup[cells]) - 1.0
        return rates


def opened(
    legal: Array,
    leak: Array,
    withdrawal: Array,
    abroad: Array,
    routes: Routes,
    running: Array | None = None,
    carried: Array | None = None,
) -> Passage:
    """Put direct trade and detours together.

    `legal` is the share of trade each issuer's rules leave legal, `leak` the share of its forbidden part that goes on, `withdrawal` the share
    of its legal part that is given up, all `(issuer, sector, exporter, importer)`; `abroad` is the share of trade that third countries' firms
    still do with a target under secondary measures; `running` `(sector, exporter, importer)` is what went directly last quarter, and `carried`
    the part of its loss that contracts make good (None: nothing).
    """
    nothing = np.zeros_like(abroad)
    before, honoured = (nothing, nothing) if running is None or carried is None else (running, carried)
    direct, due, seen_out, seen_in = _directly(legal, leak, withdrawal, abroad, before, honoured)
    permeability, markup, spent, charged = _by_connectors(
        direct, due, legal, leak, routes.sector, routes.exporter, routes.importer, routes.weight, routes.markup
    )
    return Passage(permeability, markup, seen_out, seen_in, spent, charged, routes, direct)


@njit(cache=True, error_model="numpy")
def _directly(legal, leak, withdrawal, abroad, running, carried):  # type: ignore[no-untyped-def]
    """Direct trade, the part of it due to old contracts, and the parts that the exporter's and the importer's customs get to see.

    All `(sector, exporter, importer)`; what is due is carried out openly, beyond what would pass without the old contracts.
    """
    sectors, states, _ = abroad.shape
    direct, due, seen_out, seen_in = np.empty(abroad.shape), np.empty(abroad.shape), np.empty(abroad.shape), np.empty(abroad.shape)
    for s in range(sectors):
        for i in range(states):
            for j in range(states):  # without branches, so that several cells are worked out at a time
                tame_out, sly_out = legal[0, s, i, j] * (1.0 - withdrawal[0, s, i, j]), (1.0 - legal[0, s, i, j]) * leak[0, s, i, j]
                tame_in, sly_in = legal[1, s, i, j] * (1.0 - withdrawal[1, s, i, j]), (1.0 - legal[1, s, i, j]) * leak[1, s, i, j]
                passed = abroad[s, i, j] * (tame_out + sly_out) * (tame_in + sly_in)
                lost = running[s, i, j] - passed
                late = carried[s, i, j] * (lost if lost > 0.0 else 0.0)
                open_out = tame_out / (tame_out + sly_out) if sly_out > 0.0 else 1.0
                open_in = tame_in / (tame_in + sly_in) if sly_in > 0.0 else 1.0
                other = passed / (passed + late)
                seen_out[s, i, j] = 1.0 - other * (1.0 - open_out) if late > 0.0 else open_out
                seen_in[s, i, j] = 1.0 - other * (1.0 - open_in) if late > 0.0 else open_in
                due[s, i, j] = late
                direct[s, i, j] = passed + late if passed + late > NOTHING else 0.0
    return direct, due, seen_out, seen_in


@njit(cache=True, error_model="numpy")
def _by_connectors(direct, due, legal, leak, sector, exporter, importer, weight, markups):  # type: ignore[no-untyped-def]
    """Permeability and average mark-up `(sector, exporter, importer)`, and of the buyer's spending what goes by each connector and what it keeps
    `(flow, connector)`.

    `weight` and `markups` `(flow, connector)` are the routes' weights and mark-ups.
    """
    permeability, markup = direct.copy(), np.zeros(direct.shape)
    spent, charged = np.zeros(weight.shape), np.zeros(weight.shape)
    for flow in range(len(sector)):
        s, i, j = sector[flow], exporter[flow], importer[flow]
        free = 1.0
        for issuer in range(2):
            free *= legal[issuer, s, i, j] + (1.0 - legal[issuer, s, i, j]) * leak[issuer, s, i, j]
        blocked = max(1.0 - free - due[s, i, j], 0.0)
        for h in range(weight.shape[1]):
            way = blocked * weight[flow, h]
            spent[flow, h] = way if way > NOTHING else 0.0
        for h in range(weight.shape[1]):
            permeability[s, i, j] += spent[flow, h]
        if permeability[s, i, j] > 0.0:
            part = 1.0 / permeability[s, i, j]
            for h in range(weight.shape[1]):
                spent[flow, h] *= part
            for h in range(weight.shape[1]):
                charged[flow, h] = spent[flow, h] * (markups[flow, h] / (1.0 + markups[flow, h]))
            kept = 1.0
            for h in range(weight.shape[1]):
                kept -= charged[flow, h]
            markup[s, i, j] = 1.0 / kept - 1.0
    return permeability, markup, spent, charged


def earned_on(passage: Passage, flows: Array, connector: int, partner: int) -> float:
    """What `connector` earned in mark-ups on goods from or to `partner`; `flows` as in `margins`."""
    routes = passage.routes
    mine = (routes.exporter == partner) | (routes.importer == partner)
    cells = routes.sector[mine], routes.exporter[mine], routes.importer[mine]
    return float((flows[cells] * (1.0 + passage.markup[cells]) * passage.charged[mine, connector]).sum())


def margins(passage: Passage, flows: Array) -> Array:
    """What each connector earned and each buyer paid in mark-ups `(state,)`, net; sums to zero.

    `flows` `(sector, exporter, importer)` is the equilibrium's value before tariff and mark-up.
    """
    routes = passage.routes
    net = np.zeros(flows.shape[1])
    if len(routes.sector):
        cells = routes.sector, routes.exporter, routes.importer
        earned = (flows[cells] * (1.0 + passage.markup[cells]))[:, None] * passage.charged
        net += earned.sum(axis=0)
        np.subtract.at(net, routes.importer, earned.sum(axis=1))
    return net


def forwarded(passage: Passage, flows: Array) -> Array:
    """Value at the exporter's gate that goes by each connector `(flow, connector)`, in the unit of `flows`."""
    routes = passage.routes
    cells = routes.sector, routes.exporter, routes.importer
    paid = (flows[cells] * (1.0 + passage.markup[cells]))[:, None] * passage.spent
    return np.asarray(paid / (1.0 + routes.markup))


def wedges(passage: Passage) -> Array:
    """Average delivered price over the direct price `(sector, exporter, importer)`, weighted by the buyer's spending."""
    routes = passage.routes
    average = np.ones_like(passage.permeability)
    if len(routes.sector):
        average[routes.sector, routes.exporter, routes.importer] += (passage.spent * (routes.wedge - 1.0)).sum(axis=1)
    return average
