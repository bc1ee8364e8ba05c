"""Patronage: who rules through persons, or by birth, holds the elite by handing on what comes in from abroad; a party that rules has institutions for it.

Measures therefore unsettle personal governments and monarchies more than those of a single party, which make good what is missing by taxes and offices at home
(Escribà-Folch & Wright 2010; Bueno de Mesquita et al. 2003: a winning coalition that is paid in private goods out of revenue from outside).
Receipts are what sales abroad and duties bring and what flows in beyond the usual, aid, loans and reserves that are drawn on among it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]
BY_PATRONAGE = ("personal", "monarchy")
LEAST = 0.05  # receipts against the base below which support falls no further


def receipts(world: World) -> Array:
    """What came in from abroad this quarter against the base `(state,)`, at today's consumer prices; 1 before any trade and for who never sold abroad."""
    base, now = world.accounts, world.solution
    if now is None:
        return np.ones(len(world.ids))
    usual = _sold_abroad(base.flows) + base.revenue
    got = (_sold_abroad(now.flows) + now.tariff_revenue + now.deficit - base.deficit) / now.consumer_prices
    return np.divide(got, usual, out=np.ones_like(usual), where=usual > 0)


def lift(world: World) -> Array:
    """What receipts from abroad add to the elite's support `(state,)`, below 0 where some are missing; nothing where they do not hold it."""
    held = np.array([world.setting.states[state].regime in BY_PATRONAGE for state in range(len(world.ids))])
    return np.asarray(np.where(held, world.p["patronage"] * np.log(np.maximum(receipts(world), LEAST)), 0.0))


def _sold_abroad(flows: Array) -> Array:
    return np.asarray(flows.sum(axis=(0, 2)) - np.einsum("sii->i", flows))
