"""Prices and real income over time: two panels, one line for each role, in percent of the run compared with.

A role's line is the income-weighted change of its members: the sum of their real incomes, and consumer prices weighted with
real income in the run compared with. Thin upright lines mark the quarters in which a measure of the run began or ended.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.money import NOTHING, QUARTERS_PER_YEAR
from ui.charts.palette import AXIS_NUMBER, AXIS_ROOM, COLOUR, DASH, INK, LEGEND_ROOM, ROLES, SHAPE, TEXT_SIZE

if TYPE_CHECKING:
    from ui.roles import Roles
    from ui.text import Words

HEIGHT = 150  # pixels of one panel without axis and legend
Y_ROOM = 58  # pixels for the numbers beside a panel, the same in both so that the quarters line up
MOST_YEARS = 8  # labels on the time axis
HOLDS = 0.85  # a change that ends above this share of its peak is called lasting
GROWS = 0.02  # a change whose last quarter adds this share of it is called growing, if there is a year to judge by
PANELS = ("income", "prices")


def role_changes(
    income: tuple[pd.DataFrame, pd.DataFrame], prices: tuple[pd.DataFrame, pd.DataFrame], roles: Roles
) -> dict[str, pd.DataFrame]:
    """Percent changes by role: {"income", "prices"} -> quarters as rows, roles that have members as columns.

    `income` and `prices` are (this run, the run compared with), quarters as rows and states as columns.
    """
    changes: dict[str, dict[str, pd.Series]] = {panel: {} for panel in PANELS}
    for role in ROLES:
        members = list(roles.members(role))
        if not members:
            continue
        now, before = (frame[members] for frame in income)
        changes["income"][role] = 100.0 * (now.sum(axis=1) / before.sum(axis=1) - 1.0)
        ratio = prices[0][members] / prices[1][members]
        changes["prices"][role] = 100.0 * ((ratio * before).sum(axis=1) / before.sum(axis=1) - 1.0)
    return {panel: pd.DataFrame(columns) for panel, columns in changes.items()}


@dataclass(frozen=True)
class Times:
    """The time axis in words: every quarter, what stands below the first quarter of each year, the axis title ("" for none);
    and the quarters in which measures changed.
    """

    quarters: Sequence[str]
    years: Sequence[str]
    title: str
    turns: Sequence[int]


def over_time(changes: Mapping[str, pd.DataFrame], roles: Roles, names: Mapping[str, str], times: Times, w: Words) -> Chart:
    """Draw the two panels. `changes` is from `role_changes`."""
    legend = {
        role: names[roles.members(role)[0]] if len(roles.members(role)) == 1 else w.t(f"charts.role.{role}.many")
        for role in ROLES
        if roles.members(role)
    }
    top, bottom = (_panel(panel, changes[panel], legend, times, w) for panel in PANELS)
    table, digits = _table(changes, legend, times.quarters, w)
    return Chart(top, _sentence(changes, roles, names, times.quarters, w), table, digits, bottom)


def time_axis(times: Times) -> alt.Axis:
    """The years below their first quarters, as many as there is room for; within the first year every quarter by name."""
    if len(times.quarters) <= QUARTERS_PER_YEAR:
        names = json.dumps(list(times.quarters))
        return alt.Axis(values=list(range(len(times.quarters))), labelExpr=f"{names}[datum.value]", grid=False, labelFlush=True)
    firsts = list(range(0, len(times.quarters), QUARTERS_PER_YEAR))
    names = json.dumps(list(times.years))
    return alt.Axis(
        values=firsts[:: -(-len(firsts) // MOST_YEARS)], labelExpr=f"{names}[datum.value / {QUARTERS_PER_YEAR}]", grid=False, labelFlush=False
    )


def _panel(panel: str, changes: pd.DataFrame, legend: Mapping[str, str], times: Times, w: Words) -> alt.TopLevelMixin:
    first, labels = panel == PANELS[0], times.quarters
    long = changes.rename(columns=dict(legend)).rename_axis("quarter").reset_index().melt("quarter", var_name="who", value_name="percent")
    long["when"] = [labels[int(quarter)] for quarter in long["quarter"]]
    long["label"] = [w.percent(value, 2, sign=True) for value in long["percent"]]
    shown = list(legend.values())
    keys = list(legend)
    style = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, symbolStrokeWidth=0, columns=3, labelLimit=200) if first else None
    scale = alt.Scale(domain=[0, max(len(labels) - 1, 1)], nice=False)
    x = alt.X("quarter:Q", title=None if first else times.title or None, scale=scale, axis=time_axis(times))
    y = alt.Y(
        "percent:Q",
        title=w.t(f"charts.over_time.{panel}"),
        axis=alt.Axis(tickCount=4, format=AXIS_NUMBER, titleFontSize=TEXT_SIZE, labelFlush=False, minExtent=Y_ROOM, maxExtent=Y_ROOM),
        scale=alt.Scale(zero=True),
    )
    base = alt.Chart(long).encode(
        x=x,
        y=y,
        color=alt.Color("who:N", sort=shown, scale=alt.Scale(domain=shown, range=[COLOUR[role] for role in keys]), legend=style),
        tooltip=[
            alt.Tooltip("who:N", title=w.t("charts.who")),
            alt.Tooltip("when:N", title=w.t("charts.quarter")),
            alt.Tooltip("label:N", title=w.t("charts.change")),
        ],
    )
    dash = alt.StrokeDash("who:N", scale=alt.Scale(domain=shown, range=[DASH[role] for role in keys]), legend=style)
    lines = base.mark_line(strokeWidth=2.5).encode(strokeDash=dash)
    shape = alt.Shape("who:N", scale=alt.Scale(domain=shown, range=[SHAPE[role] for role in keys]), legend=style)
    ends = "true" if len(labels) <= QUARTERS_PER_YEAR else f"datum.quarter % {QUARTERS_PER_YEAR} == {QUARTERS_PER_YEAR - 1}"  # of years; a short run has none
    points = base.transform_filter(ends).mark_point(size=55, filled=True, opacity=1).encode(shape=shape)
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(opacity=0.5, color=INK).encode(y=alt.Y("y:Q"))
    marks = (
        alt.Chart(pd.DataFrame({"quarter": [float(turn) for turn in times.turns]}))
        .mark_rule(opacity=0.4, strokeDash=[2, 4], color=INK)
        .encode(x=alt.X("quarter:Q"))
    )
    layers = [zero, *([marks] if times.turns else []), lines, points]
    return alt.layer(*layers, height=HEIGHT + (LEGEND_ROOM + 26 if first else AXIS_ROOM))


def _sentence(changes: Mapping[str, pd.DataFrame], roles: Roles, names: Mapping[str, str], labels: Sequence[str], w: Words) -> str:
    if not roles.target:
        return w.t("charts.over_time.nothing")
    number = "one" if len(roles.target) == 1 else "many"
    income, prices = changes["income"]["target"], changes["prices"]["target"]
    if income.abs().max() < NOTHING and prices.abs().max() < NOTHING:
        return w.t("charts.over_time.nothing")
    parts = []
    if income.abs().max() < NOTHING:
        parts.append(w.t(f"charts.over_time.flat.{number}", who=names[roles.target[0]]))
    else:
        peak = int(income.abs().to_numpy().argmax())
        last = float(income.iloc[-1])
        kind = "gain" if income.iloc[peak] > 0 else "loss"
        path = _path(income.abs().tolist(), peak)
        parts.append(
            w.t(
                f"charts.over_time.{kind}.{path}.{number}",
                who=names[roles.target[0]],
                percent=w.percent(abs(float(income.iloc[peak]))),
                last=w.percent(abs(last)),
                when=labels[peak],
            )
        )
    end = float(prices.iloc[-1])
    direction = "same" if abs(end) < NOTHING else "dearer" if end > 0 else "cheaper"
    parts.append(w.t(f"charts.over_time.prices_{direction}.{number}", percent=w.percent(abs(end))))
    return " ".join(parts)


def _path(sizes: Sequence[float], peak: int) -> str:
    """How a change went on, as the key of its sentence; quarters of less than a year show no direction."""
    if peak == len(sizes) - 1:
        grows = len(sizes) >= QUARTERS_PER_YEAR and sizes[-1] - sizes[-2] > GROWS * sizes[-1]
        return "peak_last" if grows else "ends"
    return "holds" if sizes[-1] > HOLDS * sizes[peak] else "shrinks"


def _table(
    changes: Mapping[str, pd.DataFrame], legend: Mapping[str, str], labels: Sequence[str], w: Words
) -> tuple[pd.DataFrame, dict[str, int]]:
    table = pd.DataFrame({w.t("charts.quarter"): list(labels)})
    digits = {}
    for panel in PANELS:
        for role, name in legend.items():
            heading = w.t(f"charts.over_time.column_{panel}", who=name)
            table[heading] = changes[panel][role].to_numpy()
            digits[heading] = 2
    return table, digits
