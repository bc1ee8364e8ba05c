"""Trade relationships: why trade answers slowly, after short-run gravity (Anderson & Yotov 2020).

`lam[s, i, j]` is the stock of relationships that exporters of `i` have with buyers in `j`, relative to the base year.
Within a quarter shares follow

    pi' ~ pi * lam**(1 - rho) * kappa * (c * tau)**(-theta * rho)

and between quarters the stock closes a fraction `delta` of the gap to the shares traders now want:

    lam <- lam + delta * (pi' / pi - lam)

A lasting cost change of d log points therefore moves trade by `theta * rho * d` at once and by `theta * d` in the end, and the
gap closes at about `delta * rho` a quarter.

A ban on some product lines says nothing about relationships on the others, so the ratio is taken per line that still passes
(`pi' / (pi * kappa)`); where nothing passes, nothing is learned. The banned lines themselves wither: the share of lines *alive* falls
towards what passes at the rate `delta`, and after relief it comes back at a rate of its own, over years. What trades is the smaller of
what may pass and what is alive.
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


def per_line(shares: Array, baseline: Array, passing: Array, stock: Array) -> Array:
    """This quarter's share over the baseline share, per line that passes `(sector, exporter, importer)`.

    Where the baseline has no trade, or less than a billionth passes, the present `stock` stands in: no news.
    """
    usual = baseline * passing
    return np.divide(shares, usual, out=stock.copy(), where=(baseline > 0) & (passing > 1e-9))


def lines_alive(alive: Array, passing: Array, withering: float, rebuilding: float) -> Array:
    """Next quarter's share of product lines with a living relationship `(sector, exporter, importer)`.

    Lines that do not pass wither at the rate `withering`; lines that pass again are rebuilt at the rate `rebuilding`.
    """
    gap = passing - alive
    return np.clip(alive + np.where(gap < 0, withering, rebuilding) * gap, 0.0, 1.0)
