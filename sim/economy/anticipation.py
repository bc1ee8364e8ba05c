"""Anticipation: what traders do about measures that are threatened and not in force.

`risk` `(sector, exporter, importer)` is the share of a flow that the threatened measures would stop, times the belief that they come. Two answers are
known, of opposite sign, so what a threat does to trade depends on what is traded:

- *Goods that keep* are bought ahead (Afesorgbor 2019: threats raise trade). Buyers order `stocking_up * risk` more of what they usually buy from a
  threatened seller in a quarter, the less the more they have in store, up to `ahead_most` quarters' purchases, and that much less from others. Once nothing is
  threatened they use the store up, a share `AHEAD_USED` of it a quarter, and order that much less, though never less than a
  tenth of the usual.
- *Services and finance* cannot be stored, and a deal that is cut short loses a share `stranded` of its value. Firms with margins as in `overcompliance`
  stay when they earn more than they expect to lose, so the share `1 - exp(-stranded * risk / margin)` makes no new deals; running contracts go on (Dai et
  al. 2021: trade falls before measures are in force).

Buying ahead shifts orders between sellers at unchanged prices and spending: it says when trade happens, not what it is worth. So of a seller that has
nearly all of a market little more can be bought, however much more is ordered; what is put in store is what is bought beyond the usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.economy.overcompliance import NOTHING, Conduct, staying

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
AHEAD_USED = 0.5  # share of what was bought ahead that is used up in a quarter: assumption
MOST_SPARED = 0.9  # share of the usual purchases that a store replaces in a quarter at most: assumption
LEAST = 1e-6  # quarters' purchases in store that are as good as none


@dataclass(frozen=True, eq=False)
class Ahead:
    """Orders before their time in one quarter `(sector, exporter, importer)`: `extra`, what goes into store as a share of usual purchases (negative: what
    comes out of it), and `leaning`, the factor by which orders shift each seller's share."""

    extra: Array
    leaning: Array


def early_withdrawal(answer: Conduct, risk: Array, keeps: Mask, p: Mapping[str, float]) -> Conduct:
    """The firms' `answer` to the rules, and to `risk`: in sectors whose goods do not keep (`keeps` `(sector,)`) some make no new deals."""
    stay = np.where(keeps[:, None, None], 1.0, staying(p["stranded"] * risk, p["profit_margin"]))
    withdrawal = answer.withdrawal.copy()
    withdrawal[0] = 1.0 - (1.0 - withdrawal[0]) * stay
    return replace(answer, withdrawal=withdrawal)


def bought_ahead(ahead: Array, risk: Array | None, shares: Array, keeps: Mask, p: Mapping[str, float]) -> Ahead | None:
    """This quarter's orders ahead, given what is in store `ahead` and last quarter's `shares` of sellers, both `(sector, exporter, importer)`.

    None where nothing is threatened (`risk` None) and nothing in store.
    """
    if risk is None:
        if not ahead.any():
            return None
        risk = np.zeros_like(ahead)
    room = np.maximum(1.0 - ahead / p["ahead_most"], 0.0)
    ordered = p["stocking_up"] * risk * room * keeps[:, None, None]
    used = np.where(risk > NOTHING, 0.0, np.minimum(AHEAD_USED * ahead, MOST_SPARED))
    extra = ordered - used
    total = (shares * (1.0 + extra)).sum(axis=1, keepdims=True)
    usual = shares.sum(axis=1, keepdims=True)
    leaning = (1.0 + extra) * np.divide(usual, total, out=np.ones_like(total), where=total > 0)
    return Ahead(np.where(extra > 0.0, np.minimum(extra, np.maximum(leaning - 1.0, 0.0)), extra), leaning)


def in_store(ahead: Array, orders: Ahead | None) -> Array:
    """What is in store after the quarter, in quarters' usual purchases `(sector, exporter, importer)`."""
    if orders is None:
        return ahead
    left = ahead + orders.extra
    return np.where(left > LEAST, left, 0.0)


def in_their_time(shares: Array, orders: Ahead | None) -> Array:
    """Sellers' shares `(sector, exporter, importer)` without the orders before their time, from which relationships grow."""
    return shares if orders is None else shares / orders.leaning
