"""Who depends on whom: for each state the share of its spending on goods and services that goes to each other state.

A row is a state, a column the partner it buys from; the number is true imports from the partner over all purchases of the
row's state (domestic ones included), in percent, mean over the quarters given. The darker the cell, the larger the share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import TEXT_SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ui.text import Words

ROW = alt.Step(34)  # pixels
SHORT = 4  # letters of a code that fits above a column
MOST_NAMED, LONGEST = 10, 10  # states, and letters of a name, that fit on a phone
DARK = 0.55  # share of the largest cell from which white numbers read better than black ones
PALE, DEEP = "#EAF3F9", "#0B4F7A"
ON_PALE, ON_DEEP = "#14181D", "#FFFFFF"


def dependence(trade: NDArray[np.float64], ids: Sequence[str], shown: Sequence[str], names: Mapping[str, str], w: Words) -> Chart:
    """Draw the matrix of the states in `shown`. `trade`: (exporter, importer), USD bn a year, domestic sales on the diagonal."""
    place = {state: ids.index(state) for state in ids}
    spending = trade.sum(axis=0)
    called = {state: names[state] for state in shown} if fitting(shown, names) else {state: state for state in shown}
    rows: list[dict[str, Any]] = []
    for buyer in shown:
        for seller in shown:
            if buyer == seller:
                continue
            value = float(trade[place[seller], place[buyer]])
            share = 100.0 * value / float(spending[place[buyer]]) if spending[place[buyer]] > 0 else 0.0
            text = w.number(share, 1 if share < 9.95 else 0)
            codes = {"row": called[buyer], "column": called[seller]}
            rows.append({"buyer": names[buyer], "seller": names[seller], **codes, "share": share, "value": value, "text": text})
    data = pd.DataFrame(rows)
    table = data.rename(
        columns={
            "buyer": w.t("charts.dependence.axis_who"),
            "seller": w.t("charts.dependence.axis_on"),
            "share": w.t("charts.dependence.share"),
            "value": w.t("charts.dependence.imports"),
        }
    ).drop(columns=["text", "row", "column"])
    table = table.sort_values(by=w.t("charts.dependence.share"), ascending=False, ignore_index=True)
    digits = {w.t("charts.dependence.share"): 2, w.t("charts.dependence.imports"): 2}
    return Chart(_draw(data, [called[state] for state in shown], w), _sentence(data, w), table, digits)


def fitting(shown: Sequence[str], names: Mapping[str, str]) -> bool:
    """Whether the names are short and few enough to stand beside rows and above columns; else ids stand there."""
    return len(shown) <= MOST_NAMED and max(len(names[state]) for state in shown) <= LONGEST


def _draw(data: pd.DataFrame, shown: Sequence[str], w: Words) -> alt.TopLevelMixin:
    largest = max(float(data["share"].max()), 1e-9)
    data = data.assign(deep=data["share"] > DARK * largest)
    labels: dict[str, Any] = {"labelFontSize": TEXT_SIZE, "labelOverlap": False, "labelFlush": False, "ticks": False, "domain": False}
    slant = -45 if max(map(len, shown)) > SHORT else 0
    y = alt.Y("row:N", sort=list(shown), title=w.t("charts.dependence.axis_who"), axis=alt.Axis(**labels))
    x = alt.X("column:N", sort=list(shown), title=w.t("charts.dependence.axis_on"), axis=alt.Axis(orient="top", labelAngle=slant, **labels))
    base = alt.Chart(data).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("buyer:N", title=w.t("charts.dependence.axis_who")),
            alt.Tooltip("seller:N", title=w.t("charts.dependence.axis_on")),
            alt.Tooltip("share:Q", title=w.t("charts.dependence.share"), format=".2f"),
            alt.Tooltip("value:Q", title=w.t("charts.dependence.imports"), format=",.2f"),
        ],
    )
    colour = alt.Color("share:Q", scale=alt.Scale(domain=[0, largest], range=[PALE, DEEP]), legend=None)
    cells = base.mark_rect(cornerRadius=3).encode(color=colour)
    numbers = base.mark_text(fontSize=TEXT_SIZE - 1).encode(
        text=alt.Text("text:N"), color=alt.condition("datum.deep", alt.value(ON_DEEP), alt.value(ON_PALE))
    )
    return alt.layer(cells, numbers, height=ROW)


def _sentence(data: pd.DataFrame, w: Words) -> str:
    top = data.iloc[int(data["share"].to_numpy().argmax())]
    if float(top["share"]) <= 0:
        return w.t("charts.dependence.nothing")
    return w.t("charts.dependence.takeaway", state=top["buyer"], percent=w.percent(float(top["share"])), partner=top["seller"])
