"""Real income after a change, and nothing else: what a government asks of the economy before it acts.

The point is the one that `sim.economy.equilibrium` finds. It is judged by the gaps of its last sweep; flows and accounts are worked out only where
those gaps are not small enough.

Connectors' mark-ups reach them a quarter after the buyer has paid. What is asked here is what measures cost while they last, so each quarter pays its
own: deficits reckon with `margins` guessed before solving, and what the guess missed is added to incomes at the prices found. `first` finds the present, for
which the guess is made anew until little is missed; `expect` guesses from there, by how much more connectors would earn at the present's prices.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Mobility, Weights, swept
from sim.economy.forwarding import earned
from sim.economy.passage import Passage

Array = NDArray[np.float64]
GIVEN = 2  # the equilibrium's mode of deficits "given"
MISSED = 1e-3  # share of any state's income that a guess of the present's margins may miss
GUESSES = 4
LEAST = 1e-3  # real income that nobody is expected to fall below: a loss beyond it is a loss of nearly everything


@dataclass(frozen=True, eq=False)
class Ways:
    """A change of the economy, the `passage` that goods find through it, and the `deficits` `(state,)` for margins `(state,)` that connectors earn."""

    change: Change
    passage: Passage
    deficits: Callable[[Array], Array]


@dataclass(frozen=True, eq=False)
class Expected:
    """Real income `(state,)` relative to the base, None without an equilibrium, and where it was found.

    `point` is the solver's, None for its own start; `income` `(state,)` in money, as deficits reckoned with `margins` `(state,)` to be handed over;
    `earned` `(state,)` what connectors earn at the point.
    """

    real_income: Array | None
    point: Array | None
    income: Array
    margins: Array
    earned: Array


def first(
    accounts: Accounts, ways: Ways, *, impact_share: float = 1.0, mobility: Mobility = "mobile", tolerance: float = 1e-10, start: Array | None = None
) -> Expected:
    """Real income with the deficits "given", arguments as in `equilibrium.solve`, every mark-up paid. Never raises for a world without equilibrium."""
    weights = Weights.of(accounts, ways.change, impact_share)
    guess, point = earned(accounts, ways.change, weights, ways.passage, start, accounts.income), start
    for _ in range(GUESSES):
        found = _found(accounts, ways, weights, guess, mobility, tolerance, point)
        if found.real_income is None or (abs(found.earned - guess) <= MISSED * accounts.income).all():
            break
        guess, point = found.earned, found.point
    # What `expect` takes differences from: found the way it finds it for other ways, so that nothing changed is exactly nothing.
    return replace(found, earned=earned(accounts, ways.change, weights, ways.passage, found.point, found.income))


def expect(
    accounts: Accounts, ways: Ways, present: Expected, *, impact_share: float = 1.0, mobility: Mobility = "mobile", tolerance: float = 1e-10
) -> Expected:
    """The same for other ways than the `present` has, sought from there on; for the present's own ways exactly what it says."""
    weights = Weights.of(accounts, ways.change, impact_share)
    there = earned(accounts, ways.change, weights, ways.passage, present.point, present.income)
    return _found(accounts, ways, weights, present.margins + (there - present.earned), mobility, tolerance, present.point)


def _found(accounts: Accounts, ways: Ways, weights: Weights, margins: Array, mobility: Mobility, tolerance: float, start: Array | None) -> Expected:
    deficit = ways.deficits(margins)
    none = Expected(None, None, accounts.income, margins, margins)
    world = swept(accounts, ways.change, weights, deficit, GIVEN, mobility, tolerance, start)
    if isinstance(world, str):
        return none
    if world.gap > world.log_tolerance():
        solution = world.finish(deficit, GIVEN, time.perf_counter())
        if solution.status != "converged":
            return none
        income, prices, point = solution.income, np.log(solution.price_index), solution.start
    else:
        income, prices, point = world.income, world.prices, world.point
    if ((income <= 0) & (accounts.income > 0)).any():
        return none
    after = earned(accounts, ways.change, weights, ways.passage, point, income, prices)
    paid = income if not len(ways.passage.routes.sector) else income + ways.deficits(after) - deficit
    hat = np.divide(paid, accounts.income, out=np.ones_like(income), where=accounts.income > 0)
    return Expected(np.maximum(hat / np.exp((accounts.final_shares * prices).sum(axis=0)), LEAST), point, income, margins, after)
