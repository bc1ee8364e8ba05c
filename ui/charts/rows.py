"""Rows with a line of text above each mark: the name on the left, the amount on the right.

Names beside an axis would take half of a phone's width; above the mark they cost no width at all.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from ui.charts.palette import AXIS_NUMBER, INK, TEXT_SIZE

ROW = alt.Step(44)  # pixels a row; the chart is as tall as its rows need
UP, DOWN = -10, 9  # pixels from the middle of the row to its text and to its mark


def rows_y(data: pd.DataFrame) -> alt.Y:
    """The rows in the order of the data, without an axis."""
    return alt.Y("name:N", sort=list(data["name"]), axis=None)


def rows_x(field: str, title: str, domain: list[float]) -> alt.X:
    """The common horizontal scale."""
    return alt.X(field, title=title, scale=alt.Scale(domain=domain, nice=False), axis=alt.Axis(tickCount=4, format=AXIS_NUMBER, grid=False))


def rows_zero(data: pd.DataFrame, field: str) -> alt.Chart:
    """A short upright stroke at zero in every row: a line through the whole height would cross the text."""
    stroke = alt.Chart(data.assign(**{field: 0.0})).mark_tick(orient="vertical", size=20, thickness=1.5, color=INK, yOffset=DOWN)
    return stroke.encode(y=rows_y(data), x=alt.X(f"{field}:Q"))


def rows_text(data: pd.DataFrame) -> list[alt.Chart]:
    """Layers for the text lines; `data` has `name`, `label` and `head` (true for names in bold)."""
    base = alt.Chart(data).encode(y=rows_y(data))
    style: dict[str, Any] = {"baseline": "middle", "dy": UP, "fontSize": TEXT_SIZE, "color": INK}
    heads = base.transform_filter("datum.head").mark_text(align="left", fontWeight="bold", **style)
    others = base.transform_filter("!datum.head").mark_text(align="left", **style)
    amounts = base.mark_text(align="right", **style).encode(x=alt.XValue("width"), text=alt.Text("label:N"))
    return [heads.encode(x=alt.XValue(0), text=alt.Text("name:N")), others.encode(x=alt.XValue(0), text=alt.Text("name:N")), amounts]
