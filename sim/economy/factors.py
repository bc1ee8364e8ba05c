"""Workers and capital between the quarters.

Each sector's factor is a Cobb-Douglas bundle of workers and capital, `L**(1-a) * K**a`, paid one price in the equilibrium.
Workers move slowly to sectors that pay more than the state's average; the state's total is fixed. Capital wears out and
is rebuilt by investment, part of which is machinery bought abroad: when machinery becomes dear or short, the same saving
buys less capital. Investors also look at what capital yields against what it costs to build, as in Tobin's q:

    investment / base = real income spent on it / base * (yield / price of investment goods)**response

so a shock that makes capital pay less cuts investment by more than income, and what was not built is not recovered while measures last
(Gutmann, Neuenkirch & Neumeier 2023).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def bundle(workers: Array, capital: Array, capital_share: float) -> Array:
    """Factor quantity `(sector, state)` relative to the base quarter, from workers and capital relative to theirs."""
    return np.asarray(workers ** (1.0 - capital_share) * capital**capital_share)


def moved_workers(workers: Array, base: Array, reward: Array, mobility: float) -> Array:
    """Workers `(sector, state)` relative to the base after one quarter of moving towards higher reward.

    `base` is the base-quarter factor income (the weight of a sector's workers); `reward` is income per worker relative
    to the base. A sector that pays `g` log points above its state's average grows by `mobility * g`; each state's total
    of workers stays as it was.
    """
    weights = base * workers
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        average = np.where(total > 0, (weights * reward).sum(axis=0) / total, 1.0)
        gap = np.where((reward > 0) & (average > 0), np.log(reward / average), -1.0)
    pulled = workers * np.exp(mobility * np.clip(gap, -1.0, 1.0))
    pulled_total = (base * pulled).sum(axis=0)
    scale = np.where(pulled_total > 0, total / np.where(pulled_total > 0, pulled_total, 1.0), 1.0)
    return np.asarray(pulled * scale)


def grown_capital(capital: Array, real_investment: Array, tilt: Array, depreciation: float) -> Array:
    """Capital `(sector, state)` relative to the base after one quarter.

    `real_investment` `(state,)` is investment relative to the base in quantities: at 1 it exactly replaces what wears
    out of the base stock. `tilt` `(sector, state)` divides it: sectors that pay more get more, weights averaging 1.
    """
    return np.asarray(capital * (1.0 - depreciation) + depreciation * real_investment * tilt)


def capital_yield(base: Array, reward: Array) -> Array:
    """What a unit of capital earns in each state `(state,)`, relative to the base; sectors weighted by base income."""
    total = base.sum(axis=0)
    return np.asarray(np.where(total > 0, (base * reward).sum(axis=0) / np.where(total > 0, total, 1.0), 1.0))


def investment_tilt(base: Array, reward: Array) -> Array:
    """How investment is divided among sectors `(sector, state)`: in proportion to reward, base-income weighted mean 1."""
    mean = capital_yield(base, reward)
    return np.asarray(reward / np.where(mean > 0, mean, 1.0))
