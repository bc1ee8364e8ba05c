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
from ui.charts.palette import COLOUR, ROLES
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from ui.roles import Roles
    from ui.text import Words

MOST_MEMBERS = 5  # bars for single states in a group; the rest is in the group's bar and in the table
LEAST = 0.2  # percent: the width of the scale at least
ROOM = 0.02  # share of the width left empty beyond the longest bar


def who_pays(now: pd.DataFrame, before: pd.DataFrame, roles: Roles, names: Mapping[str, str], since: int, w: Words, most: int = MOST_MEMBERS) -> Chart:
    """Draw the bill of every group, and of at most `most` states in each. `now`, `before`: `real_income`, quarters by states, USD bn a quarter."""
    bills = {state: bill(now, before, [state], since) for state in now.columns}
    rows: list[dict[str, object]] = []
    for role in ROLES:
        members = sorted(roles.members(role), key=lambda state: bills[state].percent)
        if len(members) > 1:
            rows.append(_row(w.t(f"charts.role.{role}.many"), role, bill(now, before, members, since), True, w))
        shown = members if len(members) <= max(most, 1) else sorted(members, key=lambda state: -abs(bills[state].billions))[:most]
        for state in [state for state in members if state in shown]:
            name = names[state] if len(members) > 1 else w.t(f"charts.role.{role}.one", state=names[state])
            rows.append(_row(name, role, bills[state], len(members) == 1, w))
    data = pd.DataFrame(rows)
    return Chart(_draw(data, w), _sentence(now, before, roles, names, since, w), _table(bills, roles, names, w), _digits(w))


def _row(name: str, role: str, amount: Bill, head: bool, w: Words) -> dict[str, object]:
    label = f"{w.percent(amount.percent, 1 if abs(amount.percent) >= 0.1 else 2, sign=True)} ({w.money(amount.billions, sign=True)})"
    if amount.verb == "same":
        label = w.t("charts.who_pays.unchanged")
    return {"name": name, "role": role, "percent": amount.percent, "label": label, "head": head}


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    low, high = min(float(data["percent"].min()), 0.0), max(float(data["percent"].max()), 0.0)
    if high - low < LEAST:  # next to nothing must not look like much
        low, high = min(low, -LEAST / 2), max(high, LEAST / 2)
    room = ROOM * (high - low)
    x = rows_x("percent:Q", w.t("charts.who_pays.axis"), [low - room, high + room])
    base = alt.Chart(data).encode(
        y=rows_y(data),
        x=x,
        color=alt.Color("role:N", scale=alt.Scale(domain=list(ROLES), range=[COLOUR[role] for role in ROLES]), legend=None),
        tooltip=[alt.Tooltip("name:N", title=w.t("charts.state")), alt.Tooltip("label:N", title=w.t("charts.change"))],
    )
    sizes = {"datum.head": 14, "!datum.head": 8} if not data["head"].all() else {"datum.head": 14}  # a layer without a bar would have no words
    bars = [base.transform_filter(which).mark_bar(size=size, yOffset=DOWN) for which, size in sizes.items()]
    return alt.layer(*bars, rows_zero(data, "percent"), *rows_text(data), height=ROW)


def _sentence(now: pd.DataFrame, before: pd.DataFrame, roles: Roles, names: Mapping[str, str], since: int, w: Words) -> str:
    amounts = {role: bill(now, before, roles.members(role), since) for role in ROLES}
    if all(amount.verb == "same" for amount in amounts.values()):
        return w.t("charts.who_pays.nobody")
    parts = []
    quiet = [role for role in ROLES if roles.members(role) and amounts[role].verb == "same"]
    for role in [role for role in ROLES if roles.members(role) and role not in quiet]:
        members, amount = roles.members(role), amounts[role]
        number = "one" if len(members) == 1 else "many"
        numbers = {"percent": w.percent(abs(amount.percent)), "money": w.money(abs(amount.billions))}
        parts.append(_upper(w.t(f"charts.who_pays.{amount.verb}.{number}", who=_who(role, roles, names, w), **numbers)))
    if quiet:
        number = "one" if len(quiet) == 1 and len(roles.members(quiet[0])) == 1 else "many"
        who = w.joined([_who(role, roles, names, w) for role in quiet])
        parts.append(_upper(w.t(f"charts.who_pays.same.{number}", who=who)))
    target, sender = amounts["target"], amounts["sender"]
    if target.verb == "loses" and sender.billions < -0.005:
        parts.append(w.t("charts.who_pays.ratio", ratio=w.money_plain(target.billions / sender.billions)))
    return " ".join(parts)


def _who(role: str, roles: Roles, names: Mapping[str, str], w: Words) -> str:
    members = roles.members(role)
    return names[members[0]] if len(members) == 1 else w.t(f"charts.who_pays.who.{role}")


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


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
