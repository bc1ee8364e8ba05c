"""The World: who depends on whom, what is in force, what statistics miss and what happened, for the run open in the Lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.catalogue import scenario
from ui.charts.chart import Chart
from ui.charts.dependence import dependence, fitting
from ui.charts.hidden_trade import hidden_trade
from ui.controls import level_words, lever_words
from ui.happened import event_words, refused_words
from ui.outcome import YEAR, Outcome, against, play, roles_of
from ui.pages.desk import desk, language, say_if_in_english, write_link
from ui.pages.nothing import nothing_open
from ui.pages.shown import WIDE, pick_year, show_chart
from ui.pages.start import Pages
from ui.pages.world_inside import inside
from ui.politics import place_in_quarter
from ui.roles import Roles
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View, check

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

CHARTS_KEPT = 60
STATES_SHOWN = 8  # at first: more numbers do not fit on a phone

_CHARTS: Shelf[Chart | None] = Shelf(CHARTS_KEPT)


def show(pages: Pages) -> None:
    """Draw the page for the open view, or say that none is open."""
    w = language()
    try:
        found = desk()
        if found.view is None:
            nothing_open(pages, w.t("world.page"), w.t("world.no_run"), w)
            return
        view = found.view
        setting = scenario(view.scenario)
        check(view, setting)
        outcome = play(view, view.choice, setting)
    except (api.Refusal, api.NoEquilibrium) as problem:
        st.title(w.t("world.page"), anchor=False)
        st.error(plain(w.t("lab.problem", problem=refused_words(str(problem), w))))
        return
    write_link(found)
    st.title(plain(w.t("world.title", scenario=tell(setting.title, setting.id, w))), anchor=False)
    say_if_in_english(setting.id, w)
    st.markdown(w.t("world.text"))
    labels = [w.quarter(quarter, setting.start) for quarter in range(outcome.quarters)]
    quarter = opens_at(outcome)
    if outcome.quarters > 1:
        quarter = st.select_slider(
            w.t("world.quarter"),
            options=list(range(outcome.quarters)),
            value=quarter,
            format_func=lambda place: labels[place],
            key=f"world-quarter-{quarter}-{outcome.quarters}",
        )
    names = {state.id: state.name for state in setting.states}
    left, right = st.columns(2, gap="large")
    with left:
        _dependence(outcome, roles_of(outcome, setting), quarter, names, view, w)
    with right:
        hidden = _hidden(outcome, quarter, names, view, w)
        if not hidden:
            _measures(outcome, setting, quarter, labels[quarter], names, w)
    if hidden:
        _measures(outcome, setting, quarter, labels[quarter], names, w)
    _events(outcome, setting, labels, names, w)
    inside(outcome, setting, view, names, labels, w, _CHARTS)


def opens_at(outcome: Outcome) -> int:
    """The quarter the page opens at: the last in which anything is in force, else the last of all."""
    return outcome.quarters - 1 if outcome.measures.empty else int(outcome.measures["quarter"].max())


def _year(values: NDArray[np.float64], quarter: int) -> NDArray[np.float64]:
    """The mean of the year that ends with `quarter`, scaled to a year."""
    year: NDArray[np.float64] = YEAR * values[max(0, quarter - YEAR + 1) : quarter + 1].mean(axis=0)
    return year


def _dependence(outcome: Outcome, roles: Roles, quarter: int, names: dict[str, str], view: View, w: Words) -> None:
    trade = _year(outcome.true_trade, quarter)
    size = trade.sum(axis=0) + trade.sum(axis=1)
    by_size = [outcome.ids[place] for place in (-size).argsort()]
    wanted = [*roles.target, *(state for state in by_size if state not in roles.target)][:STATES_SHOWN]
    first = [state for state in outcome.ids if state in wanted]
    shown = first
    if len(outcome.ids) > STATES_SHOWN:
        shown = st.multiselect(
            w.t("world.states"),
            list(outcome.ids),
            default=first,
            format_func=lambda state: names[state],
            key=f"world-states-{view.scenario}",
        )
    if len(shown) < 2:
        shown = first
    key = ("dependence", outcome.key, quarter, tuple(shown), w.language)
    chart = _CHARTS.get(key, lambda: dependence(trade, outcome.ids, shown, names, w))
    if chart is not None:
        note = w.t("world.dependence_key")
        if not fitting(shown, names):
            note += " " + "; ".join(f"{state} {names[state]}" for state in shown)
        show_chart(chart, w.t("world.dependence"), "dependence", w, note)


def _hidden(outcome: Outcome, quarter: int, names: dict[str, str], view: View, w: Words) -> bool:
    """Draw what statistics miss; False where they miss nothing."""
    true, recorded = _year(outcome.true_trade, quarter), _year(outcome.recorded_trade, quarter)
    key = ("hidden", outcome.key, quarter, w.language)
    chart = _CHARTS.get(key, lambda: hidden_trade(true, recorded, outcome.ids, names, w))
    if chart is not None:
        show_chart(chart, w.t("world.hidden"), "hidden", w)
    return chart is not None


def _measures(outcome: Outcome, setting: api.Scenario, quarter: int, when: str, names: dict[str, str], w: Words) -> None:
    import pandas as pd

    st.subheader(w.t("world.measures", when=when), anchor=False)
    table = outcome.measures
    since = table.groupby("measure")["quarter"].min()
    force = table[table["quarter"] == quarter]
    if force.empty:
        st.markdown(w.t("world.measures_none", when=when))
        return
    ages = [quarter - int(since[measure]) + 1 for measure in force["measure"]]
    age = w.t("world.age", count=max(ages))
    st.markdown(w.t("world.measures_in_force", count=len(force), against=w.number(against(outcome.run, quarter)), age=age))
    sectors = {sector.id: tell(sector.name, setting.id, w) for sector in setting.sectors}
    rows = []
    for row, quarters in zip(force.to_dict("records"), ages, strict=True):
        lever = api.LEVERS[row["lever"]]
        rows.append(
            (
                lever_words(lever, "label", w),
                names.get(row["sender"], row["sender"]),
                names.get(row["target"], row["target"]),
                sectors.get(row["sector"], w.t("common.all_sectors")),
                level_words(lever.value, float(row["level"]), w),
                (w.maybe(f"world.purpose.{row['purpose']}") or row["purpose"]) if row["purpose"] else "",
                quarters,
            )
        )
    columns = [w.t(f"world.column.{name}") for name in ("lever", "sender", "target", "sector", "level", "purpose", "age")]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, width=WIDE, key="world-measures")


def in_order(events: pd.DataFrame) -> list[str]:
    """The sentences of one quarter's events, those that lift or settle last."""
    told = sorted(zip(events["event"], events["text"], strict=True), key=lambda pair: place_in_quarter(str(pair[0])))
    return [str(text) for _, text in told]


def _events(outcome: Outcome, setting: api.Scenario, labels: list[str], names: dict[str, str], w: Words) -> None:
    """What was written down, a year at a time: sentences that wrap, since a table's cells would cut them on a phone."""
    st.subheader(w.t("world.events"), anchor=False)
    events = outcome.events
    if events.empty:
        st.markdown(w.t("world.events_none"))
        return
    year = 0
    if outcome.quarters > YEAR:
        year = pick_year(w.t("world.year"), outcome.quarters, int(events["quarter"].min()) // YEAR, setting.start, f"world-year-{setting.id}", w)
    kinds = sorted(events["event"].unique())
    called = {kind: w.maybe(f"world.kind.{kind}") or kind for kind in kinds}
    chosen = []
    if len(kinds) > 1:
        chosen = st.multiselect(w.t("world.of_kind"), kinds, format_func=lambda kind: called[kind], key="world-kinds", placeholder=w.t("world.every_kind"))
    shown = events[(events["quarter"] // YEAR == year) & (events["event"].isin(chosen) if chosen else True)]
    if shown.empty:
        st.markdown(w.t("world.events_none_year"))
    for quarter in shown["quarter"].unique():
        label = labels[int(quarter)]
        texts = in_order(shown[shown["quarter"] == quarter])
        told = [event_words(text, names, w, lambda said: tell(said, setting.id, w)) for text in texts]
        st.markdown(f"**{plain(label[:1].upper() + label[1:])}**\n\n" + "\n".join(f"- {plain(text)}" for text in told))
