"""The world trade equilibrium in changes from a base (exact hat algebra).

Multi-country, multi-sector Armington with input-output links (Caliendo & Parro 2015; Dekle, Eaton & Kortum 2008):

    c = (w / A)**v * prod_k P_k**io                       unit cost
    pi' ~ pi * weight * (cost * (1+t')/(1+t) * c)**-theta        shares, P from the same sum
    income = factor income + tariff revenue + deficit     spent in fixed (Cobb-Douglas) proportions

`weight` collects permeability (0 is an exact ban) and relationship stocks. In the short run theta is `impact_share` times the
long-run elasticity. Factors are mobile across sectors (one price a state) or specific (one price a sector and state). The
numeraire is factor income: each block of states that still trade with each other keeps its baseline factor income. Real income
is income over consumer prices, both relative to the base. With one sector, no inputs and mobile factors this is the one-sector
structural-gravity model.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.economy import evaluate, kernel
from sim.economy.accounts import Accounts
from sim.economy.blocks import blocks_of, why_none

Array = NDArray[np.float64]
Mobility = Literal["mobile", "specific"]
Deficits = Literal["fixed", "proportional", "zero", "given"]
MOST_SWEEPS = 3000


@dataclass(frozen=True, eq=False)
class Change:
    """What differs from the base; None means unchanged. Axes as in `Accounts`.

    `permeability` and `preference` multiply shares; `cost` is a trade-cost factor; `tariffs` are the new rates; `productivity` and
    `factors` (quantity of the sector's factor) are relative to the base; `deficits` `(state,)` are in money and used when
    deficits are "given": their sum over a block is taken back in proportion to baseline factor income.
    """

    permeability: Array | None = None
    preference: Array | None = None
    cost: Array | None = None
    tariffs: Array | None = None
    productivity: Array | None = None
    factors: Array | None = None
    deficits: Array | None = None


@dataclass(frozen=True, eq=False)
class Solution:
    """An equilibrium, or why there is none. Prices and real income are relative to the base; money is in the accounts' unit.

    `residual` is the largest gap between factor income earned and paid in any factor market over world factor income;
    `adding_up` are the largest gaps of flows against outputs and of spending against income and use, over world factor
    income; `block` `(state,)` numbers the blocks; `base` are the accounts the changes refer to (re-based when deficits are "zero").
    """

    status: Literal["converged", "not converged", "no equilibrium"]
    message: str
    residual: float
    iterations: int
    adding_up: tuple[float, float]
    seconds: float
    base: Accounts
    block: NDArray[np.int64]
    factor_prices: Array  # (sector, state)
    unit_costs: Array  # (sector, state)
    price_index: Array  # (sector, importer)
    consumer_prices: Array  # (state,)
    shares: Array  # (sector, exporter, importer)
    flows: Array  # (sector, exporter, importer), before tariff
    spending: Array  # (sector, importer)
    output: Array  # (sector, state)
    factor_income: Array  # (sector, state)
    income: Array  # (state,)
    tariff_revenue: Array  # (state,)
    deficit: Array  # (state,)
    real_income: Array  # (state,)
    start: Array


def solve(
    accounts: Accounts,
    change: Change,
    *,
    impact_share: float = 1.0,
    mobility: Mobility = "mobile",
    deficits: Deficits = "fixed",
    tolerance: float = 1e-10,
    start: Array | None = None,
) -> Solution:
    """Solve for the equilibrium after `change`.

    `impact_share` multiplies the trade elasticities (1 = long run). `deficits`: "fixed" keeps them in money, "proportional" to
    factor income (spread so that they sum to zero in each block), "zero" re-bases to balanced trade first, "given" takes
    `change.deficits`. `tolerance` bounds the residual. `start` is the `start` of an earlier solution of the same world. Never raises
    for a world without equilibrium: read `status` and `message`.
    """
    began = time.perf_counter()
    if deficits == "zero":
        balanced = _solve(accounts, Change(), np.zeros(len(accounts.states)), 0, impact_share, mobility, tolerance, None, began)
        if balanced.status != "converged":
            return balanced
        accounts = Accounts.build(
            accounts.states, accounts.sectors, balanced.flows, accounts.elasticity, accounts.value_added, accounts.inputs, accounts.tariffs
        )
        return _solve(accounts, change, np.zeros(len(accounts.states)), 0, impact_share, mobility, tolerance, start, began)
    if deficits == "proportional":
        total = accounts.factor_total
        ratio = np.divide(accounts.deficit, total, out=np.zeros_like(total), where=total > 0)
        return _solve(accounts, change, ratio, 1, impact_share, mobility, tolerance, start, began)
    if deficits == "given":
        given = np.zeros(len(accounts.states)) if change.deficits is None else change.deficits
        return _solve(accounts, change, given, 2, impact_share, mobility, tolerance, start, began)
    return _solve(accounts, change, accounts.deficit, 0, impact_share, mobility, tolerance, start, began)


def _solve(
    accounts: Accounts, change: Change, deficit: Array, mode: int, impact_share: float, mobility: Mobility,
    tolerance: float, start: Array | None, began: float,
) -> Solution:
    world = swept(accounts, change, Weights.of(accounts, change, impact_share), deficit, mode, mobility, tolerance, start)
    return _without(accounts, "no equilibrium", world, began) if isinstance(world, str) else world.finish(deficit, mode, began)


@dataclass(frozen=True, eq=False)
class Weights:
    """What trade a change leaves open, before any price has moved.

    `full` `(sector, exporter, importer)` are base shares times weight and cost, the `K` of `sim.economy.kernel`, and `net` the same over one plus the new
    tariff (`taxed`: whether there is any); `sells` `(exporter, importer)` who may sell anything to whom; `sold` `(sector, exporter)` and `supplied`
    `(sector, importer)` what is sold and supplied at all. `theta` `(sector,)` and `tariffs` `(sector, exporter, importer)` are those that count.
    """

    theta: Array
    tariffs: Array
    full: Array
    net: Array
    taxed: bool
    sells: NDArray[np.bool_]
    sold: NDArray[np.bool_]
    supplied: NDArray[np.bool_]

    @classmethod
    def of(cls, accounts: Accounts, change: Change, impact_share: float) -> Weights:
        """The weights under a change."""
        given = (change.permeability, change.preference, change.cost)
        permeability, preference, cost = (np.ones(accounts.flows.shape) if values is None else np.ascontiguousarray(values) for values in given)
        theta = accounts.elasticity * impact_share
        tariffs = accounts.tariffs if change.tariffs is None else np.ascontiguousarray(change.tariffs)
        full, net, taxed, sells, sold, supplied = kernel.weights(accounts.shares, permeability, preference, cost, tariffs, accounts.tariffs, theta)
        return cls(theta, tariffs, full, net if taxed else full, taxed, sells, sold, supplied)  # the same numbers are read from memory once


def swept(
    accounts: Accounts, change: Change, weights: Weights, deficit: Array, mode: int, mobility: Mobility, tolerance: float, start: Array | None
) -> _World | str:
    """The world with every block swept to its point, or a sentence that says why it has no equilibrium; `weights` are those of the `change`."""
    blocks = blocks_of(weights.sells)
    problem = why_none(accounts, weights.sells, weights.supplied, blocks, deficit if mode == 0 else None)
    if problem:
        return problem
    world = _World(accounts, change, weights, mobility, tolerance, blocks, start)
    for block in blocks:
        world.solve_block(block, deficit, mode, whole=len(blocks) == 1)
    return world


class _World:
    """One change of one world, prepared for solving block by block."""

    def __init__(
        self, accounts: Accounts, change: Change, weights: Weights, mobility: Mobility, tolerance: float, blocks: list[NDArray[np.int64]], start: Array | None
    ) -> None:
        self.accounts, self.theta, self.tariffs = accounts, weights.theta, weights.tariffs
        self.full, self.net, self.taxed = weights.full, weights.net, weights.taxed
        self.mobile, self.tolerance = mobility == "mobile", tolerance
        shape = accounts.output.shape
        self.log_a = np.zeros(shape) if change.productivity is None else np.log(change.productivity)
        self.quantity = np.ones(shape) if change.factors is None else np.ascontiguousarray(change.factors)
        self.paid = accounts.factor_income * self.quantity
        self.live = weights.sold & (accounts.output > 0)
        self.bought = accounts.spending > 0
        self.blocks, self.sweeps, self.gap = blocks, 0, 0.0
        self.point = np.zeros((3, *shape)) if start is None or start.shape != (3, *shape) else start.copy()
        self.income, self.prices = np.empty(shape[1]), np.empty(shape)  # as a sweep from the point says: income, and logs of price indices

    def solve_block(self, block: NDArray[np.int64], deficit: Array, mode: int, whole: bool) -> None:
        """Solve one block and write its logs into `point` `(3: factor price, price index, output; sector; state)`."""
        accounts, point = self.accounts, self.point

        def cut(values: NDArray[Any]) -> NDArray[Any]:
            return values if whole else np.ascontiguousarray(values[..., block])

        def cut_pair(values: Array) -> Array:
            return values if whole else np.ascontiguousarray(values[:, block][:, :, block])

        v, output, paid, live = cut(accounts.value_added), cut(accounts.output), cut(self.paid), cut(self.live)
        given = deficit if whole else deficit[block]
        base = cut(accounts.factor_income)
        numeraire = float(base.sum())
        if mode == 2 and numeraire > 0:
            given = given - given.sum() * base.sum(axis=0) / numeraire
        damping = kernel.damping(self.theta, v, cut(accounts.own_shares), base, self.mobile)
        if self.mobile:
            head = point[0, 0] if whole else point[0, 0][block]
        else:
            head = cut(point[0]).ravel()
        x = np.concatenate([head, cut(point[1]).ravel(), cut(point[2]).ravel()])
        best, gap, sweeps, income, out = kernel.iterate(
            x, cut_pair(self.full), cut_pair(self.net), self.taxed, self.theta, v, cut(accounts.inputs), cut(self.log_a), output,
            paid, cut(accounts.final_shares), min(mode, 1) if mode != 2 else 0, given, damping, live, cut(self.bought),
            self.mobile, numeraire, self.log_tolerance(), MOST_SWEEPS,
        )
        cells, shape = output.size, output.shape
        first = shape[1] if self.mobile else cells
        place = slice(None) if whole else block
        point[0][:, place] = best[:first] if self.mobile else best[:first].reshape(shape)
        point[1][:, place] = best[first : first + cells].reshape(shape)
        point[2][:, place] = best[first + cells :].reshape(shape)
        self.income[place], self.prices[:, place] = income, out[first : first + cells].reshape(shape)
        self.sweeps, self.gap = self.sweeps + int(sweeps), float(np.maximum(self.gap, gap))

    def log_tolerance(self) -> float:
        """The gap, in logs, at which sweeping stops."""
        return max(self.tolerance * 0.1, 2e-14)

    def finish(self, deficit: Array, mode: int, began: float) -> Solution:
        """Evaluate everything afresh at the point and judge it."""
        accounts, point, blocks, sweeps = self.accounts, self.point, self.blocks, self.sweeps
        factor_prices, unit_costs, shares, price_index, factor_paid = evaluate.prices(
            point, self.full, self.theta, accounts.value_added, accounts.inputs, self.log_a, self.paid, self.live, self.bought, self.mobile
        )
        wages = factor_paid.sum(axis=0)
        given = self._deficits(deficit, mode, blocks, wages)
        income, revenue, spending, flows, output, output_start = evaluate.incomes(
            point, shares, self.tariffs, self.taxed, accounts.inputs, accounts.output, accounts.final_shares, self.live, wages, given
        )
        consumer = np.exp((accounts.final_shares * np.log(price_index)).sum(axis=0))
        earned = accounts.value_added * output
        market = (earned - factor_paid).sum(axis=0) if self.mobile else earned - factor_paid
        owned = wages + revenue + given
        residual, adding, balance = evaluate.gaps(market.ravel(), output, output_start, spending, accounts.inputs, owned, accounts.factor_income)
        hat = np.divide(income, accounts.income, out=np.ones_like(income), where=accounts.income > 0)
        block_of = np.empty(len(wages), dtype=np.int64)
        for number, block in enumerate(blocks):
            block_of[block] = number
        poor = (income <= 0) & (accounts.income > 0)
        if poor.any():
            name = accounts.states[int(np.argmax(poor))]
            message = f"There is no equilibrium: {name} would have to pay out more than it earns, and has nothing left to spend."
            return _without(accounts, "no equilibrium", message, began)
        fine = residual <= self.tolerance and max(adding, balance) <= max(100 * self.tolerance, 1e-11)
        return Solution(
            status="converged" if fine else "not converged",
            message="" if fine else self._complaint(market, residual, sweeps),
            residual=residual,
            iterations=sweeps,
            adding_up=(adding, balance),
            seconds=time.perf_counter() - began,
            base=accounts,
            block=block_of,
            factor_prices=factor_prices,
            unit_costs=unit_costs,
            price_index=price_index,
            consumer_prices=consumer,
            shares=shares,
            flows=flows,
            spending=spending,
            output=output,
            factor_income=earned if self.mobile else factor_paid,
            income=income,
            tariff_revenue=revenue,
            deficit=given,
            real_income=hat / consumer,
            start=point,
        )

    def _deficits(self, deficit: Array, mode: int, blocks: list[NDArray[np.int64]], wages: Array) -> Array:
        given = deficit.copy()
        for block in blocks:
            if mode == 1:
                total = wages[block].sum()
                given[block] = wages[block] * (deficit[block] - (deficit[block] @ wages[block] / total if total > 0 else 0.0))
            elif mode == 2:
                base = self.accounts.factor_total[block]
                if base.sum() > 0:
                    given[block] = deficit[block] - deficit[block].sum() * base / base.sum()
        return given

    def _complaint(self, market: Array, residual: float, sweeps: int) -> str:
        accounts = self.accounts
        place = np.unravel_index(int(np.argmax(abs(market))), market.shape)
        where = accounts.states[place[-1]] + ("" if self.mobile else f", {accounts.sectors[place[0]]}")
        return f"Not converged after {sweeps} sweeps: the largest gap is {residual:.2e} of world factor income, in the factor market of {where}."


def _without(accounts: Accounts, status: Literal["no equilibrium", "not converged"], message: str, began: float) -> Solution:
    """A solution that says there is none; all its numbers are NaN."""
    pair, cell, one = (np.full(shape, np.nan) for shape in (accounts.flows.shape, accounts.output.shape, accounts.income.shape))
    return Solution(
        status, message, float("nan"), 0, (float("nan"), float("nan")), time.perf_counter() - began, accounts,
        np.zeros(len(accounts.states), dtype=np.int64), cell, cell, cell, one, pair, pair, cell, cell, cell, one, one, one, one, cell,
    )
