"""Who pays: the change of real income of the target, the senders and third parties, as bars.

A bar is the sum of a state's (or group's) real income over the quarters since measures differ, minus the same sum in the run
compared with, in percent of the latter. The label adds USD bn a year. Groups of more than one state get a bar of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.money import Bill, bill
from ui.charts.palette import AXIS_NUMBER, AXIS_ROOM, COLOUR, LABEL_LIMIT, ROLES, TEXT_SIZE

if TYPE_CHECKING:
    from ui.roles import Roles
    from ui.text import Words

MOST_MEMBERS = 6  # bars for single states in a group; the rest is in the group's bar and in the table
ROW = 28  # pixels


def who_pays(now: pd.DataFrame, before: pd.DataFrame, roles: Roles, names: Mapping[str, str], since: int, w: Words) -> Chart:
    """Draw the bill of every group. `now`, `before`: `real_income`, quarters as rows, states as columns, USD bn a quarter."""
    bills = {state: bill(now, before, [state], since) for state in now.columns}
    rows: list[dict[str, object]] = []
    for role in ROLES:
        members = sorted(roles.members(role), key=lambda state: bills[state].percent)
        if len(members) > 1:
            rows.append(_row(w.t(f"charts.role.{role}.many"), role, bill(now, before, members, since), True, w))
        shown = members if len(members) <= MOST_MEMBERS else sorted(members, key=lambda state: -abs(bills[state].billions))[:MOST_MEMBERS]
        for state in [state for state in members if state in shown]:
            name = names[state] if len(members) > 1 else w.t(f"charts.role.{role}.one", state=names[state])
            rows.append(_row(name, role, bills[state], len(members) == 1, w))
    data = pd.DataFrame(rows)
    return Chart(_draw(data, w), _sentence(now, before, roles, names, since, w), _table(bills, roles, names, w), _digits(w))


def _row(name: str, role: str, amount: Bill, head: bool, w: Words) -> dict[str, object]:
    label = f"{w.percent(amount.percent, 1 if abs(amount.percent) >= 0.1 else 2, sign=True)} ({w.money(amount.billions, sign=True)})"
    return {"name": name, "role": role, "percent": amount.percent, "label": label, "head": head}


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    order = list(data["name"])
    heads = [str(name) for name in data.loc[data["head"], "name"]]
    largest = max(float(data["percent"].abs().max()), 0.01)
    # Room for the labels: they stand beyond the end of their bar, on the side it points to.
    low = -1.9 * largest if (data["percent"] < 0).any() else -0.1 * largest
    high = 1.9 * largest if (data["percent"] > 0.2 * largest).any() else 1.2 * largest
    bold = alt.condition(alt.FieldOneOfPredicate(field="value", oneOf=heads), alt.value("bold"), alt.value("normal"))
    y = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            labelLimit=LABEL_LIMIT,
            labelFontWeight=bold,
            labelFontSize=TEXT_SIZE,
            ticks=False,
            domain=False,
            labelOverlap=False,
            labelFlush=False,
        ),
    )
    x = alt.X(
        "percent:Q",
        title=w.t("charts.who_pays.axis"),
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickCount=4, format=AXIS_NUMBER),
    )
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(ROLES), range=[COLOUR[role] for role in ROLES]), legend=None)
    tooltip = [alt.Tooltip("name:N", title=w.t("charts.state")), alt.Tooltip("label:N", title=w.t("charts.change"))]
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=x,
        color=colour,
        tooltip=tooltip,
        opacity=alt.condition("datum.head", alt.value(1.0), alt.value(0.55)),
    )
    losses = base.transform_filter("datum.percent < 0").mark_text(align="right", dx=-6, fontSize=TEXT_SIZE).encode(x=x, text="label:N")
    gains = base.transform_filter("datum.percent >= 0").mark_text(align="left", dx=6, fontSize=TEXT_SIZE).encode(x=x, text="label:N")
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(opacity=0.5).encode(x="x:Q")
    return alt.layer(bars, zero, losses, gains).properties(height=ROW * len(data) + AXIS_ROOM)


def _sentence(now: pd.DataFrame, before: pd.DataFrame, roles: Roles, names: Mapping[str, str], since: int, w: Words) -> str:
    amounts = {role: bill(now, before, roles.members(role), since) for role in ROLES}
    if all(amount.verb == "same" for amount in amounts.values()):
        return w.t("charts.who_pays.nobody")
    parts = []
    for role in ROLES:
        members = roles.members(role)
        if not members:
            continue
        amount = amounts[role]
        who = names[members[0]] if len(members) == 1 else w.t(f"charts.who_pays.who.{role}")
        number = "one" if len(members) == 1 else "many"
        parts.append(
            w.t(
                f"charts.who_pays.{amount.verb}.{number}",
                who=who,
                percent=w.percent(abs(amount.percent)),
                money=w.money(abs(amount.billions)),
            )
        )
    target, sender = amounts["target"], amounts["sender"]
    if target.verb == "loses" and sender.billions < -0.005:
        parts.append(w.t("charts.who_pays.ratio", ratio=w.money_plain(target.billions / sender.billions)))
    return " ".join(parts)


def _table(bills: Mapping[str, Bill], roles: Roles, names: Mapping[str, str], w: Words) -> pd.DataFrame:
    ordered = sorted(bills, key=lambda state: (ROLES.index(roles.of(state)), bills[state].percent))
    return pd.DataFrame(
        {
            w.t("charts.state"): [names[state] for state in ordered],
            w.t("charts.role.title"): [w.t(f"charts.role.{roles.of(state)}.name") for state in ordered],
            w.t("charts.income_percent"): [bills[state].percent for state in ordered],
            w.t("charts.income_money"): [bills[state].billions for state in ordered],
        }
    )


def _digits(w: Words) -> dict[str, int]:
    return {w.t("charts.income_percent"): 2, w.t("charts.income_money"): 2}
