"""Trade relationships: why trade answers slowly, after short-run gravity (Anderson & Yotov 2020).

`lam[s, i, j]` is the stock of relationships that exporters of `i` have with buyers in `j`, relative to the base year.
Within a quarter shares follow

    pi' ~ pi * lam**(1 - rho) * kappa * (c * tau)**(-theta * rho)

and between quarters the stock closes a fraction `delta` of the gap to the shares traders now want:

    lam <- lam + delta * (pi' / pi - lam)

A lasting cost change of d log points therefore moves trade by `theta * rho * d` at once and by `theta * d` in the end, and the
gap closes at about `delta * rho` a quarter. Where trade is banned `pi' = 0`: the stock withers at the rate `delta`, and after
relief it regrows from what is left, slowly at first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weight(stock: Array, impact_share: float) -> Array:
    """Multiplier of baseline shares `lam**(1 - rho)` for relationship stocks `(sector, exporter, importer)`."""
    return np.asarray(stock ** (1.0 - impact_share))


def adjusted(stock: Array, share_ratio: Array, adjustment: float, floor: float) -> Array:
    """Return next quarter's stocks `(sector, exporter, importer)`.

    `share_ratio` is this quarter's share over the baseline share (1 where the baseline has no trade); `adjustment` is
    the fraction of the gap closed in a quarter; `floor` keeps a little alive, so that relief can rebuild it.
    """
    return np.maximum(stock + adjustment * (share_ratio - stock), floor)
