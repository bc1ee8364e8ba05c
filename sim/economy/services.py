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
    the target is not touched here: levers write that on the flow itself.
    """
    states = len(reach)
    with np.errstate(over="ignore"):
        above = np.maximum(price[None] / np.maximum(terms.cap, 1e-12) - 1.0, 0.0)  # (who, sector, whom)
    cap_rate = np.log1p(np.minimum(service_detour, above)) * terms.capped * (1.0 - leak)
    out_rate = np.log1p(service_detour) * terms.service_ban + cap_rate
    in_rate = np.log1p(service_detour) * terms.service_ban
    pay = np.log1p(payment_detour) * terms.payment
    sold = np.einsum("k,ksi->si", reach, out_rate)  # on the target's exports to third countries
    bought = np.einsum("k,ksj->sj", reach, in_rate)  # on its imports from them
    paid = np.einsum("k,ksi->si", reach, pay)
    links = 1.0 - terms.link
    outside = links * (1.0 - terms.barter)
    cost = sold[:, :, None] + bought[:, None, :] + (paid[:, :, None] + paid[:, None, :]) * outside
    # What k refuses on its own trade with the target is written on that flow by the lever: not twice.
    to_who = reach[:, None, None] * (out_rate + pay)  # (who, sector, whom): whom sells to who
    from_who = reach[:, None, None] * (in_rate + pay)
    cost -= np.moveaxis(to_who, (0, 1, 2), (2, 0, 1)) + np.moveaxis(from_who, (0, 1, 2), (1, 0, 2))
    cost = np.maximum(cost, 0.0) + np.log1p(barter_cost) * terms.barter * links
    cost[:, np.arange(states), np.arange(states)] = 0.0
    return np.asarray(cost)
