"""Home terms: what governments do for their own households and stores, written by levers and read by `home_budget`.

How several measures combine: shares cover as independent coverings (50 % and 40 % together 70 %), so their order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.households import QUINTILES
from sim.economy.lending import Lending

Array = NDArray[np.float64]


@dataclass
class HomeTerms(Lending):
    """Terms of one quarter inside each state; 0 everywhere means nothing is done.

    `shield` and `wages` `(sector, state)`: shares of a sector's lost factor income, and of its lost wages, that everybody makes good;
    `relief` `(state, quintile)`: share of a group's lost income made good; `store` `(sector, state)`: share of usual consumption put in store.
    """

    shield: Array
    wages: Array
    relief: Array
    store: Array

    @classmethod
    def none(cls, sectors: int, states: int) -> HomeTerms:
        """Nothing is done."""
        return cls(np.zeros((sectors, states)), np.zeros((sectors, states)), np.zeros((states, QUINTILES)), np.zeros((sectors, states)))

    def cover(self, name: str, cells: tuple[NDArray[np.int64] | int | slice, int | slice], share: float) -> None:
        """Cover a further `share` (0 to 1) of what is left of the share `name` in `cells`."""
        values = self.mine(name)
        values[cells] = 1.0 - (1.0 - values[cells]) * (1.0 - share)
