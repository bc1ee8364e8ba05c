"""Evasion: blocked goods go from `i` to `j` by way of one connector `h`, for a price that comes out of the market.

Traders of a blocked flow who have found a connector buy its services. For flow `b = (s, i, j)` and connector `h` the goods cost

    wedge = detour * (1 + risk + scarcity)

times the direct price:

- `detour` is a second freight bill, larger when `h` lies off the way: `1 + freight * (1 + remoteness)`, where remoteness is one over the
  geometric mean of the two legs' trade intensity (1 when both legs trade as much as their sizes lead one to expect);
- `risk` is what forwarders expect to lose (`overcompliance.abroad_loss`): goods forfeited, and business with the sender under secondary measures;
- `scarcity` is the premium that clears the market for `h`'s services in the sector. Forwarders' costs differ, exponentially with mean
  `margin`, so a premium `v` brings out `capacity * (1 - exp(-v / margin))`, and no more than `capacity` ever.

A share `wedge**-elasticity` of the trade survives the wedge; it divides among connectors in proportion to
`capacity * willing * wedge**-choice`. `willing` is the part of its capacity that `h`'s government lets serve this flow: it is nil where `h`
itself forbids the same goods on either leg. All of it is scaled by `known`, the share of the traders that have found a way.

The route's price enters the equilibrium as weight on the flow `i -> j` itself: true trade stays between `i` and `j`. The detour is
paid in the exporter's goods (iceberg); risk and scarcity premium are a mark-up that `h` earns.

More than one connector in a row is refused: each further one adds a freight bill, a risk and a margin, and would have to be
found as well. Elasticities apply in full to a detour at once: no old relationship protects it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.overcompliance import NOTHING
from sim.economy.routes_kernel import clear

Array = NDArray[np.float64]
Index = NDArray[np.int64]

FAR = 4.0  # greatest remoteness: no way round the world is longer
ROUNDS = 120
CLEARED = 1e-9


@dataclass(frozen=True)
class Routes:
    """The detours of one quarter.

    `sector`, `exporter`, `importer` `(flow,)` name the blocked flows; `weight` `(flow, connector)` is the share of each blocked flow's
    traders that go by the connector, after the wedge; `markup` `(flow, connector)` what the connector charges, as a share of the goods'
    price; `wedge` `(flow, connector)` delivered price over direct price; `scarcity` `(sector, connector)` the premium, kept as the next start.
    """

    sector: Index
    exporter: Index
    importer: Index
    weight: Array
    markup: Array
    wedge: Array
    scarcity: Array

    @classmethod
    def none(cls, sectors: int, states: int) -> Routes:
        """No detours."""
        empty, nothing = np.zeros(0, dtype=np.int64), np.zeros((0, states))
        return cls(empty, empty, empty, nothing, nothing, nothing, np.zeros((sectors, states)))


def exposure(flows: Array) -> Array:
    """Share of each state's foreign trade, both directions, that is with each other state `(state, partner)`."""
    total = flows.sum(axis=0)
    both = total + total.T
    np.fill_diagonal(both, 0.0)
    size = both.sum(axis=1, keepdims=True)
    return np.divide(both, size, out=np.zeros_like(both), where=size > 0)


def nearness(flows: Array) -> Array:
    """Trade intensity of each pair `(state, state)`: 1 when a pair trades as much as the two states' sizes lead one to expect."""
    total = flows.sum(axis=0)
    both = total + total.T
    np.fill_diagonal(both, 0.0)
    size = both.sum(axis=1)
    expected = np.outer(size, size)
    return np.divide(both * size.sum(), expected, out=np.zeros_like(both), where=expected > 0)


@njit(cache=True)
def searching(blocked: Array, flows: Array) -> tuple[Index, Index, Index]:
    """Sector, exporter and importer of each flow between two states that is blocked."""
    sectors, states, _ = flows.shape
    found = [
        (s, i, j) for s in range(sectors) for i in range(states) for j in range(states)
        if i != j and blocked[s, i, j] > NOTHING and flows[s, i, j] > 0.0
    ]
    cells = np.empty((3, len(found)), dtype=np.int64)
    for flow, (s, i, j) in enumerate(found):
        cells[0, flow], cells[1, flow], cells[2, flow] = s, i, j
    return cells[0], cells[1], cells[2]


@njit(cache=True)
def detour(near: Array, sector: Index, exporter: Index, importer: Index, freight: float, cost: Array) -> Array:
    """Cost factor of going by each connector `(flow, connector)`: a second freight bill, larger off the way.

    `cost` `(sector, exporter, importer)` are cost factors of trade, 1 without measures: whoever eases its trade with either end eases the detour,
    which is never cheaper than the direct way.
    """
    states = len(near)
    root = np.empty((states, states))  # how remote each leg makes a way
    for i in range(states):
        for j in range(states):
            root[i, j] = 1.0 / np.sqrt(near[i, j]) if near[i, j] > 0.0 else np.inf
    factor = np.empty((len(exporter), states))
    for flow in range(len(exporter)):
        s, i, j = sector[flow], exporter[flow], importer[flow]
        for h in range(states):
            remoteness = min(root[i, h] * root[h, j], FAR)
            legs = cost[s, i, h] * cost[s, h, j]
            factor[flow, h] = max((1.0 + freight * (1.0 + remoteness)) * legs, 1.0)
    return factor


def capacity(flows: Array, share: float) -> Array:
    """How much trade each connector can forward `(sector, connector)`: `share` of its own foreign trade in the sector."""
    inside = np.einsum("sii->si", flows)
    return share * (flows.sum(axis=1) + flows.sum(axis=2) - 2.0 * inside) / 2.0


@njit(cache=True)
def willing(affinity: Array, exporter: Index, importer: Index, by_exporter: Array, by_importer: Array, weight: float) -> Array:
    """Part of its capacity that each connector's government lets serve each blocked flow `(flow, connector)`.

    Even between the two sides it is one half; it rises with affinity `(state, state)` to the side that is hit over the side that
    blocks. `by_exporter` and `by_importer` `(flow,)` are the shares that each side blocks: where both block, the sides cancel.
    """
    states = len(affinity)
    part, before = np.empty((len(exporter), states)), np.full((states, states), -1)  # the last flow between two states: most often of the same tilt
    tilts = np.zeros(len(exporter))
    for flow in range(len(exporter)):
        i, j = exporter[flow], importer[flow]
        both = by_exporter[flow] + by_importer[flow]
        tilts[flow] = (by_exporter[flow] - by_importer[flow]) / both if both > 0.0 else 0.0
        last = before[i, j]
        before[i, j] = flow
        if last >= 0 and tilts[last] == tilts[flow]:
            part[flow] = part[last]
            continue
        for h in range(states):
            lean = (affinity[h, j] - affinity[h, i]) * tilts[flow]
            part[flow, h] = 1.0 / (1.0 + np.exp(-weight * lean))
    return part


@njit(cache=True)
def permitted(sector: Index, exporter: Index, importer: Index, open_trade: Array, closed: Array) -> Array:
    """Part of each blocked flow `(flow, connector)` that each connector's own rules let it serve, none at the two ends.

    `open_trade` `(sector, exporter, importer)` is what is legal and dared, as a share of product lines. Lists of forbidden lines are nested: who
    forbids less leaves out what matters least. So of a flow of which the share `c` is closed, a connector whose stricter leg closes `d` can serve
    the lines between, `(c - d) / c`: senders with the same list are no way round each other. `closed` `(connector, state)` is what a connector
    closes of its transit to goods from or for a state.
    """
    part = np.zeros((len(sector), len(closed)))
    for flow in range(len(sector)):
        s, i, j = sector[flow], exporter[flow], importer[flow]
        shut = 1.0 - open_trade[s, i, j]
        for h in range(len(closed)):
            if h not in (i, j) and shut > NOTHING:
                legs = 1.0 - min(open_trade[s, i, h], open_trade[s, h, j])
                part[flow, h] = max(1.0 - legs / shut, 0.0) * (1.0 - closed[h, i]) * (1.0 - closed[h, j])
    return part


def find(
    sector: Index,
    exporter: Index,
    importer: Index,
    value: Array,
    known: Array,
    willing: Array,
    detour: Array,
    risk: Array,
    capacity: Array,
    elasticity: Array,
    margin: float,
    choice: float,
    start: Array | None = None,
    cleared: float = CLEARED,
) -> Routes:
    """Clear the market for connectors' services and return the routes used.

    `value` `(flow,)` is the trade blocked, in the unit of `capacity` `(sector, connector)`; `known` and `elasticity` `(flow,)`;
    `willing`, `detour`, `risk` `(flow, connector)`; `start` the last quarter's scarcity premiums. Premiums move by Newton steps until
    demand meets supply to the relative gap `cleared` with every connector (services of different connectors are gross substitutes, so
    there is one clearing set of premiums).
    """
    scarcity = np.full(capacity.shape, 0.1 * margin) if start is None else np.maximum(start, 1e-6 * margin)
    weight, markup, wedge = clear(
        sector, willing, value, known, elasticity, detour, risk, capacity, scarcity, margin, choice, NOTHING, ROUNDS, cleared
    )
    return Routes(sector, exporter, importer, weight, markup, wedge, scarcity)


def search_speed(help_: Array, effect: float) -> Array:
    """How much faster than usual detours are found `(exporter, importer)`: the more eager government of the two counts; `help_` `(state,)`."""
    return np.asarray(1.0 + effect * np.maximum.outer(help_, help_))


def learned(known: Array, blocked: Array, speed: Array, learning: float, forgetting: float) -> Array:
    """Share of traders that have found a way, next quarter `(sector, exporter, importer)`.

    Search goes on where trade is `blocked` (share), `speed` times as fast as usual; what is open again is forgotten slowly.
    """
    found = np.minimum(learning * speed, 1.0) * blocked * (1.0 - known)
    return np.asarray(np.clip(known + found - forgetting * (1.0 - blocked) * known, 0.0, 1.0))
