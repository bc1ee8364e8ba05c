"""Price indices that are reported, not solved for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts

Array = NDArray[np.float64]


def terms_of_trade(accounts: Accounts, unit_costs: Array) -> Array:
    """Export prices over import prices `(state,)`, 1 = base, with base-quarter trade as weights.

    `unit_costs` `(sector, state)` relative to the base are the prices at which exporters sell, before trade costs. A state
    without exports or imports at the base has terms of trade of 1 on that side.
    """
    foreign = accounts.flows * (1.0 - np.eye(accounts.flows.shape[1]))
    exports, imports = foreign.sum(axis=(0, 2)), foreign.sum(axis=(0, 1))
    sold = (foreign.sum(axis=2) * unit_costs).sum(axis=0)
    bought = np.einsum("sij,si->j", foreign, unit_costs)
    export_price = np.divide(sold, exports, out=np.ones_like(sold), where=exports > 0)
    import_price = np.divide(bought, imports, out=np.ones_like(bought), where=imports > 0)
    return np.asarray(export_price / import_price)
