"""Who pays among people: the four bills, with the targets' fifths of the population, in percent of own income.

A bar is what a group can spend, after levies and help, summed over the quarters since measures differ, against the same sum in the
run compared with, in which nobody is under measures: all targets count together. Every fifth is measured at the prices of its own basket.
The four bills are in bold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.money import NOTHING, QUARTERS_PER_YEAR, Bill
from ui.charts.palette import COLOUR, ROLES
from ui.charts.rows import DOWN, ROW, rows_text, rows_x, rows_y, rows_zero

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ui.roles import Roles
    from ui.text import Words

    Array = NDArray[np.float64]

ROOM = 0.02
FIFTHS = 5


def people_pay(now: Array, before: Array, ids: Sequence[str], roles: Roles, names: Mapping[str, str], since: int, w: Words) -> Chart | None:
    """Draw the bills. `now` and `before`: what fifths can spend `(quarter, state, fifth)`, USD bn a quarter; None where nobody is a target."""
    if not roles.target:
        return None
    place = {state: number for number, state in enumerate(ids)}
    targets = [place[state] for state in roles.target]

    def of(states: Sequence[int], fifths: slice) -> Bill:
        new, old = (values[since:][:, list(states), fifths] for values in (now, before))
        lost = float((new - old).sum())
        return Bill(100.0 * lost / float(old.sum()) if old.size else 0.0, lost / len(old) * QUARTERS_PER_YEAR if old.size else 0.0)

    entries: list[tuple[str, str, bool, Bill]] = [(w.t("charts.people.ordinary", count=len(targets)), "target", True, of(targets, slice(0, FIFTHS - 1)))]
    entries += [(w.t(f"charts.people.fifth_{fifth + 1}"), "target", False, of(targets, slice(fifth, fifth + 1))) for fifth in range(FIFTHS - 1)]
    entries.append((w.t("charts.people.elite", count=len(targets)), "target", True, of(targets, slice(FIFTHS - 1, FIFTHS))))
    for role in ROLES[1:]:
        members = [place[state] for state in roles.members(role)]
        if members:
            entries.append((w.t(f"charts.role.{role}.many"), role, True, of(members, slice(0, FIFTHS))))
    data = pd.DataFrame([_row(*entry, w) for entry in entries])
    bills = {name: bill for name, _, _, bill in entries}
    headings = w.t("charts.people.group"), w.t("charts.people.percent"), w.t("charts.people.money")
    table = pd.DataFrame({headings[0]: list(bills), headings[1]: [b.percent for b in bills.values()], headings[2]: [b.billions for b in bills.values()]})
    return Chart(_draw(data, w), _sentence(entries, w.joined([names[state] for state in roles.target]), w), table, {headings[1]: 2, headings[2]: 2})


def _row(name: str, role: str, head: bool, amount: Bill, w: Words) -> dict[str, object]:
    label = f"{w.percent(amount.percent, 1 if abs(amount.percent) >= 0.1 else 2, sign=True)} ({w.money(amount.billions, sign=True)})"
    return {"name": name, "role": role, "percent": amount.percent, "label": label, "head": head}


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    low, high = min(float(data["percent"].min()), 0.0), max(float(data["percent"].max()), 0.0)
    room = ROOM * max(high - low, 0.01)
    base = alt.Chart(data).encode(
        y=rows_y(data),
        x=rows_x("percent:Q", w.t("charts.people.axis"), [low - room, high + room]),
        color=alt.Color("role:N", scale=alt.Scale(domain=list(ROLES), range=[COLOUR[role] for role in ROLES]), legend=None),
        tooltip=[alt.Tooltip("name:N", title=w.t("charts.who")), alt.Tooltip("label:N", title=w.t("charts.change"))],
    )
    sizes = {"datum.head": 14, "!datum.head": 8} if not data["head"].all() else {"datum.head": 14}  # a layer without a bar would have no words
    bars = [base.transform_filter(which).mark_bar(size=size, yOffset=DOWN) for which, size in sizes.items()]
    return alt.layer(*bars, rows_zero(data, "percent"), *rows_text(data), height=ROW)


def _sentence(entries: Sequence[tuple[str, str, bool, Bill]], targets: str, w: Words) -> str:
    ordinary, poorest, elite = entries[0][3], entries[1][3], entries[FIFTHS][3]
    if max(abs(ordinary.percent), abs(elite.percent)) < NOTHING:
        return w.t("charts.people.nobody", who=targets)
    numbers = {
        "who": targets,
        "ordinary": w.percent(abs(ordinary.percent)),
        "elite": w.percent(abs(elite.percent)),
        "poorest": w.percent(abs(poorest.percent)),
    }
    if ordinary.percent < 0 and elite.percent < 0:
        return w.t("charts.people.both" if poorest.percent < elite.percent else "charts.people.both_elite", **numbers)
    if ordinary.percent < 0:
        return w.t("charts.people.only_ordinary", **numbers)
    return w.t("charts.people.gain" if elite.percent >= 0 else "charts.people.only_elite", **numbers)
