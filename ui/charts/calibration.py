"""Calibration of bets: how sure people said they were, against how often they were right. On the line is as good as one's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import COLOUR, GREY, INK, TEXT_SIZE

if TYPE_CHECKING:
    from ui.text import Words

HEIGHT = 240  # pixels
CLOSE = 10.0  # percentage points: nearer than this is called well calibrated (assumption)


def calibration(rows: Sequence[tuple[float, float, int]], w: Words) -> Chart:
    """Draw `rows` of (how sure in percent, came true in percent, how many bets); at least one."""
    data = pd.DataFrame(rows, columns=["said", "true", "bets"])
    data["label"] = [w.t("debrief.calibration.count", count=int(count)) for count in data["bets"]]
    whole = data["bets"].sum()
    said, true = (float((data[name] * data["bets"]).sum() / whole) for name in ("said", "true"))
    key = "well" if abs(said - true) < CLOSE else "over" if said > true else "under"
    sentence = w.t(f"charts.calibration.{key}", said=w.percent(said, 0), true=w.percent(true, 0))
    table = pd.DataFrame(
        {w.t("charts.calibration.axis_said"): data["said"], w.t("charts.calibration.axis_true"): data["true"], w.t("charts.calibration.bets"): data["bets"]}
    )
    return Chart(_draw(data, w), sentence, table, dict.fromkeys(table.columns, 0))


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    x = alt.X("said:Q", title=w.t("charts.calibration.axis_said"), scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(grid=False, tickCount=5))
    y = alt.Y("true:Q", title=w.t("charts.calibration.axis_true"), scale=alt.Scale(domain=[0, 105]), axis=alt.Axis(tickCount=5))
    line = alt.Chart(pd.DataFrame({"said": [0.0, 100.0], "true": [0.0, 100.0]})).mark_line(strokeDash=[5, 4], color=GREY, strokeWidth=2).encode(x=x, y=y)
    base = alt.Chart(data).encode(x=x, y=y)
    tips = [alt.Tooltip("said:Q", title=w.t("charts.calibration.said")), alt.Tooltip("true:Q", title=w.t("charts.calibration.true"), format=".0f")]
    dots = base.mark_point(filled=True, size=130, color=COLOUR["sender"], opacity=1).encode(tooltip=[*tips, alt.Tooltip("label:N", title=" ")])
    text = base.mark_text(dy=-16, fontSize=TEXT_SIZE, color=INK).encode(text=alt.Text("label:N"))
    name = alt.Chart(pd.DataFrame({"said": [20.0], "true": [22.0], "text": [w.t("charts.calibration.perfect")]}))
    note = name.mark_text(align="left", dx=10, dy=12, fontSize=TEXT_SIZE, color=INK).encode(x=x, y=y, text=alt.Text("text:N"))
    return alt.layer(line, note, dots, text, height=HEIGHT)
