"""Where the economy stands between two quarters: everything about trade and production that is carried forward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts

Array = NDArray[np.float64]


@dataclass
class Position:
    """Stocks relative to the base quarter (1 = base).

    `relationships` `(sector, exporter, importer)`; `workers`, `capital` and `productivity` `(sector, state)`;
    `start` is the solver's last point, part of the state of a run so that a fork repeats it exactly.
    """

    relationships: Array
    workers: Array
    capital: Array
    productivity: Array
    start: Array | None = None

    @classmethod
    def base(cls, accounts: Accounts) -> Position:
        """The position of the base quarter."""
        per_sector = accounts.output.shape
        return cls(np.ones(accounts.flows.shape), np.ones(per_sector), np.ones(per_sector), np.ones(per_sector))
