"""A few lines over the quarters, each with a colour, a dash and a shape of its own; the frame of several charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from ui.charts.money import QUARTERS_PER_YEAR
from ui.charts.over_time import Times, time_axis
from ui.charts.palette import AXIS_NUMBER, AXIS_ROOM, INK, TEXT_SIZE

COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7")
DASHES = ([1, 0], [7, 3], [2, 2], [10, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond")
HEIGHT = 170  # pixels without axis and legend
LEGEND_ROW = 22  # pixels a name of the legend takes


def lines(
    series: Mapping[str, Mapping[int, float]], times: Times, title: str, labels: tuple[str, str, str], domain: Sequence[float] = (), every: bool = True
) -> alt.TopLevelMixin:
    """Draw up to four lines: name -> quarter -> value. `labels` are the words for who, quarter and value in the tooltip.

    `every`: a mark at every value there is (decisions), else one a year.
    """
    names = list(series)
    long = pd.DataFrame(
        [(quarter, name, value) for name, values in series.items() for quarter, value in values.items()], columns=["quarter", "who", "value"]
    )
    long["when"] = [times.quarters[int(quarter)] for quarter in long["quarter"]]
    x = alt.X("quarter:Q", title=times.title or None, axis=time_axis(times), scale=alt.Scale(domain=[0, max(len(times.quarters) - 1, 1)], nice=False))
    scale = alt.Scale(domain=list(domain), nice=False) if domain else alt.Scale(zero=True)
    y = alt.Y("value:Q", title=title, scale=scale, axis=alt.Axis(tickCount=4, format=AXIS_NUMBER, titleFontSize=TEXT_SIZE, labelFlush=False))
    style = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, symbolStrokeWidth=0, columns=1, labelLimit=320, rowPadding=4)
    count = len(names)
    base = alt.Chart(long).encode(
        x=x,
        y=y,
        color=alt.Color("who:N", sort=names, scale=alt.Scale(domain=names, range=list(COLOURS[:count])), legend=style),
        tooltip=[alt.Tooltip("who:N", title=labels[0]), alt.Tooltip("when:N", title=labels[1]), alt.Tooltip("value:Q", title=labels[2], format=",.2f")],
    )
    dash = alt.StrokeDash("who:N", sort=names, scale=alt.Scale(domain=names, range=[list(one) for one in DASHES[:count]]), legend=style)
    shape = alt.Shape("who:N", sort=names, scale=alt.Scale(domain=names, range=list(SHAPES[:count])), legend=style)
    drawn = base.mark_line(strokeWidth=2.5).encode(strokeDash=dash)
    marks = base if every or len(times.quarters) <= QUARTERS_PER_YEAR else base.transform_filter("datum.quarter % 4 == 3")
    points = marks.mark_point(size=60, filled=True, opacity=1).encode(shape=shape)
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(opacity=0.5, color=INK).encode(y=alt.Y("y:Q"))
    layers = [drawn, points] if domain else [zero, drawn, points]
    return alt.layer(*layers, height=HEIGHT + AXIS_ROOM + LEGEND_ROW * count)
