"""Services that trade needs: shipping, insurance, payments. Whoever supplies the world with them can refuse them.

A state's *reach* is its share of the world's foreign sales of services and finance. When `k` refuses services to cargoes of a target,
the part `reach_k` of the target's trade with third countries has to find other carriers, insurers and banks, at a cost:

    log cost = log(1 + detour) * sum_k refused_k * reach_k

to and from every partner. A *price cap* refuses services only to cargoes sold above the cap. Sellers who can sell below it go on
as before, so the cap costs at most the detour, and at most the part of the price above the cap; and the leak (false attestations)
escapes it. With an uncapped price `q` (1 = base) the cost rate is `min(detour, max(q / cap - 1, 0)) * (1 - leak)`: a service embargo with a leak, as
MODEL 3.5 puts it, and weak next to an embargo (Kilian et al. 2026: the cap itself had a negligible effect on the price).
*Own links* (payment link, barter) of a pair need no outside bank: the part of their trade that they cover is spared, at the cost of
the link where it has one.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.pair_terms import PairTerms

Array = NDArray[np.float64]


def reach(flows: Array, sectors: list[int]) -> Array:
    """Share of the world's foreign sales in the service `sectors` that each state makes `(state,)`; zeros without such sectors."""
    sales = flows[sectors].sum(axis=0)
    foreign = sales.sum(axis=1) - np.diagonal(sales)
    total = foreign.sum()
    return foreign / total if total > 0 else np.zeros_like(foreign)


def log_cost(
    terms: PairTerms, reach: Array, price: Array, service_detour: float, payment_detour: float, leak: float, barter_cost: float
) -> Array:
    """Added log cost of foreign trade `(sector, exporter, importer)` from refused services and payments.

    `reach` `(state,)`; `price` `(sector, state)` is the price at which each state sells, 1 = base. A pair between the one who refuses and
    the target is not touched here: levers write that on the flow itself, but for a price cap, which leaves it free.
    """
    return _log_cost(
        terms.cap, terms.capped, terms.service_ban, terms.payment, 1.0 - terms.link, terms.barter, reach, price,
        service_detour, payment_detour, leak, barter_cost,
    )


@njit(cache=True)
def _log_cost(cap, capped, ban, payment, links, barter, reach, price, service_detour, payment_detour, leak, barter_cost):  # type: ignore[no-untyped-def]
    sectors, states = price.shape
    sold, bought, paid = np.zeros((sectors, states)), np.zeros((sectors, states)), np.zeros((sectors, states))
    cost = np.zeros((sectors, states, states))
    log_service, log_payment, log_barter = np.log1p(service_detour), np.log1p(payment_detour), np.log1p(barter_cost)
    for who in range(states):
        for s in range(sectors):
            for whom in range(states):
                if capped[who, s, whom] == 0.0 and ban[who, s, whom] == 0.0 and payment[who, s, whom] == 0.0:
                    continue  # nothing refused
                above = max(price[s, whom] / max(cap[who, s, whom], 1e-12) - 1.0, 0.0)
                cap_rate = np.log1p(min(service_detour, above)) * capped[who, s, whom] * (1.0 - leak)
                in_rate = log_service * ban[who, s, whom]
                out_rate = in_rate + cap_rate
                pay = log_payment * payment[who, s, whom]
                sold[s, whom] += reach[who] * out_rate  # on the target's exports to third countries
                bought[s, whom] += reach[who] * in_rate  # on its imports from them
                paid[s, whom] += reach[who] * pay
                # What `who` refuses on its own trade with the target is written on that flow by the lever, not twice; by a price cap nothing is.
                outside = links[who, whom] * (1.0 - barter[who, whom])
                cost[s, whom, who] -= reach[who] * (out_rate + pay * outside)
                cost[s, who, whom] -= reach[who] * (in_rate + pay * outside)
    for s in range(sectors):
        for i in range(states):
            for j in range(states):
                outside = links[i, j] * (1.0 - barter[i, j])
                spread = sold[s, i] + bought[s, j] + (paid[s, i] + paid[s, j]) * outside
                own = log_barter * barter[i, j] * links[i, j]
                cost[s, i, j] = max(cost[s, i, j] + spread, 0.0) + own if i != j else 0.0
    return cost
