"""Making it at home: home share and unit cost of one sector in one state over time, and what a licensor still earns from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from ui.charts.chart import Chart
from ui.charts.paths import lines
from ui.charts.reserves_prices import around, by_quarter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ui.charts.over_time import Times
    from ui.text import Words

COLUMNS = ("home_share", "unit_cost", "localisation_spend", "licence_fees")
NOTICED = 1.0  # percentage points, or per cent


def localisation(series: Mapping[str, NDArray[np.float64]], state: str, sector: str, times: Times, w: Words) -> Chart:
    """Draw the home share above and unit cost below; fees and spending are in the table. `series` has `COLUMNS`: shares, 1 = base, USD bn a quarter."""
    share = 100.0 * series["home_share"]
    cost = 100.0 * series["unit_cost"] / series["unit_cost"][0]
    names = {name: w.t(f"charts.localisation.{name}") for name in COLUMNS}
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.money.level")
    top = lines({names["home_share"]: by_quarter(share)}, times, names["home_share"], words, domain=(0.0, 100.0), every=False)
    bottom = lines({names["unit_cost"]: by_quarter(cost)}, times, names["unit_cost"], words, domain=around(cost), every=False)
    table = pd.DataFrame(
        {
            w.t("charts.quarter"): list(times.quarters),
            names["home_share"]: share,
            names["unit_cost"]: cost,
            names["localisation_spend"]: series["localisation_spend"],
            names["licence_fees"]: series["licence_fees"],
        }
    )
    digits = {names["home_share"]: 1, names["unit_cost"]: 1, names["localisation_spend"]: 2, names["licence_fees"]: 2}
    return Chart(top, _sentence(share, cost, series["licence_fees"], state, sector, w), table, digits, bottom)


def _sentence(share: NDArray[np.float64], cost: NDArray[np.float64], fees: NDArray[np.float64], state: str, sector: str, w: Words) -> str:
    moved, cheaper = share[-1] - share[0], 100.0 - cost[-1]
    word = "same" if abs(moved) < NOTICED else "up" if moved > 0 else "down"
    numbers = {"who": state, "sector": sector, "first": w.percent(share[0], 0), "last": w.percent(share[-1], 0)}
    parts = [w.t(f"charts.localisation.share_{word}", **numbers)]
    word = "same" if abs(cheaper) < NOTICED else "down" if cheaper > 0 else "up"
    parts.append(w.t(f"charts.localisation.cost_{word}", percent=w.percent(abs(cheaper), 0)))
    most = float(fees.max())
    if most > 0:
        key = "fees_gone" if fees[-1] < 0.05 * most else "fees_fall" if fees[-1] < 0.9 * most else "fees"
        parts.append(w.t(f"charts.localisation.{key}", most=w.money(4 * most), last=w.money(4 * float(fees[-1]))))
    return " ".join(parts)
