"""Households: five quintiles of every state, what they earn, what they buy and what they lose.

*Income.* A state's income is `sum_s W_s + rest`: factor income by sector, and tariff revenue with net foreign money. A share `a` of
each `W_s` is rent, the rest wages. Quintile q gets `m[s,q]` of sector s's wages, `r[q]` of all rents, `s[q]` of the rest (what the rest takes, everybody
pays in proportion to income). Income from assets abroad that is frozen is missed by owners, `r[q]` of it each, as far as they have as much. With

    s[q]    from the Gini, log-normal: Lorenz curve L(x) = Phi(Phi^-1(x) - sigma), sigma = sqrt(2) Phi^-1((1 + Gini) / 2)
    r[q]    the same with the higher Gini `G (1 + k (1 - G))` of wealth
    m[s,q]  what is left, tilted by the sector's skill, so that at the base every quintile has its `s[q]` of the state's income

so incomes add up exactly. When real income falls to `w` times the base, shares of wages shift by `w**(x z[q])`, z from 1 (poorest) to -1
(richest): the last hired are the first to lose hours and jobs (Guvenen et al. 2017).

*Spending.* Each quintile has its own basket: `b[s,q] ~ f[s] (c[q] / c)**-e[s]` with Engel elasticities e for food and energy, scaled so
that baskets sum to one and together make up the state's `f`. Its price index is `prod_s P[s]**b[s,q]`. It saves the state's share
of income, and pays the state's bills (`taxes`, `transfers`) in proportion to income. Real consumption is spending over its own price index;
the state's is the sum of its quintiles'. What incomes shifting between quintiles do to the make-up of the state's demand is left to investors.

*Poverty gap.* The mean shortfall of consumption below the line, over the line, in % of the line (FGT 1, Foster, Greer & Thorbecke 1984), over slices of
the log-normal within each quintile that move with the quintile. *Essentials.* Purchasing power over essentials of the lower four quintiles;
people give up other things first, so nothing is lost up to the threshold `coping` (Allen & Lektzian 2013), and what they get follows with a lag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

QUINTILES = 5
ELITE = QUINTILES - 1  # position of the richest quintile: the elite
ELITE_SHARE = 1 / QUINTILES  # of the people
SLICES = 6  # per quintile, for the poverty gap
_NORMAL = NormalDist()
_SKILL = {"food": -1.0, "basic": -0.3, "high_tech": 0.5, "finance": 1.0}
_LAST_HIRED = np.linspace(1.0, -1.0, QUINTILES)
_ROUNDS = 500


def spread(gini: float) -> float:
    """Log standard deviation of a log-normal distribution with this Gini coefficient (0 to 1)."""
    return float(np.sqrt(2.0) * _NORMAL.inv_cdf((1.0 + gini) / 2.0))


def lorenz_shares(gini: float, parts: int) -> Array:
    """Income shares `(part,)` of equal parts of the population, poorest first, log-normal with this Gini; sum to 1."""
    sigma = spread(gini)
    inner = [_NORMAL.cdf(_NORMAL.inv_cdf(number / parts) - sigma) for number in range(1, parts)]
    return np.diff(np.array([0.0, *inner, 1.0]))


def fitted(seed: Array, rows: Array, columns: Array) -> Array:
    """Scale the non-negative `seed` `(n, m)` to row sums `rows` and column sums `columns` of the same total (RAS)."""
    table = seed.copy()
    for _ in range(_ROUNDS):
        down = table.sum(axis=1)
        table *= np.divide(rows, down, out=np.zeros_like(rows), where=down > 0)[:, None]
        across = table.sum(axis=0)
        scale = np.divide(columns, across, out=np.zeros_like(columns), where=across > 0)
        table *= scale
        if abs(scale[columns > 0] - 1.0).max(initial=0.0) < 1e-14:
            break
    return table


@dataclass(frozen=True, eq=False)
class People:
    """The households of the base quarter.

    `shares` and `rents` `(state, quintile)` of income and of rents; `wages` `(sector, state, quintile)` of each sector's wages; `baskets`
    `(sector, state, quintile)` of spending; `income` and `consumption` `(state, quintile)` USD bn; `slices` `(state, quintile, slice)`
    consumption per head over the state's mean; `line` `(state,)` the poverty line in the same unit; `essential` `(sector, state, quintile)`
    weights of essentials in spending on essentials.
    """

    shares: Array
    rents: Array
    wages: Array
    baskets: Array
    income: Array
    consumption: Array
    slices: Array
    line: Array
    essential: Array

    @classmethod
    def of(
        cls, gini: Sequence[float], kinds: Sequence[str], essential: Sequence[bool], factor_income: Array, income: Array, final_shares: Array,
        food_poorest: Sequence[float | None], energy_poorest: Sequence[float | None], p: Mapping[str, float],
    ) -> People:
        """Make the households of every state.

        `gini` `(state,)` in points; `kinds` and `essential` `(sector,)`; `factor_income` and `final_shares` `(sector, state)`; `income` `(state,)`;
        `food_poorest`, `energy_poorest`: share in the poorest fifth's spending, None for the model's rule.
        """
        states, sectors = len(gini), len(kinds)
        shares, rents = np.empty((states, QUINTILES)), np.empty((states, QUINTILES))
        slices = np.empty((states, QUINTILES, SLICES))
        line = np.empty(states)
        wages, baskets = np.empty((sectors, states, QUINTILES)), np.empty((sectors, states, QUINTILES))
        tilt = np.array([_SKILL.get(kind, 0.0) for kind in kinds])
        for j, points in enumerate(gini):
            unequal = points / 100.0
            shares[j] = lorenz_shares(unequal, QUINTILES)
            rents[j] = lorenz_shares(unequal * (1.0 + p["rent_concentration"] * (1.0 - unequal)), QUINTILES)
            slices[j] = lorenz_shares(unequal, QUINTILES * SLICES).reshape(QUINTILES, SLICES) * (QUINTILES * SLICES)
            line[j] = p["poverty_line"] * np.exp(-0.5 * spread(unequal) ** 2)
            wages[:, j] = _wages(shares[j], rents[j], tilt, factor_income[:, j], p)
            baskets[:, j] = _baskets(shares[j], kinds, final_shares[:, j], food_poorest[j], energy_poorest[j], p)
        needed = baskets * np.array(essential, dtype=np.float64)[:, None, None]
        total = needed.sum(axis=0)
        weights = np.where(total > 0, np.divide(needed, total, out=np.zeros_like(needed), where=total > 0), baskets)
        own = income[:, None] * shares
        return cls(shares, rents, wages, baskets, own, (1.0 - p["investment_share"]) * own, slices, line, weights)


def _wages(shares: Array, rents: Array, tilt: Array, factor_income: Array, p: Mapping[str, float]) -> Array:
    """Shares of each sector's wages `(sector, quintile)` so that all quintiles have their share of the state's income."""
    rent = p["capital_share"]
    of_wages = np.maximum((shares - rent * rents) / (1.0 - rent), 1e-6)
    of_wages /= of_wages.sum()
    size = factor_income / factor_income.sum() if factor_income.sum() > 0 else np.full(len(tilt), 1.0 / len(tilt))
    rank = np.arange(QUINTILES) - 2.0
    table = fitted(size[:, None] * of_wages * np.exp(p["skill_tilt"] * tilt[:, None] * rank), size, of_wages)
    return np.where(size[:, None] > 0, np.divide(table, size[:, None], out=np.zeros_like(table), where=size[:, None] > 0), of_wages)


def _baskets(
    shares: Array, kinds: Sequence[str], final: Array, food: float | None, energy: float | None, p: Mapping[str, float]
) -> Array:
    """Baskets `(sector, quintile)`: columns sum to 1, together they make up `final`."""
    engel = {"food": p["engel_food"], "energy": p["engel_energy"]}

    def table() -> Array:
        steep = np.array([engel.get(kind, 0.0) for kind in kinds])
        seed = final[:, None] * shares * (QUINTILES * shares) ** -steep[:, None]
        return fitted(seed, final, shares) / shares

    for kind, wanted in (("food", food), ("energy", energy)):
        rows = [row for row, own in enumerate(kinds) if own == kind]
        if wanted is None or not rows or not 0 < final[rows].sum() < 1:
            continue
        low, high = -1.5, 4.0
        for _ in range(40):
            engel[kind] = 0.5 * (low + high)
            low, high = (engel[kind], high) if table()[rows, 0].sum() < wanted else (low, engel[kind])
    return table()


@dataclass(frozen=True, eq=False)
class Living:
    """How people fared in one quarter.

    `(state, quintile)`: `income` USD bn before levies; `disposable` after levies and transfers and `consumption`, both in base prices of the
    quintile's own basket; `prices` 1 = base. `(state,)`: `poverty_gap` in percentage points; `essentials` 1 = base; `public` and `elite`: loss of
    disposable income of the lower four quintiles and of the richest one against the base quarter, % (negative: a gain).
    """

    income: Array
    disposable: Array
    consumption: Array
    prices: Array
    poverty_gap: Array
    essentials: Array
    public: Array
    elite: Array


def incomes(
    people: People, factor_income: Array, rest: Array, real_income: Array, p: Mapping[str, float], frozen: Array | None = None
) -> Array:
    """Income of every quintile `(state, quintile)`, USD bn; sums to factor income and `rest` of the state.

    `factor_income` `(sector, state)`; `rest` `(state,)`, revenue and net foreign money; `real_income` `(state,)` relative to the base;
    `frozen` `(state,)` the part of what the rest lacks that is income from assets abroad (None: nothing).
    """
    rent = p["capital_share"]
    shift = np.maximum(real_income, 1e-6)[:, None] ** (p["exposure_poor"] * _LAST_HIRED)
    paid = people.wages * shift
    paid = paid / paid.sum(axis=2, keepdims=True)
    wages = (1.0 - rent) * (factor_income[:, :, None] * paid).sum(axis=0)
    earned = wages + rent * factor_income.sum(axis=0)[:, None] * people.rents
    if frozen is not None:
        missed = np.minimum(frozen[:, None] * people.rents, earned)
        earned, rest = earned - missed, rest + missed.sum(axis=1)
    total = earned.sum(axis=1)
    levied = np.divide(np.minimum(rest, 0.0), total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(earned * (1.0 + levied[:, None]) + np.maximum(rest, 0.0)[:, None] * people.shares)


def live(
    people: People, own: Array, prices: Array, taxes: Array, transfers: Array, stores: Array, before: Array | None, p: Mapping[str, float],
    outlays: Array | None = None,
) -> Living:
    """Return how households fare.

    `own` `(state, quintile)` incomes, USD bn; `prices` and `stores` (what a government adds from stores, minus what it puts in, over base spending)
    `(sector, state)`; `taxes` (bills of the state, USD bn) `(state,)`; `transfers` `(state, quintile)` USD bn, paid for by everybody in
    proportion to income; `before` `(state,)` essentials a quarter ago; `outlays` `(state, quintile)`
    what households spend on neither consumption nor saving.
    """
    levy = (taxes + transfers.sum(axis=1)) / own.sum(axis=1)
    own_prices = basket_prices(people, prices)
    disposable = own * (1.0 - levy[:, None]) + transfers - (0.0 if outlays is None else outlays)
    bought = (disposable - p["investment_share"] * own) / own_prices
    given = np.einsum("sj,sjq->jq", np.maximum(stores, 0.0), people.baskets) * people.consumption
    taken = np.einsum("sj,sjq,jq->j", np.minimum(stores, 0.0), people.baskets, people.consumption)
    kept_back = (taken / bought.sum(axis=1))[:, None] * bought  # what goes into store everybody misses alike
    consumption = bought + kept_back + given
    disposable = disposable / own_prices + kept_back + given
    hat = np.divide(consumption, people.consumption, out=np.ones_like(own), where=people.consumption > 0)
    poor = np.maximum(1.0 - people.slices * hat[:, :, None] / people.line[:, None, None], 0.0)
    paid_for = np.divide(bought + kept_back, people.consumption, out=np.ones_like(own), where=people.consumption > 0)
    kept = essentials(people, paid_for * own_prices, prices, stores, p)  # what stores give it adds itself
    if before is not None:
        kept = before + p["essentials_speed"] * (kept - before)
    lost = 100.0 * (1.0 - _ratio(disposable[:, :ELITE].sum(axis=1), people.income[:, :ELITE].sum(axis=1)))
    lost_elite = 100.0 * (1.0 - _ratio(disposable[:, ELITE], people.income[:, ELITE]))
    return Living(own, disposable, consumption, own_prices, 100.0 * poor.mean(axis=(1, 2)), kept, lost, lost_elite)


def basket_prices(people: People, prices: Array) -> Array:
    """Price index of each quintile's basket `(state, quintile)` for `prices` `(sector, state)`, 1 = base."""
    return np.asarray(np.exp(np.einsum("sjq,sj->jq", people.baskets, np.log(prices))))


def essentials(people: People, spending: Array, prices: Array, stores: Array, p: Mapping[str, float]) -> Array:
    """Essentials `(state,)` that the lower four quintiles can afford, 1 = base; `spending` `(state, quintile)` relative to the base."""
    power = spending * np.exp(-np.einsum("sjq,sj->jq", people.essential, np.log(prices)))
    power = power + np.einsum("sj,sjq->jq", np.maximum(stores, 0.0), people.essential)
    return np.asarray(np.minimum(power / (1.0 - p["coping"]), 1.0)[:, :ELITE].mean(axis=1))


def _ratio(now: Array, base: Array) -> Array:
    return np.asarray(np.divide(now, base, out=np.ones_like(now), where=base > 0))
