"""What trade statistics miss: recorded minus true trade, by pair of states (the mirror gap).

Goods that take a detour are recorded with the state they pass through. A pair's gap is negative where goods go between the
two unseen, positive where goods are recorded that only pass through. Mean over the quarters given, USD bn a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import COLOUR
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ui.text import Words

MOST_PAIRS = 8
NOTICED = 1e-6  # USD bn a year; below this there is no gap


def hidden_trade(
    true: NDArray[np.float64], recorded: NDArray[np.float64], ids: Sequence[str], names: Mapping[str, str], w: Words
) -> Chart | None:
    """Draw the largest gaps; None where recorded and true trade are the same. Arrays (exporter, importer), USD bn a year."""
    gap = np.where(np.eye(len(ids), dtype=bool), 0.0, recorded - true)
    if float(np.abs(gap).max()) < NOTICED:
        return None
    pairs = [(i, j) for i in range(len(ids)) for j in range(len(ids)) if i != j and (true[i, j] > 0 or recorded[i, j] > 0)]
    pairs.sort(key=lambda pair: -abs(gap[pair]))
    rows = [
        {
            "exporter": names[ids[i]],
            "importer": names[ids[j]],
            "name": f"{names[ids[i]]} → {names[ids[j]]}",
            "head": False,
            "true": float(true[i, j]),
            "recorded": float(recorded[i, j]),
            "gap": float(gap[i, j]),
            "label": w.money(float(gap[i, j]), sign=True),
        }
        for i, j in pairs
    ]
    data = pd.DataFrame(rows)
    headings = {name: w.t(f"charts.hidden.{name}") for name in ("exporter", "importer", "true", "recorded", "gap")}
    table = data[list(headings)].rename(columns=headings)
    digits = {headings[name]: 2 for name in ("true", "recorded", "gap")}
    return Chart(_draw(data.head(MOST_PAIRS), w), _sentence(data, w), table, digits)


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    low, high = min(float(data["gap"].min()), 0.0), max(float(data["gap"].max()), 0.0)
    base = alt.Chart(data).encode(
        y=rows_y(data),
        x=rows_x("gap:Q", w.t("charts.hidden.axis"), [1.02 * low, 1.02 * high]),
        color=alt.condition("datum.gap < 0", alt.value(COLOUR["target"]), alt.value(COLOUR["sender"])),
        tooltip=[
            alt.Tooltip("name:N", title=w.t("charts.hidden.exporter")),
            alt.Tooltip("true:Q", title=w.t("charts.hidden.true"), format=",.2f"),
            alt.Tooltip("recorded:Q", title=w.t("charts.hidden.recorded"), format=",.2f"),
        ],
    )
    return alt.layer(base.mark_bar(size=12, yOffset=DOWN), rows_zero(data, "gap"), *rows_text(data), height=ROW)


def _sentence(data: pd.DataFrame, w: Words) -> str:
    missed = data[data["gap"] < 0]
    if missed.empty:
        top = data.iloc[0]
        return w.t("charts.hidden.only_more", exporter=top["exporter"], importer=top["importer"], money=w.money(float(top["gap"])))
    top = missed.iloc[0]
    share = 100.0 * -float(missed["gap"].sum()) / float(data["true"].sum())
    money = w.money(-float(top["gap"]))
    return w.t("charts.hidden.takeaway", exporter=top["exporter"], importer=top["importer"], money=money, share=w.percent(share, 2))
