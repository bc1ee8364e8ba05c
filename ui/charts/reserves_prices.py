"""Reserves and prices of one state over time: what it could still pay with, and what its money is worth at home and abroad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from ui.charts.chart import Chart
from ui.charts.money import NOTHING
from ui.charts.paths import lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ui.charts.over_time import Times
    from ui.text import Words

COLUMNS = ("reserves", "price_index", "exchange_rate")


def reserves_prices(series: Mapping[str, NDArray[np.float64]], state: str, times: Times, w: Words) -> Chart:
    """Draw usable reserves above, consumer prices and the real exchange rate below. `series` has `COLUMNS`, a value a quarter."""
    reserves = series["reserves"]
    prices, rate = (100.0 * series[name] / series[name][0] for name in COLUMNS[1:])
    names = {name: w.t(f"charts.money.{name}") for name in COLUMNS}
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.money.level")
    top = lines({names["reserves"]: by_quarter(reserves)}, times, names["reserves"], words, every=False)
    indices = {names["price_index"]: by_quarter(prices), names["exchange_rate"]: by_quarter(rate)}
    bottom = lines(indices, times, w.t("charts.money.index"), words, domain=around(prices, rate), every=False)
    table = pd.DataFrame({w.t("charts.quarter"): list(times.quarters), names["reserves"]: reserves, names["price_index"]: prices, names["exchange_rate"]: rate})
    return Chart(top, _sentence(reserves, prices, rate, state, w), table, {name: 1 for name in names.values()}, bottom)


def by_quarter(values: NDArray[np.float64]) -> dict[int, float]:
    """Values by quarter."""
    return dict(enumerate(values.tolist()))


def around(*series: NDArray[np.float64]) -> tuple[float, float]:
    """A range a little wider than all the values."""
    low, high = min(float(values.min()) for values in series), max(float(values.max()) for values in series)
    room = max(0.05 * (high - low), 1.0)
    return max(low - room, 0.0), high + room


def _sentence(reserves: NDArray[np.float64], prices: NDArray[np.float64], rate: NDArray[np.float64], state: str, w: Words) -> str:
    left = 100.0 * reserves[-1] / reserves[0] if reserves[0] > 0 else 100.0
    word = "same" if abs(left - 100.0) < 1.0 else "less" if left < 100.0 else "more"
    parts = [w.t(f"charts.money.reserves_{word}", who=state, percent=w.percent(abs(left - 100.0), 0))]
    for name, change in (("prices", prices[-1] - 100.0), ("rate", rate[-1] - 100.0)):
        word = "same" if abs(change) < NOTHING else "up" if change > 0 else "down"
        parts.append(w.t(f"charts.money.{name}_{word}", percent=w.percent(abs(change))))
    return " ".join(parts)
