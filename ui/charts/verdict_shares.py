"""How often measures succeeded, over many seeds: for each of three verdicts the share of seeds with success, success in part, failure, no evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import INK, TEXT_SIZE
from ui.charts.rows import DOWN, UP

if TYPE_CHECKING:
    from ui.text import Words

KINDS = ("coerce", "constrain", "signal")
WAYS = {"success": "#56B4E9", "in part": "#CFE8F7", "failure": "#E69F00", "no evidence": "#BBBBBB"}  # black text is legible on all of them
SWATCH = 200  # square pixels of a colour in the legend
STEP = alt.Step(52)  # pixels a row
NARROW, NARROWEST = 12.0, 4.0  # percent: below these the sign, and then the number, does not fit into its piece


def verdict_shares(counts: Mapping[str, Mapping[str, int]], w: Words) -> Chart:
    """Draw them. `counts[kind][verdict]` are seeds in which measures began."""
    names = {way: w.t(f"charts.verdicts.way.{_slug(way)}") for way in WAYS}
    heads = {kind: w.t(f"charts.verdicts.kind.{kind}") for kind in KINDS if counts.get(kind)}
    rows: list[dict[str, object]] = []
    for kind, head in heads.items():
        total, start = sum(counts[kind].values()), 0.0
        for way in WAYS:
            percent = 100.0 * counts[kind].get(way, 0) / total
            if percent > 0:
                label = w.percent(percent, 0)
                rows.append(
                    {"name": head, "way": names[way], "start": start, "end": start + percent, "percent": percent, "label": label,
                     "inside": label if percent >= NARROW else w.number(percent) if percent >= NARROWEST else ""}
                )  # fmt: skip
                start += percent
    data = pd.DataFrame(rows)
    y = alt.Y("name:N", sort=list(heads.values()), axis=None)
    scale = alt.Scale(domain=[0, 100], nice=False)
    x = alt.X("start:Q", scale=scale, title=w.t("charts.verdicts.axis"), axis=alt.Axis(tickCount=4, grid=False))
    legend = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, columns=2, symbolType="square", symbolSize=SWATCH, symbolStrokeWidth=0.6)
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(size=20, yOffset=DOWN, stroke=INK, strokeWidth=0.6).encode(
        x=x,
        x2=alt.X2("end:Q"),
        color=alt.Color("way:N", sort=list(names.values()), scale=alt.Scale(domain=list(names.values()), range=list(WAYS.values())), legend=legend),
        tooltip=[
            alt.Tooltip("name:N", title=w.t("charts.verdicts.verdict")),
            alt.Tooltip("way:N", title=w.t("charts.verdicts.came_out")),
            alt.Tooltip("label:N", title=w.t("charts.verdicts.axis")),
        ],
    )
    inside = (
        base.transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_text(baseline="middle", dy=DOWN, fontSize=TEXT_SIZE - 1, color="#000000", fontWeight="bold")
        .encode(x=alt.X("middle:Q", scale=scale), text=alt.Text("inside:N"))
    )
    titles = (
        alt.Chart(pd.DataFrame({"name": list(heads.values())}))
        .mark_text(align="left", baseline="middle", dy=UP - 4, fontSize=TEXT_SIZE, color=INK)
        .encode(y=y, x=alt.XValue(0), text=alt.Text("name:N"))
    )
    sentence = w.t("charts.verdicts.takeaway", shares="; ".join(_said(kind, counts[kind], w) for kind in heads))
    table = data.pivot(index="name", columns="way", values="percent").reindex(index=list(heads.values()), columns=list(names.values())).fillna(0.0)
    table = table.rename_axis(None, axis=1).reset_index().rename(columns={"name": w.t("charts.verdicts.verdict")})
    return Chart(alt.layer(bars, inside, titles, height=STEP), sentence, table, dict.fromkeys(names.values(), 1))


def _said(kind: str, counts: Mapping[str, int], w: Words) -> str:
    total = sum(counts.values())
    return w.t(f"charts.verdicts.said.{kind}", share=w.percent(100.0 * counts.get("success", 0) / total, 0))


def _slug(way: str) -> str:
    return way.replace(" ", "_")
