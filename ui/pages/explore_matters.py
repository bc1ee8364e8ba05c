"""What matters: the numbers of the model moved to both ends of their ranges, one at a time, and how far an outcome moves with each."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.assumptions import groups as all_groups
from ui.charts.tornado import tornado
from ui.outcome import focus_of
from ui.pages.desk import say_if_names_in_english
from ui.pages.explore_luck import runs_query
from ui.pages.long_work import keep, kept, long_work
from ui.pages.shown import show_chart
from ui.text import Words
from ui.view import View

OUTCOMES = ("income", "exports", "prices", "demand")
SEEDS = (2, 4, 8, 16)
MOST_RUNS = 2000
FIRST = ("trade",)


def matters(view: View, setting: api.Scenario, w: Words) -> None:
    """Ask what to move and what to look at, work it out, draw it."""
    names = {state.id: state.name for state in setting.states}
    first = focus_of(view, setting)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcomes = OUTCOMES if setting.disputes else OUTCOMES[:3]
        before = kept("matters-outcome", outcomes[0])
        chosen_before = outcomes.index(before) if before in outcomes else 0
        outcome = st.selectbox(
            w.t("explore.ask.outcome"),
            outcomes,
            index=chosen_before,
            format_func=lambda name: w.t(f"explore.matters.{name}"),
            key="matters-outcome",
            width=380,
        )
        focus = first
        if outcome != "demand":
            focus = str(
                st.selectbox(
                    w.t("explore.ask.state"), list(names), index=list(names).index(first), format_func=lambda name: names[name], key="matters-state", width=220
                )
            )
    groups = st.pills(
        w.t("explore.ask.groups"),
        all_groups(),
        selection_mode="multi",
        default=kept("matters-groups", FIRST),
        format_func=lambda group: w.t(f"model.numbers.group.{group}"),
        help=w.t("explore.ask.groups_help"),
        key="matters-groups",
    )
    seeds = st.segmented_control(
        w.t("explore.ask.matters_seeds"),
        SEEDS,
        default=kept("matters-seeds", SEEDS[0]),
        required=True,
        format_func=lambda count: w.number(count),
        key="matters-seeds",
    )
    for key, value in (("matters-outcome", outcome), ("matters-groups", groups), ("matters-seeds", seeds)):
        keep(key, value)
    chosen = [name for name, parameter in api.PARAMETERS.items() if parameter.group in groups and parameter.free and parameter.low < parameter.high]
    runs = int(seeds) * (1 + 2 * len(chosen))
    if not chosen:
        st.info(w.t("explore.ask.none"))
        return
    if runs > MOST_RUNS:
        st.warning(w.t("explore.ask.too_many", runs=w.number(runs), most=w.number(MOST_RUNS)))
        return
    st.caption(w.t("explore.ask.runs", runs=w.number(runs)))
    say_if_names_in_english(w)
    asked = {
        "kind": "numbers", "view": runs_query(view), "digest": setting.digest, "seeds": int(seeds), "names": chosen, "outcome": outcome, "focus": focus,
    }  # fmt: skip
    found = long_work(asked, "matters", w.t("explore.ask.start"), w)
    if found is None:
        return
    labels = {name: parameter.label for name, parameter in api.PARAMETERS.items()}
    axis = w.t(f"explore.matters.{outcome}")
    chart = tornado(found["base"], found["swings"], labels, axis, w)
    if chart is None:
        st.info(w.t("explore.run.empty"))
        return
    done = len(found["swings"]) + len(found["failed"])
    if done < found["asked"]:
        st.warning(w.t("explore.run.stopped_numbers", finished=w.number(done), asked=w.number(found["asked"])), icon=":material/stop_circle:")
    show_chart(chart, w.t("explore.matters.chart"), "tornado", w, w.t("explore.matters.key"))
    if found["failed"]:
        st.caption(w.t("explore.matters.failed", count=len(found["failed"])))
    st.caption(w.t("explore.matters.take"))
