"""An independent second method for the world trade equilibrium, in levels, sharing no function with the program's solver.

Unknown are the factor prices alone. For given ones, prices of goods come from iterating the cost equation, spending and output from
one dense linear system, and a root finder (SciPy's hybrid Powell method, polished by Newton steps with a numerical Jacobian) clears the factor
markets, one of which is replaced in each block by the numeraire. Slow and plain on purpose: for small worlds only.

Only the raw tables are taken from the accounts: flows, tariffs, elasticities, value-added and input shares.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import root


@dataclass(frozen=True)
class Problem:
    """A world before the change (axes as everywhere: sector, exporter, importer) and what changes."""

    flows: np.ndarray
    tariffs: np.ndarray
    theta: np.ndarray
    value_added: np.ndarray
    inputs: np.ndarray
    weight: np.ndarray  # multiplies shares: permeability and preference
    cost: np.ndarray
    new_tariffs: np.ndarray
    productivity: np.ndarray
    quantity: np.ndarray
    mobile: bool
    deficits: str  # fixed, proportional or zero


@dataclass(frozen=True)
class Answer:
    """Relative to the base: `real_income`, `consumer_prices` `(state,)`; in money: `flows`, `factor_income` `(state,)`; the largest `gap`."""

    real_income: np.ndarray
    consumer_prices: np.ndarray
    flows: np.ndarray
    factor_income: np.ndarray
    gap: float


def problem(accounts, change, *, impact_share=1.0, mobility="mobile", deficits="fixed") -> Problem:
    """The tables of a problem for the program's solver, with everything left out filled in."""
    ones, cells = np.ones_like(accounts.flows), np.ones_like(accounts.value_added)

    def given(value, otherwise):
        return otherwise if value is None else np.array(value)

    return Problem(
        np.array(accounts.flows), np.array(accounts.tariffs), np.array(accounts.elasticity) * impact_share, np.array(accounts.value_added),
        np.array(accounts.inputs), given(change.permeability, ones) * given(change.preference, ones), given(change.cost, ones),
        given(change.tariffs, np.array(accounts.tariffs)), given(change.productivity, cells), given(change.factors, cells), mobility == "mobile", deficits,
    )


def second_answer(given: Problem) -> Answer:
    """Solve; with deficits "zero", after re-basing the world to balanced trade at its old tariffs."""
    if given.deficits == "zero":
        nothing = replace(
            given, weight=np.ones_like(given.flows), cost=np.ones_like(given.flows), new_tariffs=given.tariffs,
            productivity=np.ones_like(given.value_added), quantity=np.ones_like(given.value_added),
        )
        balanced = _clear(nothing, np.zeros(given.flows.shape[1]))
        return _clear(replace(given, flows=balanced.flows), np.zeros(given.flows.shape[1]))
    return _clear(given, given.flows.sum(axis=(0, 1)) - given.flows.sum(axis=(0, 2)))


def blocks(given: Problem) -> list[list[int]]:
    """Groups of states that can all reach each other along sales, by Warshall's closure."""
    reach = ((given.flows * given.weight) > 0).any(axis=0) | np.eye(given.flows.shape[1], dtype=bool)
    for middle in range(len(reach)):
        reach |= np.outer(reach[:, middle], reach[middle])
    both = reach & reach.T
    return [list(np.flatnonzero(row)) for row in np.unique(both, axis=0)[::-1]]


def possible(given: Problem) -> bool:
    """Whether an equilibrium can exist: everybody served, no one-way trade between blocks, no fixed deficit with nobody."""
    if given.deficits == "zero" and (given.weight != 1).any() and not possible(replace(given, weight=np.ones_like(given.weight))):
        return False  # the world cannot even be balanced before the change
    left = (given.flows * given.weight) > 0
    bought = given.flows.sum(axis=1) > 0
    if (bought & ~left.any(axis=1)).any():
        return False
    deficit = given.flows.sum(axis=(0, 1)) - given.flows.sum(axis=(0, 2))
    trade = left.any(axis=0)
    for block in blocks(given):
        others = [state for state in range(len(trade)) if state not in block]
        if trade[np.ix_(block, others)].any() or trade[np.ix_(others, block)].any():
            return False
        size = (given.value_added * given.flows.sum(axis=2))[:, block].sum()
        if given.deficits == "fixed" and abs(deficit[block].sum()) > 1e-9 * size:
            return False
    return True


def _clear(given: Problem, deficit: np.ndarray) -> Answer:
    sectors, states = given.value_added.shape
    paid = given.flows * (1 + given.tariffs)
    bought = paid.sum(axis=1)
    share = paid / np.where(bought > 0, bought, 1.0)[:, None, :]
    made = given.flows.sum(axis=2)
    final = bought - np.einsum("ksj,sj->kj", given.inputs, made)
    alpha = final / final.sum(axis=0)
    earned = given.value_added * made  # base factor income
    supply = earned * given.quantity
    groups = blocks(given)
    cells = [(s, i) for s in range(sectors) for i in range(states) if supply[s, i] > 0]
    ratio = deficit / earned.sum(axis=0)

    def prices(wage):
        """Unit costs and price indices for factor prices, by iterating the cost equation from prices of one."""
        index = np.ones((sectors, states))
        for _ in range(10_000):
            cost = (wage / given.productivity) ** given.value_added * np.prod(index[:, None, :] ** given.inputs, axis=0)
            wedge = given.cost * (1 + given.new_tariffs) / (1 + given.tariffs) * cost[:, :, None]
            part = share * given.weight * wedge ** -given.theta[:, None, None]
            total = part.sum(axis=1)
            new = np.where(bought > 0, np.where(total > 0, total, 1.0) ** (-1 / given.theta[:, None]), 1.0)
            if abs(new - index).max() <= 1e-15 * abs(new).max():
                break
            index = new
        return new, part / np.where(total > 0, total, 1.0)[:, None, :]

    def money(wage):
        """Deficits in money for factor prices."""
        income = (wage * supply).sum(axis=0)
        if given.deficits != "proportional":
            return income, deficit
        spread = np.zeros(states)
        for group in groups:
            spread[group] = (ratio[group] * income[group]).sum() / income[group].sum()
        return income, (ratio - spread) * income

    def spending(income, owed, new):
        """Spending by sector and state: what is spent, `(1 - M) E = alpha (factor income + deficit)`, as one dense system."""
        before = new / (1 + given.new_tariffs)  # part of spending that reaches the exporter
        revenue = (new - before).sum(axis=1)  # part that is tariff revenue
        size = sectors * states
        matrix = np.zeros((sectors, states, sectors, states))
        for j in range(states):
            matrix[:, j, :, j] += np.outer(alpha[:, j], revenue[:, j])
            for s in range(sectors):
                matrix[:, j, s, :] += np.outer(given.inputs[:, s, j], before[s, j, :])
        right = (alpha * (income + owed)).reshape(size)
        return (np.linalg.inv(np.eye(size) - matrix.reshape(size, size)) @ right).reshape(sectors, states), before

    def wages(logs):
        if given.mobile:
            return np.tile(np.exp(logs), (sectors, 1))
        wage = np.ones((sectors, states))
        for value, cell in zip(logs, cells, strict=True):
            wage[cell] = np.exp(value)
        return wage

    def excess(logs, part=1.0):
        """Relative excess demand in the factor markets with this part of the deficits."""
        wage = wages(logs)
        _, new = prices(wage)
        income, owed = money(wage)
        spent, before = spending(income, part * owed, new)
        demand, offered = given.value_added * np.einsum("sij,sj->si", before, spent), wage * supply
        kept = [income[group].sum() / earned[:, group].sum() - 1 for group in groups]
        if given.mobile:
            equations, place = demand.sum(axis=0) / offered.sum(axis=0) - 1, {i: i for i in range(states)}
        else:
            equations = np.array([demand[cell] / offered[cell] for cell in cells]) - 1
            place = {i: next(n for n, cell in enumerate(cells) if cell[1] == i) for i in range(states)}
        for group, numeraire in zip(groups, kept, strict=True):
            equations[place[group[0]]] = numeraire
        return equations

    start = np.zeros(states if given.mobile else len(cells))
    found = start
    for part in (0.0, 0.5, 1.0):  # large deficits lead the root finder astray when they come all at once
        found = root(excess, found, args=(part,), method="hybr", options={"xtol": 1e-12, "factor": 0.1}).x
    for _ in range(3):
        found = found - np.linalg.solve(_slopes(excess, found), excess(found))
    wage = wages(found)
    index, new = prices(wage)
    income, owed = money(wage)
    spent, before = spending(income, owed, new)
    consumer = np.prod(index**alpha, axis=0)
    total = income + owed + ((new - before).sum(axis=1) * spent).sum(axis=0)
    return Answer(total / final.sum(axis=0) / consumer, consumer, before * spent[:, None, :], income, float(abs(excess(found)).max()))


def _slopes(function, at, step=1e-6):
    columns = [(function(at + step * unit) - function(at - step * unit)) / (2 * step) for unit in np.eye(len(at))]
    return np.array(columns).T
