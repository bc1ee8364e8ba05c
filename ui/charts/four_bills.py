"""The four bills as bars: ordinary households of the targets, their elite, the senders, third parties. To the right is a cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import COLOUR
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from sim import api
    from ui.text import Words

GROUPS = {"ordinary": "target", "elite": "target", "senders": "sender", "third_parties": "third"}  # whose colour
NOTHING = 0.05  # percent: less prints as nothing
ROOM = 0.02


def four_bills(paid: api.WhoPaid, targets: str, w: Words) -> Chart:
    """Draw who paid; `targets` is what the targets are called."""
    rows = []
    for group, percent, billions in paid.table().itertuples(index=False):
        name = w.t(f"charts.four_bills.{group}", target=targets)
        label = f"{w.percent(percent, decimals(percent), sign=True)} ({w.money(billions, sign=True)})"
        rows.append({"group": group, "name": name, "percent": percent, "billions": billions, "label": label, "head": False})
    data = pd.DataFrame(rows)
    table = pd.DataFrame(
        {w.t("charts.four_bills.who"): data["name"], w.t("charts.four_bills.percent"): data["percent"], w.t("charts.four_bills.money"): data["billions"]}
    )
    return Chart(_draw(data, w), _sentence(data, w), table, dict.fromkeys(table.columns[1:], 2))


def decimals(percent: float) -> int:
    """How many decimals a bill is told with: one, and two where one would leave next to nothing."""
    return 1 if abs(percent) >= 0.1 or percent == 0 else 2


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    low, high = min(float(data["percent"].min()), 0.0), max(float(data["percent"].max()), 0.0)
    room = ROOM * max(high - low, 0.01)
    base = alt.Chart(data).encode(
        y=rows_y(data),
        x=rows_x("percent:Q", w.t("charts.four_bills.axis"), [low - room, high + room]),
        color=alt.Color("group:N", scale=alt.Scale(domain=list(GROUPS), range=[COLOUR[role] for role in GROUPS.values()]), legend=None),
        tooltip=[alt.Tooltip("name:N", title=w.t("charts.four_bills.who")), alt.Tooltip("label:N", title=w.t("charts.four_bills.percent"))],
    )
    bars = base.mark_bar(size=12, yOffset=DOWN)
    return alt.layer(bars, rows_zero(data, "percent"), *rows_text(data), height=ROW)


def _sentence(data: pd.DataFrame, w: Words) -> str:
    rows = sorted(zip(data["percent"], data["name"], data["billions"], strict=True))
    best, worst = rows[0], rows[-1]
    if worst[0] < NOTHING:
        return w.t("charts.four_bills.nobody")
    said = w.t("charts.four_bills.most", who=worst[1], percent=w.percent(worst[0]), money=w.money(worst[2]))
    if best[0] <= -NOTHING:
        said += " " + w.t("charts.four_bills.gains", who=best[1], percent=w.percent(-best[0]))
    return said
