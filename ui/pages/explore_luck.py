"""How far luck goes: bands over seeds, where disputes end, and how often the verdict on measures is a success."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim import api
from ui.charts.bands import bands
from ui.charts.chart import Chart
from ui.charts.endings import endings
from ui.charts.over_time import Times
from ui.charts.verdict_shares import verdict_shares
from ui.outcome import YEAR, focus_of
from ui.pages.long_work import keep, kept, long_work
from ui.pages.shown import show_chart
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View

SEEDS = (20, 50, 100, 200)
OUTCOMES = ("real_income", "price_index", "exports_true", "imports_true", "poverty_gap", "support_public")
IN_POINTS = ("poverty_gap", "support_public")
_CHARTS: Shelf[Chart] = Shelf(80)


def luck(view: View, setting: api.Scenario, w: Words) -> None:
    """Ask how many seeds, work them out, draw what came of it."""
    seeds = st.segmented_control(
        w.t("explore.ask.seeds"),
        SEEDS,
        default=kept("explore-seeds", SEEDS[0]),
        required=True,
        format_func=lambda count: w.number(count),
        help=w.t("explore.ask.seeds_help"),
        key="explore-seeds",
    )
    keep("explore-seeds", seeds)
    asked = {"kind": "seeds", "view": runs_query(view), "digest": setting.digest, "seeds": int(seeds)}
    found = long_work(asked, "luck", w.t("explore.ask.start"), w)
    if found is None:
        return
    if not found["bands"]:
        st.info(w.t("explore.run.empty"))
        return
    if found["finished"] < found["asked"]:
        st.warning(w.t("explore.run.stopped", finished=w.number(found["finished"]), asked=w.number(found["asked"])), icon=":material/stop_circle:")
    if found["failed"]:
        st.caption(w.t("explore.run.no_equilibrium", count=len(found["failed"])))
    key = (str(asked), found["finished"], w.language)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _bands(found, view, setting, key, w)
    with right:
        _disputes(found, setting, key, w)


def runs_query(view: View) -> dict[str, list[str]]:
    """What of a view decides the runs: not what it is compared with, nor who is looked at."""
    query = View(view.scenario, view.seed, view.quarters, view.choice, theory=view.theory, numbers=view.numbers).to_query()
    return {name: value if isinstance(value, list) else [value] for name, value in query.items()}


def _bands(found: dict[str, Any], view: View, setting: api.Scenario, key: tuple[object, ...], w: Words) -> None:
    names = {state.id: state.name for state in setting.states}
    first = focus_of(view, setting)
    one, other = st.columns(2)
    places = list(names)
    picked = one.selectbox(w.t("explore.luck.state"), places, index=places.index(first), format_func=lambda name: names[name], key="explore-state")
    state = str(picked)
    outcome = str(other.selectbox(w.t("explore.luck.outcome"), OUTCOMES, format_func=lambda name: w.t(f"explore.outcome.{name}"), key="explore-outcome"))
    levels = found["bands"][outcome][state]
    times = _times(len(levels), setting, w)
    unit = "points" if outcome in IN_POINTS else "percent"
    chart = _CHARTS.get(("bands", *key, state, outcome), lambda: bands(levels, names[state], w.t(f"explore.outcome.{outcome}"), unit, times, w))
    show_chart(chart, w.t("explore.luck.chart_bands"), "bands", w, w.t("explore.luck.bands_key"))


def _times(count: int, setting: api.Scenario, w: Words) -> Times:
    years = [w.year(quarter, setting.start) for quarter in range(0, count, YEAR)]
    return Times([w.quarter(quarter, setting.start) for quarter in range(count)], years, "" if setting.start else w.t("charts.over_time.axis"), [])


def _disputes(found: dict[str, Any], setting: api.Scenario, key: tuple[object, ...], w: Words) -> None:
    if not found["endings"]:
        st.info(w.t("explore.luck.no_disputes"), icon=":material/gavel:")
        return
    names = {state.id: state.name for state in setting.states}
    specs = {spec.id: spec for spec in setting.disputes}

    def title(name: str) -> str:
        spec = specs.get(name)
        if spec is None:
            return name
        return w.t("explore.luck.title_dispute", leader=names[spec.senders[0]], target=names[spec.target], issue=tell(spec.issue, setting.id, w))

    known = [name for name in specs if name in found["endings"]] + [name for name in found["endings"] if name not in specs]
    dispute = known[0]
    if len(known) > 1:
        dispute = str(st.selectbox(w.t("explore.luck.dispute"), known, format_func=title, key="explore-dispute"))
    else:
        st.markdown(f"**{plain(title(dispute))}**")
    met = found["met"][dispute]
    ends = found["endings"][dispute]
    short = title(dispute).partition(":")[0]
    chart = _CHARTS.get(("endings", *key, dispute), lambda: endings(ends, sum(met) / len(met), short, w))
    show_chart(chart, w.t("explore.luck.chart_endings"), "endings", w)
    counts = found["verdicts"].get(dispute)
    if not counts:
        st.caption(w.t("explore.luck.no_verdicts"))
        return
    show_chart(
        _CHARTS.get(("verdicts", *key, dispute), lambda: verdict_shares(counts, w)), w.t("explore.luck.chart_verdicts"), "verdicts", w,
        w.t("explore.luck.verdicts_key"),
    )  # fmt: skip
