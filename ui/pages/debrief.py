"""Debrief, alone: what the run open in the Lab amounts to, panel by panel; for the projector, as a file, as PDF, and paper for a class."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.catalogue import scenario
from ui.debrief.as_html import as_html
from ui.debrief.as_pdf import as_pdf
from ui.debrief.fork import title
from ui.debrief.hindsight import Hindsight
from ui.debrief.make import PARTS, debrief, made
from ui.debrief.panels import Debrief, Panel
from ui.debrief.story import of_view
from ui.happened import refused_words
from ui.outcome import nothing_added, play
from ui.pages.debrief_parts import contents, one_at_a_time, show_panel
from ui.pages.desk import desk, language, say_if_in_english, write_link
from ui.pages.nothing import nothing_open
from ui.pages.print_panel import print_panel, scenario_offers, slug
from ui.pages.start import Pages
from ui.print.sheet import SIZES
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View, check

DEBRIEFS_KEPT = 24
FORK = "debrief-fork"
_SEEN: Shelf[Hindsight] = Shelf(8)  # holds whole runs: few
_MADE: Shelf[Debrief] = Shelf(DEBRIEFS_KEPT)


def show(pages: Pages) -> None:
    """Draw the page for the open view, or say that none is open."""
    w = language()
    try:
        found = desk()
        if found.view is None:
            nothing_open(pages, w.t("debrief.page"), w.t("debrief.no_run"), w)
            return
        view = found.view
        setting = scenario(view.scenario)
        check(view, setting)
        story = of_view(view, setting)
        write_link(found)
        st.title(plain(w.t("debrief.title", scenario=tell(setting.title, setting.id, w))), anchor=False)
        say_if_in_english(setting.id, w)
        st.markdown(f"#### {plain(tell(setting.question, setting.id, w))}", anchors=False)
        large = st.toggle(w.t("debrief.screen"), key="debrief-screen", help=w.t("debrief.screen_help"))
        seen = _SEEN.get((*story.key, w.language), lambda: Hindsight(story, w, _played(view, setting)))
        whole = _whole(seen, w, large)
    except (api.Refusal, api.NoEquilibrium) as problem:
        st.error(plain(w.t("lab.problem", problem=refused_words(str(problem), w))))
        return
    if large:
        one_at_a_time(whole.panels, "debrief", w)
        return
    st.header(w.t("debrief.files"), anchor=False)
    st.markdown(w.t("debrief.files_text"))
    files(whole, "debrief", w)
    with st.expander(w.t("print.panel"), icon=":material/print:", key="debrief-print"):
        print_panel(scenario_offers(setting, w), setting.title, "debrief-print", w)


def _played(view: View, setting: api.Scenario) -> tuple[api.Run, api.Run]:
    """The run and its twin as the Lab plays them, so that coming from there nobody waits for them again."""
    return play(view, view.choice, setting).run, play(view, nothing_added(setting), setting).run


def _whole(seen: Hindsight, w: Words, large: bool) -> Debrief:
    """The debrief; each panel is drawn as soon as it is made, unless the projector shows one at a time."""
    working = st.empty()
    working.progress(0.0, w.t("debrief.working", what=w.t("debrief.timeline.heading")))
    picked = 0 if large else min(int(st.session_state.get(FORK, 0)), max(len(seen.forks) - 1, 0))
    st.caption(plain(debrief(seen, ()).about))
    if not large:
        contents({name: w.t(f"debrief.{name}.heading") for name in PARTS}, w)
    key = (*seen.story.key, w.language, picked)
    drawn: list[str] = []

    def make() -> Debrief:
        panels: list[Panel] = []
        names = list(PARTS)
        for panel in made(seen, picked=picked):
            panels.append(panel)
            if not large:
                _draw(panel, seen, w)
                drawn.append(panel.key)
            after = names.index(panel.key) + 1
            if after < len(names):
                working.progress(after / len(names), w.t("debrief.working", what=w.t(f"debrief.{names[after]}.heading")))
        return debrief(seen, panels)

    whole = _MADE.get(key, make)
    working.empty()
    if not large and not drawn:
        for panel in whole.panels:
            _draw(panel, seen, w)
    return whole


def _draw(panel: Panel, seen: Hindsight, w: Words) -> None:
    """A panel; above the fork stands which of the suggested ones is played."""
    show_panel(panel, "debrief", w, before=(lambda: _pick(seen, w)) if panel.key == "fork" and len(seen.forks) > 1 else None)


def _pick(seen: Hindsight, w: Words) -> None:
    names = {place: title(one, seen) for place, one in enumerate(seen.forks)}
    st.selectbox(w.t("debrief.picked"), list(names), format_func=lambda place: names[place], key=FORK)


def files(whole: Debrief, key: str, w: Words) -> None:
    """Buttons that make the HTML file and the PDF, and save them."""
    size = str(st.radio(w.t("print.size"), list(SIZES), format_func=lambda name: w.t(f"print.sizes.{name}"), horizontal=True, key=f"{key}-paper"))
    with st.container(horizontal=True):
        wanted = [name for name in ("html", "pdf") if st.button(w.t(f"debrief.make_{name}"), key=f"{key}-make-{name}", icon=":material/download:")]
    for name in wanted:
        data: str | bytes = as_html(whole, w) if name == "html" else as_pdf(whole, size, w)
        st.download_button(
            w.t(f"debrief.save_{name}"),
            data,
            file_name=f"{slug(whole.title)}-debrief.{name}",
            mime="text/html" if name == "html" else "application/pdf",
            key=f"{key}-save-{name}",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
