"""Localisation: firms make at home what has become dear, because it pays.

The reward of substituting in a sector is how much dearer its goods have become at home against all that people buy,
`reward = (ln P[s] - ln P)+`. A firm chooses effort e to gain `reward * e` at a cost of `e**2 / (2 k)`, both in units of the sector's factor income, so

    e = k * reward          spending = e**2 / (2 k) * factor income

Effort lowers the unit cost of home goods, `local += gain * e * (1 - local / ceiling) - fading * local`. As home goods get cheaper
and buyers turn to them, the price falls and with it the reward: the effort ends by itself. Nobody sets a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.economy.technology import Technology

Array = NDArray[np.float64]
MOST_EFFORT = 0.3


def reward(prices: Array, consumer_prices: Array) -> Array:
    """Log points by which a sector's goods are dearer at home than all goods, against the base `(sector, state)`; never negative."""
    return np.maximum(np.log(prices) - np.log(consumer_prices), 0.0)


def effort(reward: Array, k: float) -> Array:
    """The effort that pays best `(sector, state)`; firms cannot do more than a bounded effort."""
    return np.minimum(k * reward, MOST_EFFORT)


def spending(effort: Array, factor_income: Array, k: float) -> Array:
    """What the effort costs the owners `(sector, state)`, in the unit of `factor_income`."""
    return np.asarray(effort**2 / (2.0 * k) * factor_income) if k > 0 else np.zeros_like(effort)


def substituted(technology: Technology, effort: Array, p: Mapping[str, float]) -> Technology:
    """The stocks after a quarter of `effort` `(sector, state)`."""
    room = 1.0 - technology.local / p["substitution_ceiling"]
    local = technology.local + p["substitution_gain"] * effort * np.maximum(room, 0.0) - p["substitution_fading"] * technology.local
    return replace(technology, local=np.maximum(local, 0.0))
