"""Where the trade went: one state's trade with each partner, in this run and in the run compared with.

Each partner has a line from a ring (compared with) to a dot (this run), in USD bn a year, mean of the last four quarters.
Trade is exports plus imports before tariff, as it really was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import COLOUR, GREY, ROLES, TEXT_SIZE
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y

if TYPE_CHECKING:
    from ui.roles import Roles
    from ui.text import Words

MOST_PARTNERS = 8
REST = "rest"  # the partners drawn as one row
SMALL = 0.005  # share of the state's trade: below this nothing has moved


def trade_moved(now: pd.DataFrame, before: pd.DataFrame, state: str, roles: Roles, names: Mapping[str, str], w: Words) -> Chart:
    """Draw the partners of `state`. `now`, `before`: index partner, columns `exports` and `imports` of the state, USD bn a year."""
    partners = [partner for partner in now.index if partner != state]
    total = pd.DataFrame({"now": now.sum(axis=1), "before": before.sum(axis=1)}).loc[partners]
    total["role"] = [roles.of(partner) for partner in partners]
    total["change"] = total["now"] - total["before"]
    size = total[["now", "before"]].max(axis=1)
    shown = size.sort_values(ascending=False).index[:MOST_PARTNERS]
    data = total.loc[shown].sort_values(by="before", ascending=False)
    data["name"] = [names[partner] for partner in data.index]
    rest = total.drop(index=shown)
    if len(rest):
        sums = rest[["now", "before", "change"]].sum()
        data.loc["*"] = {**sums.to_dict(), "role": REST, "name": w.t("charts.trade_moved.rest", count=len(rest))}
    data["label"] = [w.money(change, sign=True) for change in data["change"]]
    return Chart(_draw(data, w), _sentence(total, state, names, w), *_table(now, before, partners, roles, names, w))


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    keys = [role for role in (*ROLES, REST) if role in set(data["role"])]
    titles = {role: w.t("charts.trade_moved.others") if role == REST else w.t(f"charts.role.{role}.many") for role in keys}
    data = data.assign(who=[titles[role] for role in data["role"]], head=False)
    legend = alt.Legend(
        orient="top",
        title=None,
        labelFontSize=TEXT_SIZE,
        symbolType="stroke",
        symbolOpacity=1,
        symbolStrokeWidth=5,
        columns=3,
        values=[titles[role] for role in keys if role != REST],
    )
    colour = alt.Color(
        "who:N", scale=alt.Scale(domain=list(titles.values()), range=[COLOUR.get(role, GREY) for role in keys]), legend=legend
    )
    domain = [0.0, 1.03 * max(float(data[["now", "before"]].to_numpy().max()), 1e-6)]
    title = w.t("charts.trade_moved.axis")
    base = alt.Chart(data.drop(columns=["role"])).encode(
        y=rows_y(data),
        color=colour,
        tooltip=[
            alt.Tooltip("name:N", title=w.t("charts.partner")),
            alt.Tooltip("before:Q", title=w.t("charts.trade_moved.before"), format=",.2f"),
            alt.Tooltip("now:Q", title=w.t("charts.trade_moved.now"), format=",.2f"),
            alt.Tooltip("label:N", title=w.t("charts.change")),
        ],
    )
    links = base.mark_rule(strokeWidth=5, opacity=0.45, yOffset=DOWN).encode(x=rows_x("before:Q", title, domain), x2=alt.X2("now:Q"))
    rings = base.mark_point(shape="circle", size=120, filled=False, strokeWidth=2, opacity=1, yOffset=DOWN)
    dots = base.mark_point(shape="circle", size=90, filled=True, opacity=1, yOffset=DOWN)
    marks = [links, rings.encode(x=rows_x("before:Q", title, domain)), dots.encode(x=rows_x("now:Q", title, domain))]
    return alt.layer(*marks, *rows_text(data.drop(columns=["role"])), height=ROW)


def _sentence(total: pd.DataFrame, state: str, names: Mapping[str, str], w: Words) -> str:
    before, now = float(total["before"].sum()), float(total["now"].sum())
    change = total["change"]
    lost, gained = -float(change[change < 0].sum()), float(change[change > 0].sum())
    if before <= 0 or max(lost, gained) < SMALL * before:
        return w.t("charts.trade_moved.nothing", state=names[state])
    sums = {"before": w.money(before), "now": w.money(now)}
    if sums["before"] == sums["now"]:
        parts = [w.t("charts.trade_moved.same", state=names[state], now=sums["now"])]
    else:
        way, percent = "falls" if now < before else "rises", w.percent(100 * abs(now / before - 1))
        parts = [w.t(f"charts.trade_moved.{way}", state=names[state], percent=percent, **sums)]
    worst, best = str(change.idxmin()), str(change.idxmax())
    if change[worst] < -SMALL * before:
        parts.append(w.t("charts.trade_moved.most_lost", partner=names[worst], money=w.money(-float(change[worst]))))
    if change[best] > SMALL * before and gained > lost:  # more than was lost: nothing is replaced, trade grows
        parts.append(w.t("charts.trade_moved.most_grown", partner=names[best], money=w.money(float(change[best]))))
    elif change[best] > SMALL * before:
        share = w.t("charts.trade_moved.share", share=w.percent(100 * gained / lost, 0))
        parts.append(w.t("charts.trade_moved.most_won", partner=names[best], money=w.money(float(change[best])), replaced=share))
    elif lost > SMALL * before:
        parts.append(w.t("charts.trade_moved.none_won"))
    return " ".join(parts)


def _table(
    now: pd.DataFrame, before: pd.DataFrame, partners: list[str], roles: Roles, names: Mapping[str, str], w: Words
) -> tuple[pd.DataFrame, dict[str, int]]:
    columns: dict[str, list[object]] = {
        w.t("charts.partner"): [names[partner] for partner in partners],
        w.t("charts.role.title"): [w.t(f"charts.role.{roles.of(partner)}.name") for partner in partners],
    }
    digits = {}
    for side in ("exports", "imports"):
        for when, frame in (("before", before), ("now", now)):
            heading = w.t(f"charts.trade_moved.{side}_{when}")
            columns[heading] = frame.loc[partners, side].tolist()
            digits[heading] = 2
    table = pd.DataFrame(columns)
    key = w.t("charts.trade_moved.exports_before")
    return table.sort_values(by=key, ascending=False, ignore_index=True), digits
