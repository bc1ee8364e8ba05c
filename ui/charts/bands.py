"""How far luck goes: bands that hold 50, 75 and 95 % of the seeds in every quarter, and the middle seed as a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.over_time import Times, time_axis
from ui.charts.palette import AXIS_NUMBER, AXIS_ROOM, INK, LEGEND_ROOM, TEXT_SIZE

if TYPE_CHECKING:
    from ui.text import Words

BANDS = ((0, 6, "95"), (1, 5, "75"), (2, 4, "50"))  # places of the ends among the levels, widest first
MIDDLE = 3
SHADES = ("#CFE3F1", "#86B9DA", "#2F86BD")  # of the bands, widest first
SWATCH = 200  # square pixels of a colour in the legend
HEIGHT = 230
FLAT = 0.05


def bands(levels: Sequence[Sequence[float]], who: str, outcome: str, unit: str, times: Times, w: Words) -> Chart:
    """Draw them. `levels` are, for every quarter, the seven values in the order of `sim.analysis.explore.LEVELS`; `unit` is "%" or "points"."""
    names = {band: w.t("charts.bands.band", percent=w.number(float(band))) for _, _, band in BANDS}
    rows = [
        {"quarter": quarter, "low": values[low], "high": values[high], "band": names[band], "when": times.quarters[quarter]}
        for quarter, values in enumerate(levels)
        for low, high, band in BANDS
    ]
    middle = pd.DataFrame([{"quarter": quarter, "value": values[MIDDLE], "when": times.quarters[quarter]} for quarter, values in enumerate(levels)])
    data = pd.DataFrame(rows)
    x = alt.X("quarter:Q", title=times.title or None, axis=time_axis(times), scale=alt.Scale(domain=[0, max(len(levels) - 1, 1)], nice=False))
    title = w.t(f"charts.bands.axis_{unit}")
    y_axis = alt.Axis(tickCount=5, format=AXIS_NUMBER, titleFontSize=TEXT_SIZE)
    shown = [*names.values(), w.t("charts.bands.middle")]
    colour = alt.Color(
        "band:N",
        sort=shown,
        scale=alt.Scale(domain=shown, range=[*SHADES, INK]),
        legend=alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, symbolType="square", symbolSize=SWATCH, columns=2, labelLimit=200),
    )
    layers = []
    for _, _, band in BANDS:
        area = alt.Chart(data[data["band"] == names[band]]).mark_area(line=False, opacity=1)
        layers.append(area.encode(x=x, y=alt.Y("low:Q", title=title, axis=y_axis), y2=alt.Y2("high:Q"), color=colour))
    layers.append(alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(opacity=0.5, color=INK).encode(y=alt.Y("y:Q")))
    tips = [
        alt.Tooltip("when:N", title=w.t("charts.quarter")),
        alt.Tooltip("value:Q", title=w.t("charts.bands.middle"), format=",.2f"),
    ]
    layers.append(alt.Chart(middle).mark_line(strokeWidth=2.5, color=INK).encode(x=x, y=alt.Y("value:Q"), tooltip=tips))
    chart = alt.layer(*layers, height=HEIGHT + AXIS_ROOM + LEGEND_ROOM)
    return Chart(chart, _sentence(levels, who, outcome, unit, times, w), _table(levels, names, times, w), _digits(names, w))


def _sentence(levels: Sequence[Sequence[float]], who: str, outcome: str, unit: str, times: Times, w: Words) -> str:
    last = levels[-1]

    def said(value: float) -> str:
        return w.percent(value, 1, sign=True) if unit == "percent" else w.number(value, 1, sign=True)

    fill = {"who": who, "outcome": outcome, "when": times.quarters[len(levels) - 1], "low": said(last[2]), "high": said(last[4])}
    if max(abs(value) for values in levels for value in values) < FLAT:
        return w.t("charts.bands.flat", who=who, outcome=outcome)
    wide = w.t("charts.bands.takeaway", **fill, lowest=said(last[0]), highest=said(last[6]))
    side = "down" if last[6] < 0 else "up" if last[0] > 0 else "open"
    return f"{wide} {w.t(f'charts.bands.{side}')}"


def _table(levels: Sequence[Sequence[float]], names: dict[str, str], times: Times, w: Words) -> pd.DataFrame:
    table: dict[str, list[object]] = {w.t("charts.quarter"): [times.quarters[quarter] for quarter in range(len(levels))]}
    for low, _, band in BANDS:
        table[w.t("charts.bands.from", band=names[band])] = [values[low] for values in levels]
    table[w.t("charts.bands.middle")] = [values[MIDDLE] for values in levels]
    for _, high, band in reversed(BANDS):
        table[w.t("charts.bands.to", band=names[band])] = [values[high] for values in levels]
    return pd.DataFrame(table)


def _digits(names: dict[str, str], w: Words) -> dict[str, int]:
    ends = [w.t(f"charts.bands.{end}", band=name) for end in ("from", "to") for name in names.values()]
    return dict.fromkeys([*ends, w.t("charts.bands.middle")], 2)
