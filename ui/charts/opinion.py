"""The opening against the closing poll: how many thought how likely, in bars of twenty points, before beside after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import AXIS_NUMBER, COLOUR, TEXT_SIZE

if TYPE_CHECKING:
    from ui.text import Words

WIDTH = 20  # percentage points of a bar
HEIGHT = 200  # pixels


def opinion(before: Sequence[float], after: Sequence[float], w: Words) -> Chart:
    """Draw both polls, each a list of answers in percent; at least one of them has answers."""
    words = {"before": w.t("charts.opinion.before"), "after": w.t("charts.opinion.after")}
    bins = [f"{low}–{low + WIDTH}" for low in range(0, 100, WIDTH)]
    rows = []
    for name, answers in (("before", before), ("after", after)):
        counts = [0] * len(bins)
        for answer in answers:
            counts[min(int(answer // WIDTH), len(bins) - 1)] += 1
        if answers:
            rows += [(words[name], label, count) for label, count in zip(bins, counts, strict=True)]
    data = pd.DataFrame(rows, columns=["when", "chance", "count"])
    table = data.rename(columns={"when": w.t("charts.opinion.when"), "chance": w.t("charts.opinion.chance"), "count": w.t("charts.opinion.answers")})
    return Chart(_draw(data, bins, [words[name] for name, answers in (("before", before), ("after", after)) if answers], w), _sentence(before, after, w), table)


def _draw(data: pd.DataFrame, bins: list[str], shown: list[str], w: Words) -> alt.TopLevelMixin:
    style = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE)
    chart = alt.Chart(data).encode(
        x=alt.X("chance:N", sort=bins, title=w.t("charts.opinion.chance"), axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("when:N", sort=shown),
        y=alt.Y("count:Q", title=w.t("charts.opinion.answers"), axis=alt.Axis(tickMinStep=1, format=AXIS_NUMBER)),
        color=alt.Color("when:N", sort=shown, scale=alt.Scale(domain=shown, range=[COLOUR["sender"], COLOUR["target"]][: len(shown)]), legend=style),
        tooltip=[
            alt.Tooltip("when:N", title=w.t("charts.opinion.when")),
            alt.Tooltip("chance:N", title=w.t("charts.opinion.chance")),
            alt.Tooltip("count:Q", title=w.t("charts.opinion.answers")),
        ],
    )
    return chart.mark_bar().properties(height=HEIGHT)


def _sentence(before: Sequence[float], after: Sequence[float], w: Words) -> str:
    means = {name: w.percent(sum(answers) / len(answers), 0) for name, answers in (("before", before), ("after", after)) if answers}
    key = "moved" if len(means) == 2 else "only_before" if "before" in means else "only_after"
    return w.t(f"charts.opinion.{key}", **means)
