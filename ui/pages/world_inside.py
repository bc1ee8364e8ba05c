"""The World, inside one state: who pays among people, reserves and prices, what it makes at home. One chart at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.charts.chart import Chart
from ui.charts.localisation import COLUMNS as INDUSTRY
from ui.charts.localisation import localisation
from ui.charts.over_time import Times
from ui.charts.people_pay import people_pay
from ui.charts.reserves_prices import COLUMNS as MONEY
from ui.charts.reserves_prices import reserves_prices
from ui.outcome import YEAR, Outcome, first_difference, nothing_added, play, roles_of, turns
from ui.pages.shown import show_chart
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VIEWS = ("people", "money", "industry")


def inside(outcome: Outcome, setting: api.Scenario, view: View, names: dict[str, str], labels: list[str], w: Words, charts: Shelf[Chart | None]) -> None:
    """Draw the section: a choice of view, of state and of sector, and the chart."""
    st.subheader(w.t("world.inside.title"), anchor=False)
    shown = st.segmented_control(
        w.t("world.inside.view"), VIEWS, default=VIEWS[0], format_func=lambda name: w.t(f"world.inside.{name}"), key="world-inside", required=True
    )
    if shown == "people":
        _people(outcome, setting, view, names, w, charts)
        return
    roles = roles_of(outcome, setting)
    first = next(iter(roles.target), setting.state_ids[0])
    state = st.selectbox(
        w.t("world.inside.state"),
        list(setting.state_ids),
        index=setting.state_ids.index(first),
        format_func=lambda name: names[name],
        key=f"world-state-{view.scenario}",
    )
    years = [w.year(quarter, setting.start) for quarter in range(0, outcome.quarters, YEAR)]
    times = Times(labels, years, "" if setting.start else w.t("charts.over_time.axis"), turns(outcome))
    if shown == "money":
        made = charts.get(("money", outcome.key, state, w.language), lambda: reserves_prices(_series(outcome, state), names[state], times, w))
        assert made is not None
        show_chart(made, w.t("world.inside.chart_money", state=plain(names[state])), "inside-money", w)
        return
    ids = list(setting.sector_ids)
    high_tech = next((sector.id for sector in setting.sectors if sector.kind == "high_tech"), ids[0])
    sectors = {sector.id: tell(sector.name, setting.id, w) for sector in setting.sectors}
    sector = st.selectbox(
        w.t("world.inside.sector"), ids, index=ids.index(high_tech), format_func=lambda name: sectors[name], key=f"world-sector-{view.scenario}"
    )
    made = charts.get(
        ("industry", outcome.key, state, sector, w.language),
        lambda: localisation(_industry(outcome, setting, state, sector), names[state], sectors[sector].lower(), times, w),
    )
    assert made is not None
    show_chart(made, w.t("world.inside.chart_industry", state=plain(names[state])), "inside-industry", w)


def _people(outcome: Outcome, setting: api.Scenario, view: View, names: dict[str, str], w: Words, charts: Shelf[Chart | None]) -> None:
    before = play(view, nothing_added(setting), setting)
    now, then = (run.run.record.series("households", "disposable") for run in (outcome, before))
    roles, since = roles_of(outcome, setting), first_difference(outcome, before)
    key = "people", outcome.key, before.key, w.language
    chart = None if outcome.measures.empty else charts.get(key, lambda: people_pay(now, then, setting.state_ids, roles, names, since, w))
    if chart is None:
        st.markdown(w.t("world.inside.no_target"))
        return
    show_chart(chart, w.t("world.inside.chart_people"), "inside-people", w, w.t("world.inside.note_people"))


def _series(outcome: Outcome, state: str) -> dict[str, NDArray[np.float64]]:
    place = outcome.ids.index(state)
    return {name: outcome.run.record.series("states", name)[:, place] for name in MONEY}


def _industry(outcome: Outcome, setting: api.Scenario, state: str, sector: str) -> dict[str, NDArray[np.float64]]:
    place, row = outcome.ids.index(state), setting.sector_ids.index(sector)
    record = outcome.run.record
    series = {name: record.series("sectors", name)[:, place, row] for name in INDUSTRY[:3]}
    return {**series, "licence_fees": -record.series("states", "licence_fees")[:, place].clip(max=0.0)}
