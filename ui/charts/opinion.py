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
FEWEST = 3  # answers: a mean of fewer says nothing about a class


def opinion(before: Sequence[float], after: Sequence[float], twice: Sequence[tuple[float, float]], w: Words) -> Chart:
    """Draw both polls, each a list of answers in percent; at least one of them has answers. Where enough people answered `twice`, (before, after),
    only they are drawn and compared: others may have thought otherwise from the start."""
    sentence = _sentence(before, after, twice, w)
    if len(twice) >= FEWEST:
        before, after = zip(*twice, strict=True)
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
    return Chart(_draw(data, bins, [words[name] for name, answers in (("before", before), ("after", after)) if answers], w), sentence, table)


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


def _sentence(before: Sequence[float], after: Sequence[float], twice: Sequence[tuple[float, float]], w: Words) -> str:
    if len(twice) >= FEWEST:
        means = (w.percent(sum(answers) / len(answers), 0) for answers in zip(*twice, strict=True))
        return w.t("charts.opinion.moved", count=len(twice), **dict(zip(("before", "after"), means, strict=True)))
    if before and after:
        counts = {"before": len(before), "after": len(after), "both": len(twice)}
        return w.t("charts.opinion.few", **{name: w.number(count) for name, count in counts.items()})
    answers = before or after
    if len(answers) < FEWEST:
        return w.t("charts.opinion.few_only", count=len(answers))
    mean = w.percent(sum(answers) / len(answers), 0)
    return w.t("charts.opinion.only_before" if before else "charts.opinion.only_after", count=len(answers), mean=mean)
