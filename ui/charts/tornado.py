"""What matters: for each number of the model a bar from the outcome with it at its lower end to the outcome at its upper end, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import AXIS_NUMBER, INK, TEXT_SIZE
from ui.charts.rows import DOWN, ROW, UP, rows_y

if TYPE_CHECKING:
    from ui.text import Words

MOST = 12  # bars; all numbers stand in the table
LOW, HIGH = "#D55E00", "#0072B2"
HARDLY = 0.05  # percentage points


def tornado(base: float, swings: Sequence[dict[str, Any]], labels: dict[str, str], outcome: str, w: Words) -> Chart | None:
    """Draw it. `swings` as in `sim.analysis.tornado.Swing`; `labels` are the numbers' names; None where there is nothing yet."""
    if not swings:
        return None
    rows = [_row(swing, labels, base, w) for swing in swings[:MOST]]
    data = pd.DataFrame(rows)
    ends = [*data["at_low"], *data["at_high"], base]
    room = 0.04 * max(max(ends) - min(ends), 0.1)
    scale = alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False)
    y = rows_y(data)
    axis = alt.Axis(tickCount=5, format=AXIS_NUMBER, grid=False, titleFontSize=TEXT_SIZE)
    long = pd.concat(
        [data.assign(side=w.t("charts.tornado.low"), value=data["at_low"]), data.assign(side=w.t("charts.tornado.high"), value=data["at_high"])]
    )
    tips = [alt.Tooltip("whole:N", title=w.t("charts.tornado.number")), alt.Tooltip("label:N", title=w.t("charts.tornado.outcome"))]
    span = alt.Chart(data).mark_bar(size=6, yOffset=DOWN, color="#808080", opacity=0.6)
    bars = span.encode(y=y, x=alt.X("at_low:Q", scale=scale, title=outcome, axis=axis), x2=alt.X2("at_high:Q"), tooltip=tips)
    sides = [w.t("charts.tornado.low"), w.t("charts.tornado.high")]
    legend = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, columns=2, labelLimit=260)
    marks = (
        alt.Chart(long)
        .mark_point(size=110, filled=True, opacity=1, yOffset=DOWN)
        .encode(
            y=y,
            x=alt.X("value:Q", scale=scale),
            color=alt.Color("side:N", sort=sides, scale=alt.Scale(domain=sides, range=[LOW, HIGH]), legend=legend),
            shape=alt.Shape("side:N", sort=sides, scale=alt.Scale(domain=sides, range=["circle", "square"]), legend=legend),
            tooltip=tips,
        )
    )
    usual = alt.Chart(data.assign(base=base)).mark_tick(orient="vertical", size=20, thickness=1.5, color=INK, yOffset=DOWN).encode(y=y, x=alt.X("base:Q"))
    text = alt.Chart(data).mark_text(align="left", baseline="middle", dy=UP, fontSize=TEXT_SIZE, color=INK, limit=alt.expr("width"))
    names = text.encode(y=y, x=alt.XValue(0), text=alt.Text("whole:N"), tooltip=tips)
    chart = alt.layer(bars, usual, marks, names, height=ROW)
    return Chart(chart, _sentence(base, swings, labels, w), _table(swings, labels, w), dict.fromkeys(_columns(w)[1:], 3))


def _row(swing: dict[str, Any], labels: dict[str, str], base: float, w: Words) -> dict[str, object]:
    name = labels[swing["name"]]
    values = {"low": w.percent(swing["at_low"], 2, sign=True), "high": w.percent(swing["at_high"], 2, sign=True), "usual": w.percent(base, 2, sign=True)}
    return {
        "name": swing["name"],
        "whole": name,
        "at_low": swing["at_low"],
        "at_high": swing["at_high"],
        "label": w.t("charts.tornado.label", from_=w.short(swing["low"]), to=w.short(swing["high"]), **values),
    }


def _sentence(base: float, swings: Sequence[dict[str, Any]], labels: dict[str, str], w: Words) -> str:
    first = swings[0]
    if abs(first["at_high"] - first["at_low"]) < HARDLY:
        return w.t("charts.tornado.nothing")
    still = sum(abs(swing["at_high"] - swing["at_low"]) < HARDLY for swing in swings)
    fill = {"low": w.percent(first["at_low"], 1, sign=True), "high": w.percent(first["at_high"], 1, sign=True), "usual": w.percent(base, 1, sign=True)}
    name = labels[first["name"]]
    return w.t("charts.tornado.takeaway", name=name[:1].lower() + name[1:], still=w.number(still), all=w.number(len(swings)), **fill)


def _columns(w: Words) -> list[str]:
    return [w.t(f"charts.tornado.{name}") for name in ("number", "from", "to", "at_low", "at_high", "error")]


def _table(swings: Sequence[dict[str, Any]], labels: dict[str, str], w: Words) -> pd.DataFrame:
    keys = ("low", "high", "at_low", "at_high", "error")
    return pd.DataFrame([(labels[swing["name"]], *(swing[key] for key in keys)) for swing in swings], columns=_columns(w))
