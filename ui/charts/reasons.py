"""Why a government chose: what each reason adds to the option taken beside the next-best one, as signed bars.

Bars to the right speak for what was done, bars to the left against it; the amount stands in points (1 point: 1 % of own yearly real
income). They add up to the difference of the two options.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from ui.text import Words

FOR, AGAINST = "#0072B2", "#D55E00"
MOST = 8  # bars; the rest is added up in one
ROOM = 0.03  # share of the width left empty beyond the longest bar


def reason_bars(parts: Sequence[tuple[str, float]], taken: str, beside: str, w: Words) -> Chart:
    """Draw the reasons, the largest first: (term, points for the option taken). `taken` and `beside` are the two options in words."""
    parts = [(w.phrase(term), points) for term, points in parts]
    shown = list(parts[:MOST])
    rest = parts[MOST:]
    if rest:
        shown.append((w.t("charts.reasons.rest", count=len(rest)), sum(points for _, points in rest)))
    total = sum(points for _, points in parts)
    data = pd.DataFrame(
        [{"name": term, "points": points, "label": points_words(points, w), "head": False} for term, points in shown],
        columns=["name", "points", "label", "head"],
    )
    table = pd.DataFrame(
        {w.t("charts.reasons.reason"): [term for term, _ in parts], w.t("charts.reasons.points"): [points for _, points in parts]}
    )
    side = "for" if total >= 0 else "against"
    sentence = w.t(f"charts.reasons.{side}", points=w.number(abs(total), digits(total)), taken=taken, beside=beside)
    return Chart(_draw(data, w), sentence, table, {w.t("charts.reasons.points"): 3})


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    low, high = min(float(data["points"].min()), 0.0), max(float(data["points"].max()), 0.0)
    room = ROOM * max(high - low, 1e-6)
    bars = (
        alt.Chart(data)
        .mark_bar(size=10, yOffset=DOWN)
        .encode(
            y=rows_y(data),
            x=rows_x("points:Q", w.t("charts.reasons.axis"), [low - room, high + room]),
            color=alt.condition("datum.points >= 0", alt.value(FOR), alt.value(AGAINST)),
            tooltip=[alt.Tooltip("name:N", title=w.t("charts.reasons.reason")), alt.Tooltip("label:N", title=w.t("charts.reasons.points"))],
        )
    )
    return alt.layer(bars, rows_zero(data, "points"), *rows_text(data), height=ROW)


def digits(points: float) -> int:
    """Decimals that an amount of points deserves."""
    return 1 if abs(points) >= 1 else 2 if abs(points) >= 0.1 else 3


def points_words(points: float, w: Words) -> str:
    """Signed points as text."""
    return w.number(points, digits(points), sign=True)
