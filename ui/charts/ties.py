"""How states stand to each other: their places on the main line of division, and the trust of a pair over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import COLOUR, INK, ROLES, SHAPE
from ui.charts.paths import lines
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from ui.charts.over_time import Times
    from ui.roles import Roles
    from ui.text import Words

ROOM = 0.08
COLUMNS = ("trust", "trusted", "closeness", "perceived")


def alignment(points: Mapping[str, float], roles: Roles, names: Mapping[str, str], w: Words) -> Chart:
    """The alignment line: every state's place between the two sides of the main division, from one end to the other."""
    order = sorted(points, key=lambda state: -points[state])
    data = pd.DataFrame(
        [
            {
                "name": names[state],
                "place": points[state],
                "role": roles.of(state),
                "label": w.t("charts.alignment.label", role=w.t(f"charts.role.{roles.of(state)}.name"), place=w.number(points[state], 1, sign=True)),
                "head": roles.of(state) == "target",
            }
            for state in order
        ]
    )
    low, high = min(*points.values(), 0.0), max(*points.values(), 0.0)
    room = ROOM * max(high - low, 0.1)
    x = rows_x("place:Q", w.t("charts.alignment.axis"), [low - room, high + room])
    line = alt.Chart(data).mark_rule(opacity=0.35, color=INK, yOffset=DOWN, y2Offset=DOWN).encode(y=rows_y(data))
    dots = (
        alt.Chart(data)
        .mark_point(size=110, filled=True, opacity=1, yOffset=DOWN)
        .encode(
            y=rows_y(data),
            x=x,
            color=alt.Color("role:N", scale=alt.Scale(domain=list(ROLES), range=[COLOUR[role] for role in ROLES]), legend=None),
            shape=alt.Shape("role:N", scale=alt.Scale(domain=list(ROLES), range=[SHAPE[role] for role in ROLES]), legend=None),
            tooltip=[alt.Tooltip("name:N", title=w.t("charts.state")), alt.Tooltip("label:N", title=w.t("charts.alignment.place"))],
        )
    )
    table = pd.DataFrame(
        {
            w.t("charts.state"): [names[state] for state in order],
            w.t("charts.role.title"): [w.t(f"charts.role.{roles.of(state)}.name") for state in order],
            w.t("charts.alignment.place"): [points[state] for state in order],
        }
    )
    takeaway = w.t("charts.alignment.takeaway", first=names[order[0]], last=names[order[-1]])
    if roles.target:
        gaps = {state: min(abs(points[state] - points[target]) for target in roles.target) for state in order if state not in roles.target}
        if gaps:
            near = min(gaps, key=lambda state: gaps[state])
            takeaway += " " + w.t("charts.alignment.near", target=w.joined([names[state] for state in roles.target]), near=names[near])
    drawn = alt.layer(line, rows_zero(data, "place"), dots, *rows_text(data), height=ROW)
    return Chart(drawn, takeaway, table, {w.t("charts.alignment.place"): 2})


def trust(rows: Mapping[str, Mapping[int, float]], pair: tuple[str, str], times: Times, w: Words) -> Chart:
    """Trust of each in the other, and how close the two are and look, 0 to 1: column of the ties table -> quarter -> value."""
    values: dict[str, Mapping[int, float]] = {
        w.t("charts.trust.in", who=pair[0], other=pair[1]): rows["trust"],
        w.t("charts.trust.in", who=pair[1], other=pair[0]): rows["trusted"],
        w.t("charts.trust.closeness"): rows["closeness"],
    }
    if any(abs(rows["perceived"][quarter] - rows["closeness"][quarter]) > 1e-9 for quarter in rows["closeness"]):
        values[w.t("charts.trust.perceived")] = rows["perceived"]
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.trust.axis")
    quarters = sorted(rows["trust"])
    table = pd.DataFrame({w.t("charts.quarter"): [times.quarters[quarter] for quarter in quarters]})
    for name, path in values.items():
        table[name] = [path.get(quarter) for quarter in quarters]
    picture = lines(values, times, w.t("charts.trust.axis"), words, domain=(0.0, 1.0), every=False)
    return Chart(picture, _moved([rows["trust"], rows["trusted"]], pair, w), table, dict.fromkeys(values, 2))


def _moved(paths: Sequence[Mapping[int, float]], pair: tuple[str, str], w: Words) -> str:
    said = []
    for path, who, other in zip(paths, pair, reversed(pair), strict=True):
        first, last = path[min(path)], path[max(path)]
        kind = "same" if abs(last - first) < 0.02 else "rises" if last > first else "falls"
        numbers = {"first": w.number(100 * first), "last": w.number(100 * last)}
        said.append(w.t(f"charts.trust.{kind}", who=who, other=other, **numbers))
    return " ".join(said)
