"""The Lab's right side: four numbers of the state in focus, and three charts, each with its sentence and its table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.charts.chart import Chart
from ui.charts.money import NOTHING
from ui.charts.over_time import Times, over_time, role_changes
from ui.charts.trade_moved import trade_moved
from ui.charts.who_pays import who_pays
from ui.outcome import YEAR, Outcome, first_difference, in_focus, roles_of, turns
from ui.pages.shown import show_chart
from ui.roles import TRANSIT, Roles
from ui.shelf import Shelf
from ui.text import Words, plain
from ui.view import View, decisions
from ui.wording import EVERYONE, lever_words, who_words

if TYPE_CHECKING:
    import pandas as pd

CHARTS_KEPT = 120
STRIP = (  # word, column of the states table, whether it is an index
    ("income", "real_income", False),
    ("prices", "price_index", True),
    ("exports", "exports_true", False),
    ("imports", "imports_true", False),
)
METRIC = 160  # pixels at least; two side by side on a phone
SHOWN = 2  # measures of governments named above the charts
SMALL, LARGE = 1.0, 5.0  # percent: where "slightly" ends and where "strongly" begins

_CHARTS: Shelf[Chart] = Shelf(CHARTS_KEPT)


@dataclass(frozen=True)
class Comparison:
    """A run, the run it is compared with, and the words for both."""

    view: View
    setting: api.Scenario
    now: Outcome
    before: Outcome
    w: Words

    @property
    def same(self) -> bool:
        """Whether the two runs are one and the same, or neither has any measure."""
        return self.now.key == self.before.key or (self.now.measures.empty and self.before.measures.empty)

    @cached_property
    def roles(self) -> Roles:
        """Who is target, sender, third party: from this run, or from the other where this one has no measures."""
        roles = roles_of(self.now, self.setting)
        return roles if roles.target else roles_of(self.before, self.setting)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the states by id."""
        return {state.id: state.name for state in self.setting.states}

    @property
    def look(self) -> str:
        """The state in focus."""
        return in_focus(self.view, self.setting, self.roles)

    def by_governments(self) -> list[tuple[str, str, str, int, int]]:
        """Measures against others that governments took by themselves: lever, user, target, first and last quarter; the earliest first."""
        chosen = {(order.lever, order.state, order.target) for order in decisions(self.view.choice, self.setting, self.now.quarters)} | {
            (order.lever, order.state, order.target) for order in self.setting.measures
        }
        found: dict[tuple[str, str, str], list[int]] = {}
        for quarter, lever, user, target in self.now.measures[["quarter", "lever", "sender", "target"]].itertuples(index=False):
            hostile = target in self.names and not api.LEVERS[str(lever)].friendly and lever != TRANSIT
            if hostile and not {(lever, user, target), (lever, user, EVERYONE)} & chosen:
                found.setdefault((str(lever), str(user), str(target)), []).append(int(quarter))
        return sorted(((*key, quarters[0], quarters[-1]) for key, quarters in found.items()), key=lambda row: row[3])

    @property
    def versus(self) -> str:
        """What this run is compared with, in words."""
        return self.w.t("lab.versus.pin" if self.view.against_pin and self.view.pin is not None else "lab.versus.none")

    def chart(self, name: str, make: object) -> Chart:
        """A chart of this comparison, made once for every visitor."""
        assert callable(make)
        return _CHARTS.get((name, self.now.key, self.before.key, self.look, self.w.language), make)

    def strip(self) -> None:
        """Four numbers of the state in focus: the last year's level, its change, and the change in words."""
        w = self.w
        with st.grid(len(STRIP), min_column_width=METRIC):
            for name, column, index in STRIP:
                new, old = (_last_year(run, column, self.look) for run in (self.now, self.before))
                level = w.number(100 * new / YEAR, 1) if index else w.money(new)
                change = 100 * (new / old - 1) if old else 0.0
                st.metric(
                    w.t(f"lab.strip.{name}"),
                    plain(level),
                    w.percent(change, 1, sign=True),
                    delta_color="off",
                    delta_arrow="off" if abs(change) < NOTHING else "up" if change > 0 else "down",
                    delta_description=_size(change, w),
                )
        by_newest = not self.view.look and bool(self.view.choice.asks) and {*self.roles.target} != {self.look}
        why = " " + w.t("lab.strip_newest") if by_newest else ""
        st.caption(w.t("lab.strip_note", state=plain(self.names[self.look]), versus=self.versus) + why)
        self._told_of_governments()

    def _told_of_governments(self) -> None:
        """One line on what governments did that nobody here asked for."""
        w, found = self.w, self.by_governments()
        if not found:
            return
        said = [
            w.t(
                "lab.governments_still" if last == self.now.quarters - 1 else "lab.governments_in" if first == last else "lab.governments_once",
                lever=lever_words(api.LEVERS[lever], "label", w), who=who_words(user, target, self.names, w, friendly=api.LEVERS[lever].friendly),
                since=w.quarter(first, self.setting.start), until=w.quarter(last, self.setting.start),
            )
            for lever, user, target, first, last in found[:SHOWN]
        ]
        more = len(found) - len(said)
        rest = " " + w.t("lab.governments_more", count=more) if more else ""
        st.caption(plain(w.t("lab.governments", measures="; ".join(said)) + rest), width="stretch")


def results(c: Comparison) -> None:
    """Draw the three charts, under a sentence where the two runs are the same."""
    w = c.w
    if c.same and c.view.against_pin:
        st.info(w.t("lab.same_as_pin"), icon=":material/lightbulb:")
    labels = [w.quarter(quarter, c.setting.start) for quarter in range(c.now.quarters)]
    since = first_difference(c.now, c.before)
    basis = w.t("lab.basis", versus=c.versus, first=labels[since], last=labels[-1])
    show_chart(c.chart("who_pays", lambda: _who_pays(c, since)), w.t("lab.chart.who_pays"), "who-pays", w, basis)
    note = w.t("lab.chart.time_key", versus=c.versus)
    show_chart(c.chart("over_time", lambda: _over_time(c, labels)), w.t("lab.chart.over_time"), "over-time", w, note)
    heading = w.t("lab.chart.trade_moved", state=plain(c.names[c.look]))
    note = w.t("lab.chart.trade_key", versus=c.versus)
    show_chart(c.chart("trade_moved", lambda: _trade_moved(c)), heading, "trade-moved", w, note)


def _who_pays(c: Comparison, since: int) -> Chart:
    return who_pays(c.now.wide("real_income"), c.before.wide("real_income"), c.roles, c.names, since, c.w)


def _over_time(c: Comparison, labels: list[str]) -> Chart:
    income = c.now.wide("real_income"), c.before.wide("real_income")
    prices = c.now.wide("price_index"), c.before.wide("price_index")
    start = c.setting.start
    years = [c.w.year(quarter, start) for quarter in range(0, c.now.quarters, YEAR)]
    times = Times(labels, years, "" if start else c.w.t("charts.over_time.axis"), turns(c.now))
    return over_time(role_changes(income, prices, c.roles), c.roles, c.names, times, c.w)


def _trade_moved(c: Comparison) -> Chart:
    last = c.now.quarters - 1
    first = max(0, last - YEAR + 1)
    return trade_moved(c.now.partners(c.look, first, last), c.before.partners(c.look, first, last), c.look, c.roles, c.names, c.w)


def _last_year(outcome: Outcome, column: str, state: str) -> float:
    """Sum over the last four quarters, scaled up to a year where the run is shorter."""
    values: pd.Series = outcome.wide(column)[state].iloc[-YEAR:]
    return float(values.sum()) * YEAR / len(values)


def _size(change: float, w: Words) -> str:
    if abs(change) < NOTHING:
        return w.t("lab.size.none")
    size = "small" if abs(change) < SMALL else "clear" if abs(change) < LARGE else "large"
    return w.t(f"lab.size.{'up' if change > 0 else 'down'}_{size}")
