"""Where the economy stands between two quarters: everything about trade and production that is carried forward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.money import External
from sim.economy.technology import Technology

Array = NDArray[np.float64]


@dataclass
class Position:
    """Stocks relative to the base quarter (1 = base).

    `relationships` `(sector, exporter, importer)`; `workers`, `capital` and `productivity` `(sector, state)`, the last from the
    stocks of `technology`; `stores` `(sector, state)` USD bn at base prices; `fees` `(state,)` licence fees earned last quarter, part of what is due;
    `alive` `(sector, exporter, importer)` is the share of product lines still traded, `ahead` what has been bought before its time, in quarters'
    usual purchases, `known` the share of traders that have found a detour, `running` the share of trade that went directly last quarter, part of
    which contracts carry on; `scarcity` `(sector, state)` last quarter's premium for forwarding; `external` foreign money (None: not followed).
    `start` is the solver's last point, part of the state of a run so that a fork repeats it exactly.
    """

    relationships: Array
    workers: Array
    capital: Array
    productivity: Array
    alive: Array
    ahead: Array
    known: Array
    running: Array
    scarcity: Array
    technology: Technology
    stores: Array
    fees: Array
    external: External | None = None
    start: Array | None = None

    @classmethod
    def base(cls, accounts: Accounts) -> Position:
        """The position of the base quarter."""
        per_sector = accounts.output.shape
        dyads = accounts.flows.shape
        return cls(
            relationships=np.ones(dyads),
            workers=np.ones(per_sector),
            capital=np.ones(per_sector),
            productivity=np.ones(per_sector),
            alive=np.ones(dyads),
            ahead=np.zeros(dyads),
            known=np.zeros(dyads),
            running=np.ones(dyads),
            scarcity=np.zeros(per_sector),
            technology=Technology.base(per_sector),
            stores=np.zeros(per_sector),
            fees=np.zeros(per_sector[1]),
        )
