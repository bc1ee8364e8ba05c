"""Home budget: what a state does for its own people and stores, and who among them pays for it.

*Shielding.* A sector's lost factor income is what it earned at the base, at today's consumer prices, less what it earns now. A shield makes a share of
it good to the sector's workers and owners; cover for wages to its workers alone; relief makes a share of a group's lost income good to that group. All of it is
paid by all households of the state in proportion to income, so within a state these add up to nothing: somebody else pays. No more than `MOST` of the
state's income is moved.

*Stores.* While there is enough of a good, a government that builds stores takes a share of its usual consumption out of what households get; when less can be
bought than at the base, it gives out what is missing as long as the store lasts. Stores wear out slowly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.home_terms import HomeTerms
from sim.economy.households import People, basket_prices, incomes

if TYPE_CHECKING:
    from sim.economy.equilibrium import Solution
    from sim.economy.money import Balance

Array = NDArray[np.float64]

MOST = 0.3  # of the state's income
SHORT = 0.02  # share of the usual quantity that must be missing before stores are opened


def handed_out(
    terms: HomeTerms, people: People, base: Array, solution: Solution, balance: Balance | None, p: Mapping[str, float]
) -> tuple[Array, Array]:
    """Incomes of the quintiles in the quarter of this solution, and what each receives under these terms; both `(state, quintile)`, USD bn.

    `base` `(sector, state)` is the factor income of the base quarter; `balance` the foreign balance of the quarter, if there was one.
    """
    rest = solution.income - solution.factor_income.sum(axis=0)
    own = incomes(people, solution.factor_income, rest, solution.real_income, p, None if balance is None else balance.frozen)
    own_prices = basket_prices(people, solution.price_index)
    return own, transfers(terms, people, own, own_prices, solution.factor_income, base, solution.consumer_prices, p["capital_share"])


def transfers(
    terms: HomeTerms, people: People, own: Array, own_prices: Array, factor_income: Array, base: Array, consumer_prices: Array, rent: float
) -> Array:
    """What each group receives `(state, quintile)`, USD bn.

    `own` and `own_prices` `(state, quintile)` are incomes and price indices; `factor_income` and `base` `(sector, state)`; `rent` the share of rents.
    """
    if not (terms.shield.any() or terms.wages.any() or terms.relief.any()):
        return np.zeros_like(own)
    lost = np.maximum(base * consumer_prices - factor_income, 0.0)
    owners = rent * (lost * terms.shield).sum(axis=0)
    covered = 1.0 - (1.0 - terms.shield) * (1.0 - terms.wages)
    workers = ((1.0 - rent) * lost * covered)[:, :, None] * people.wages
    group = np.maximum(people.income * own_prices - own, 0.0) * terms.relief
    given = owners[:, None] * people.rents + workers.sum(axis=0) + group
    total, most = given.sum(axis=1), MOST * own.sum(axis=1)
    scale = np.divide(most, total, out=np.ones_like(total), where=total > most)
    return np.asarray(given * scale[:, None])


def stored(stores: Array, rate: Array, most: float, usual: Array, available: Array, means: Array, decay: float) -> tuple[Array, Array]:
    """Stores after the quarter and what they gave `(sector, state)`, both USD bn at base prices; negative: put in.

    `rate` is the share of `usual` consumption put in store, `most` the size of a full store in quarters of it; `available` is the quantity on the
    market relative to the base, `means` `(state,)` real income relative to the base: who is poorer puts less in store.
    """
    short = np.maximum(1.0 - available, 0.0)
    out = np.where(short > SHORT, np.minimum(stores, short * usual), 0.0)
    room = np.maximum(most * usual - stores, 0.0)
    put = np.where(short > SHORT, 0.0, np.minimum(rate * usual * np.minimum(np.minimum(available, means), 1.0), room))
    kept = (stores - out) * (1.0 - decay) + put
    return kept, out - put


@dataclass(frozen=True, eq=False)
class HomeQuarter:
    """What firms spent on localisation and what stores gave (negative: took) in one quarter, both `(sector, state)` USD bn."""

    localisation: Array
    given: Array

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> HomeQuarter:
        """Nothing spent, nothing given."""
        return cls(np.zeros(shape), np.zeros(shape))
