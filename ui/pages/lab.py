"""The Lab: pick a scenario, change who does what to whom, and see who pays, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from sim import api
from ui.catalogue import cards, scenario
from ui.happened import named, refused_words
from ui.outcome import Outcome, Progress, nothing_added, play
from ui.pages.desk import Desk, desk, language, say_if_in_english, write_link
from ui.pages.lab_measures import ask_words, measures_panel, try_one
from ui.pages.lab_results import Comparison, results
from ui.pages.print_panel import print_panel, scenario_offers
from ui.pages.start import Pages, scenario_cards
from ui.telling import tell
from ui.text import Words, plain
from ui.view import LARGEST_SEED, MOST_QUARTERS, View, check

FOCUS = 190  # pixels; beside the settings on a phone
PATIENCE = 0.5  # seconds before a progress bar appears


def show(pages: Pages) -> None:
    """Draw the page: the scenarios when none is open, else the open one."""
    w = language()
    try:
        found = desk()
        view = found.view
        setting = None if view is None else scenario(view.scenario)
        if view is not None and setting is not None:
            check(view, setting)
    except api.Refusal as problem:
        _bad_link(problem, pages, w)
        return
    if view is None or setting is None:
        st.title(w.t("lab.page"), anchor=False)
        st.markdown(w.t("lab.choose"))
        scenario_cards(pages, cards(), w)
        return
    write_link(found)
    _head(found, view, setting, w)
    played, now, before = _runs(view, setting, w)
    if now is None or before is None:
        measures_panel(found, view, setting, w)
        return
    comparison = Comparison(played, setting, now, before, w)
    comparison.strip()
    noted = st.container()
    left, right = st.columns([4, 7], gap="large")
    with right:  # first: what a moved slider changes
        if comparison.same and not view.against_pin:
            st.info(w.t("lab.baseline_same"), icon=":material/lightbulb:")
            try_one(found, view, setting, w)
        results(comparison)
        if "debrief" in pages:
            st.page_link(pages["debrief"], label=w.t("debrief.from_lab"), icon=":material/history_edu:")
        with st.expander(w.t("print.panel"), icon=":material/print:", key="lab-print"):
            print_panel(scenario_offers(setting, w), setting.title, "lab-print", w)
    with left:
        measures_panel(found, view, setting, w, now)
    with noted:  # last: it may have to play the run without the newest measure
        _say_if_it_changed_nothing(played, setting, now, w)


def _bad_link(problem: api.Refusal, pages: Pages, w: Words) -> None:
    st.title(w.t("lab.page"), anchor=False)
    st.error(plain(w.t("lab.bad_link", problem=problem)), icon=":material/link_off:")
    name, titles = st.query_params.get("scenario", ""), dict(api.scenarios())
    st.session_state.pop("desk", None)
    if name in titles:
        label = w.t("lab.open_plain", title=plain(tell(titles[name], name, w)))
        st.button(label, icon=":material/play_arrow:", key="open-plain", on_click=_open_plain, args=(name,))
    st.markdown(w.t("lab.bad_link_do"))
    scenario_cards(pages, cards(), w)


def _open_plain(name: str) -> None:
    st.query_params.from_dict({"scenario": name})


def _head(found: Desk, view: View, setting: api.Scenario, w: Words) -> None:
    key = f"lab-{found.revision}"
    st.title(plain(tell(setting.title, setting.id, w)), anchor=False)
    st.markdown(f"#### {plain(tell(setting.question, setting.id, w))}", anchors=False)
    say_if_in_english(setting.id, w)
    if setting.text.briefing:
        with st.expander(w.t("lab.briefing"), icon=":material/article:"):
            st.markdown(plain(tell(setting.text.briefing, setting.id, w)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(w.t("lab.undo"), icon=":material/undo:", shortcut="Ctrl+Z", key="undo", disabled=not found.past, on_click=found.undo)
        st.button(w.t("lab.redo"), icon=":material/redo:", shortcut="Ctrl+Y", key="redo", disabled=not found.future, on_click=found.redo)
        _pin_buttons(found, view, w)
        with st.popover(w.t("lab.share"), icon=":material/link:"):
            st.markdown(w.t("lab.share_text"))
            st.code(_address(view), language=None, wrap_lines=True)
        _look(found, view, setting, key, w)
        with st.popover(w.t("lab.settings"), icon=":material/settings:"):
            _settings(found, view, setting, key, w)
    if view.numbers:
        with st.container(horizontal=True, vertical_alignment="center"):
            changed = [f"{api.PARAMETERS[name].label}: {w.short(value)}" for name, value in view.numbers]
            st.caption(plain(w.t("lab.numbers", count=len(changed), numbers="; ".join(changed))), width="content")
            plain_view = replace(view, numbers=())
            st.button(w.t("lab.numbers_back"), icon=":material/undo:", key="numbers-back", on_click=found.replace, args=(plain_view,))
    if view.pin is not None:
        options = ["none", "pin"]
        st.segmented_control(
            w.t("lab.compare"),
            options,
            default="pin" if view.against_pin else "none",
            required=True,
            key=f"{key}-versus",
            format_func=lambda option: w.t(f"lab.compare_{option}"),
            on_change=lambda: found.change(replace(view, against_pin=st.session_state[f"{key}-versus"] == "pin")),
        )


def _look(found: Desk, view: View, setting: api.Scenario, key: str, w: Words) -> None:
    names = {"": w.t("lab.look_main"), **{state.id: state.name for state in setting.states}}
    st.selectbox(
        w.t("lab.look"),
        list(names),
        index=list(names).index(view.look),
        format_func=lambda state: names[state],
        key=f"{key}-look",
        label_visibility="collapsed",
        width=FOCUS,
        on_change=lambda: found.change(replace(view, look=str(st.session_state[f"{key}-look"]))),
    )


def _pin_buttons(found: Desk, view: View, w: Words) -> None:
    if view.pin is None:
        pinned = replace(view, pin=view.choice, against_pin=True)
        st.button(w.t("lab.pin"), icon=":material/keep:", key="pin", help=w.t("lab.pin_help"), on_click=found.replace, args=(pinned,))
        return
    back = replace(view, choice=view.pin)
    st.button(w.t("lab.swap"), icon=":material/restore:", key="swap", help=w.t("lab.swap_help"), on_click=found.replace, args=(back,))
    freed = replace(view, pin=None, against_pin=False)
    st.button(w.t("lab.unpin"), icon=":material/keep_off:", key="unpin", on_click=found.replace, args=(freed,))


def _settings(found: Desk, view: View, setting: api.Scenario, key: str, w: Words) -> None:
    others = {card.id: tell(card.title, card.id, w) for card in cards() if card.setting is not None}
    st.selectbox(
        w.t("lab.pick"),
        list(others),
        index=list(others).index(view.scenario),
        format_func=lambda name: others[name],
        key=f"{key}-scenario",
        on_change=lambda: found.replace(View(st.session_state[f"{key}-scenario"])),
    )
    st.number_input(
        w.t("lab.seed"),
        0,
        LARGEST_SEED,
        view.seed,
        help=w.t("lab.seed_help"),
        key=f"{key}-seed",
        on_change=lambda: found.change(replace(view, seed=int(st.session_state[f"{key}-seed"]))),
    )
    st.number_input(
        w.t("lab.quarters"),
        1,
        MOST_QUARTERS,
        view.length(setting),
        help=w.t("lab.quarters_help"),
        key=f"{key}-quarters",
        on_change=lambda: found.replace(replace(view, quarters=int(st.session_state[f"{key}-quarters"]))),
    )
    st.button(w.t("lab.reset"), icon=":material/restart_alt:", key="reset", on_click=found.replace, args=(View(view.scenario),))


def _address(view: View) -> str:
    from urllib.parse import urlencode

    base = (st.context.url or "").partition("?")[0]
    return f"{base}?{urlencode(view.to_query(), doseq=True)}"


def _runs(view: View, setting: api.Scenario, w: Words) -> tuple[View, Outcome | None, Outcome | None]:
    """What was played, this run and the run it is compared with. A newest measure that cannot be used is left out, with a sentence on the page; no
    runs, with a sentence, where there is no answer without it either."""
    other = view.pin if view.pin is not None and view.against_pin else nothing_added(setting)
    with _progress(w) as progress:
        try:
            return view, play(view, view.choice, setting, progress), play(view, other, setting, progress)
        except (api.NoEquilibrium, api.Refusal) as problem:
            refused: Exception = problem
        if view.choice.asks:
            played = view.with_ask(len(view.choice.asks) - 1, None)
            try:
                runs = play(played, played.choice, setting, progress), play(played, other, setting, progress)
            except (api.NoEquilibrium, api.Refusal) as problem:
                refused = problem
            else:
                _left_out(view, setting, refused, w)
                return played, *runs
    st.error(plain(w.t("lab.problem", problem=refused_words(str(refused), w))), icon=":material/error:")
    return view, None, None


def _say_if_it_changed_nothing(view: View, setting: api.Scenario, now: Outcome, w: Words) -> None:
    """A sentence where the newest measure leaves everybody's income as it is without it, as most deeds do."""
    if not view.choice.asks:
        return
    without = view.with_ask(len(view.choice.asks) - 1, None)
    try:
        before = play(without, without.choice, setting)
    except (api.NoEquilibrium, api.Refusal):
        return  # the newest mends what is wrong with the others, so it does change something
    if now.wide("real_income").equals(before.wide("real_income")):
        measure = ask_words(view.choice.asks[-1], {state.id: state.name for state in setting.states}, w)
        st.info(plain(w.t("lab.changed_nothing", measure=measure)), icon=":material/info:")


def _left_out(view: View, setting: api.Scenario, refused: Exception, w: Words) -> None:
    """Say that the newest measure is left out, why, and what to change."""
    ask = view.choice.asks[-1]
    names = {state.id: state.name for state in setting.states}
    measure, when = ask_words(ask, names, w), w.quarter(ask.start, setting.start)
    text = w.t("lab.left_out", measure=measure, when=when, problem=named(refused_words(str(refused), w), names))
    st.warning(plain(text), icon=":material/error:")


@contextmanager
def _progress(w: Words) -> Iterator[Progress]:
    place = st.empty()
    began = time.monotonic()

    def report(done: int, total: int) -> None:
        if time.monotonic() - began > PATIENCE:
            place.progress(done / total, w.t("lab.running", done=w.number(done), total=w.number(total)))

    yield report
    place.empty()
