"""Politics: what happened in the run open in the Lab and why, disputes, ties, votes, agreements, and the same history under other theories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from sim import api
from ui.catalogue import scenario
from ui.happened import refused_words
from ui.outcome import YEAR, play
from ui.pages.desk import Desk, desk, language, say_if_in_english, write_link
from ui.pages.nothing import nothing_open
from ui.pages.politics_parts import Scene, agreements, disputes, theories, ties, votes
from ui.pages.shown import pick_year
from ui.pages.start import Pages
from ui.pages.why import why_all
from ui.politics import KINDS, Item, feed, names_of
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import LARGEST_SEED, View, check

ICONS = {
    "decision": ":material/gavel:",
    "vote": ":material/how_to_vote:",
    "deal": ":material/handshake:",
    "measure": ":material/block:",
    "news": ":material/newspaper:",
}
_FEEDS: Shelf[list[Item]] = Shelf(40)


def show(pages: Pages) -> None:
    """Draw the page for the open view, or say that none is open."""
    w = language()
    try:
        found = desk()
        if found.view is None:
            nothing_open(pages, w.t("politics.page"), w.t("politics.no_run"), w)
            return
        view = found.view
        setting = scenario(view.scenario)
        check(view, setting)
        outcome = play(view, view.choice, setting)
    except (api.Refusal, api.NoEquilibrium) as problem:
        st.title(w.t("politics.page"), anchor=False)
        st.error(plain(w.t("lab.problem", problem=refused_words(str(problem), w))))
        return
    write_link(found)
    st.title(plain(w.t("politics.title", scenario=tell(setting.title, setting.id, w))), anchor=False)
    say_if_in_english(setting.id, w)
    st.markdown(w.t("politics.text"))
    _head(found, view, setting, w)
    scene = Scene(outcome, setting, names_of(setting), view, w)
    parts: dict[str, Callable[[Scene], None]] = {
        "feed": _feed,
        "disputes": disputes,
        "ties": ties,
        "votes": votes,
        "agreements": agreements,
        "theories": lambda scene: theories(scene, found),
    }
    part = st.segmented_control(
        w.t("politics.parts"),
        list(parts),
        default="feed",
        required=True,
        format_func=lambda name: w.t(f"politics.part.{name}"),
        key="politics-part",
        label_visibility="collapsed",
    )
    parts[str(part)](scene)
    if "debrief" in pages:
        st.page_link(pages["debrief"], label=w.t("debrief.from_lab"), icon=":material/history_edu:")


def _head(found: Desk, view: View, setting: api.Scenario, w: Words) -> None:
    key = f"politics-{found.revision}"
    names = {"": w.t("politics.theory_own", theory=w.t(f"politics.theory.{setting.theory}")), **{name: w.t(f"politics.theory.{name}") for name in api.THEORIES}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            w.t("politics.theory_pick"),
            list(names),
            index=list(names).index(view.theory),
            format_func=lambda name: names[name],
            key=f"{key}-theory",
            width=380,
            help=w.t("politics.theory_help"),
            on_change=lambda: found.change(replace(view, theory=str(st.session_state[f"{key}-theory"]))),
        )
        again = replace(view, seed=(view.seed + 1) % LARGEST_SEED)
        st.button(w.t("politics.again"), icon=":material/casino:", key="politics-again", help=w.t("lab.seed_help"), on_click=found.replace, args=(again,))
    theory = api.THEORIES[view.theory or setting.theory]
    st.caption(plain(w.t("politics.luck", seed=view.seed, claim=w.phrase(theory.claim))))


def _feed(scene: Scene) -> None:
    w, outcome = scene.w, scene.outcome
    items = _FEEDS.get((outcome.key, w.language), lambda: feed(outcome.run, scene.setting, w))
    year = pick_year(w.t("politics.year"), outcome.quarters, _first_year(items), scene.setting.start, "politics-year", w)
    kinds = st.pills(
        w.t("politics.kinds"), list(KINDS), selection_mode="multi", format_func=lambda kind: w.t(f"politics.kind.{kind}"), key="politics-kinds"
    )
    quiet = st.toggle(w.t("politics.quiet"), key="politics-quiet", help=w.t("politics.quiet_help"))
    shown = [item for item in items if item.quarter // YEAR == year and (not kinds or item.kind in kinds) and (quiet or not item.quiet)]
    st.caption(w.t("politics.click"))
    if not shown:
        st.markdown(w.t("politics.nothing"))
    for quarter in range(year * YEAR, min((year + 1) * YEAR, outcome.quarters)):
        now = [item for item in shown if item.quarter == quarter]
        if now:
            label = scene.label(quarter)
            st.markdown(f"**{plain(label[:1].upper() + label[1:])}**")
            with st.container(gap="xsmall"):
                for place, item in enumerate(now):
                    _item(item, f"item-{quarter}-{place}", scene)


def _item(item: Item, key: str, scene: Scene) -> None:
    text = plain(item.text)
    if not item.choices:
        st.markdown(f"{ICONS[item.kind]} {text}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"{ICONS[item.kind]} {text}", width="content")
        if st.button(scene.w.t("politics.ask"), type="tertiary", icon=":material/help:", key=key):
            _dialog(item, scene)


def _dialog(item: Item, scene: Scene) -> None:
    @st.dialog(scene.w.t("politics.why.title", when=scene.label(item.quarter)), width="large")
    def answer() -> None:
        why_all(item.choices, scene.outcome.run, scene.names, "why", scene.w)

    answer()


def _first_year(items: list[Item]) -> int:
    """The year in which governments first decide something new."""
    return next((item.quarter // YEAR for item in items if item.choices and not item.quiet), 0)
