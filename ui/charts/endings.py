"""Where disputes stand at the end, over many seeds: a bar for every stage, its share of the seeds beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y

if TYPE_CHECKING:
    from ui.text import Words

STAGES = ("settled", "abandoned", "relief", "imposed", "threat", "demand", "dormant")
ENDED = "#0072B2"  # settled, abandoned: it is over
OPEN = "#808080"


def endings(counts: Mapping[str, int], met: float, dispute: str, w: Words) -> Chart:
    """Draw them. `counts` are seeds by stage, `met` the mean share of the demand met at the end, `dispute` its name."""
    total = sum(counts.values())
    known = [*STAGES, *(stage for stage in counts if stage not in STAGES)]
    rows = []
    for stage in known:
        if counts.get(stage):
            percent = 100.0 * counts[stage] / total
            name = w.t(f"charts.endings.stage.{stage}") if stage in STAGES else stage
            rows.append({"name": name, "percent": percent, "label": w.percent(percent, 0), "head": False, "over": stage in STAGES[:2]})
    data = pd.DataFrame(rows, columns=["name", "percent", "label", "head", "over"])
    bars = (
        alt.Chart(data)
        .mark_bar(size=12, yOffset=DOWN)
        .encode(
            y=rows_y(data),
            x=rows_x("percent:Q", w.t("charts.endings.axis"), [0.0, 100.0]),
            color=alt.condition("datum.over", alt.value(ENDED), alt.value(OPEN)),
            tooltip=[alt.Tooltip("name:N", title=w.t("charts.endings.where")), alt.Tooltip("label:N", title=w.t("charts.endings.axis"))],
        )
    )
    first = max(rows, key=lambda row: float(str(row["percent"])))
    sentence = w.t("charts.endings.takeaway", dispute=dispute, stage=first["name"], share=first["label"], met=w.percent(100.0 * met, 0))
    table = pd.DataFrame({w.t("charts.endings.where"): data["name"], w.t("charts.endings.axis"): data["percent"]})
    return Chart(alt.layer(bars, *rows_text(data), height=ROW), sentence, table, {w.t("charts.endings.axis"): 1})
