"""Reach: how much of what foreign money asks for trade can carry, and what becomes of the rest.

A state's deficit comes in as goods and its surplus goes out as goods, so a plan is cut to what passes: `reachable`. What is cut falls on the others by their
factor income, as everything in `sim.economy.money` does that names no other side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.money import Balance, portion

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reach:
    """How much of the usual foreign trade passes `(state,)`: the shares of imports let in and of exports let out, and what that is worth, USD bn."""

    share_in: Array
    share_out: Array
    let_in: Array
    let_out: Array

    @classmethod
    def of(cls, permeability: Array, flows: Array) -> Reach:
        """The reach of trade with this permeability; `flows` are the base's, both `(sector, exporter, importer)`."""
        return cls(*_passing(permeability, flows))

    def carried(self, plan: Array) -> Array:
        """Deficits `(state,)` as far as trade can carry those of the `plan`. Only what it cannot carry is cut: a plan up to half of what passes stands."""
        return np.asarray(_carried(plan, self.share_in, self.share_out, self.let_in, self.let_out))

    @property
    def both(self) -> Array:
        """The part of each state's trade that passes both ways `(state,)`."""
        return np.minimum(self.share_in, self.share_out)


@njit(cache=True)
def _passing(permeability, flows):  # type: ignore[no-untyped-def]
    """What `Reach` is made of."""
    sectors, states, _ = flows.shape
    bought, let_in, sold, let_out = np.zeros(states), np.zeros(states), np.zeros(states), np.zeros(states)
    share_in, share_out = np.zeros(states), np.zeros(states)
    for s in range(sectors):
        for i in range(states):
            for j in range(states):
                if i != j:
                    passing = flows[s, i, j] * min(permeability[s, i, j], 1.0)
                    bought[j] += flows[s, i, j]
                    let_in[j] += passing
                    sold[i] += flows[s, i, j]
                    let_out[i] += passing
    for i in range(states):
        share_in[i] = let_in[i] / bought[i] if bought[i] > 0.0 else 0.0
        share_out[i] = let_out[i] / sold[i] if sold[i] > 0.0 else 0.0
    return share_in, share_out, let_in, let_out


@njit(cache=True)
def _carried(plan, share_in, share_out, let_in, let_out):  # type: ignore[no-untyped-def]
    """See `Reach.carried`."""
    carried = np.zeros(len(plan))
    for i in range(len(plan)):
        if plan[i] >= 0.0:
            carried[i] = max(share_in[i] * plan[i], min(plan[i], 0.5 * let_in[i]))
        else:
            carried[i] = -max(-share_out[i] * plan[i], min(-plan[i], 0.5 * let_out[i]))
    return carried


def reachable(plan: Array, reach: Reach, income: Array) -> Array:
    """The deficits `(state,)` of a plan cut to what trade can carry; what is cut falls on the others, by `income` `(state,)` and what passes."""
    carried = reach.carried(plan)
    cut = carried - plan
    if not cut.any():
        return plan
    able = income * reach.both
    if able.sum() <= 0:
        return np.zeros_like(plan)
    if able[cut == 0.0].sum() > 0:  # none is handed a part of its own cut back while there are others
        able = np.where(cut == 0.0, able, 0.0)
    return np.asarray(carried - able * (cut.sum() / able.sum()))


def within_reach(balance: Balance, reach: Reach, income: Array) -> Balance:
    """Cut deficits to what trade can carry: none can import what may not come in, or sell what may not go out.

    A deficit is at most the same share of its plan as imports let in (a surplus: as exports let out). What is cut falls on the others by income;
    money meant for it is not drawn from reserves, and what a surplus that cannot be earned was meant for is not paid (`_put_off`).
    """
    plan = balance.deficit
    deficit = reachable(plan, reach, income)
    if deficit is plan:
        return balance
    short = (plan < 0.0) & (reach.carried(plan) > plan)
    missing = np.where(short, np.maximum(deficit - plan, 0.0), 0.0)
    unspent = np.minimum(np.maximum(plan - deficit, 0.0), balance.drawn) if deficit.any() else np.zeros_like(plan)
    return replace(_put_off(balance, missing), deficit=deficit, drawn=balance.drawn - unspent)


def _put_off(balance: Balance, missing: Array) -> Balance:
    """The balance when of its surplus each state lacks the part `missing` `(state,)`, USD bn; deficits are left as they are.

    Everything that goes out beyond what reserves pay shrinks by the same share: debt repaid, loans served and given, grants, connectors' margins, and what
    is put into reserves. Debts and loans that are not paid are still owed.
    """
    repaid = balance.by_surplus * balance.repaid.sum(axis=0)
    service = (balance.returned + balance.interest).sum(axis=0)
    given = balance.lent.sum(axis=1) + balance.grants.sum(axis=1)
    margins = np.maximum(-balance.transfers, 0.0)
    out = repaid + service + given + margins + balance.rebuilt + balance.saved
    left = 1.0 - portion(missing, out) * (out > 0)
    paid = margins.sum()
    handed = (margins * left).sum() / paid if paid > 0 else 1.0
    return replace(
        balance,
        rebuilt=balance.rebuilt * left,
        saved=balance.saved * left,
        transfers=np.maximum(balance.transfers, 0.0) * handed - margins * left,
        repaid=balance.repaid * (1.0 - balance.by_surplus * (1.0 - left)),
        lent=balance.lent * left[:, None],
        returned=balance.returned * left,
        interest=balance.interest * left,
        grants=balance.grants * left[:, None],
    )
