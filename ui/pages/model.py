"""Inside the model: on one page in words, every number it assumes, its equations with a run's numbers, held against facts, how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from sim import api
from ui.catalogue import cards, scenario
from ui.pages.desk import Desk, desk, language_of, write_link
from ui.pages.model_equations import equations_part
from ui.pages.model_facts import facts_part
from ui.pages.model_numbers import numbers_part
from ui.pages.start import Pages
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View, check

WORDS = ("world", "trade", "money", "people", "government", "luck", "memory", "theories")
OUT = ("forecasts", "force", "banks", "migration", "expectation", "reactions", "detours", "health", "people", "evidence")


@dataclass(frozen=True)
class Room:
    """What every part of the page needs."""

    pages: Pages
    found: Desk
    view: View
    setting: api.Scenario
    w: Words


def show(pages: Pages) -> None:
    """Draw the page, on the view that is open in the Lab or, where none is, on the first scenario."""
    w = language_of("model")
    st.title(w.t("model.title"), anchor=False)
    try:
        found = desk()
        view = found.view or View(next(card.id for card in cards() if card.setting is not None))
        setting = scenario(view.scenario)
        check(view, setting)
    except api.Refusal as problem:
        st.error(plain(w.t("lab.bad_link", problem=problem)), icon=":material/link_off:")
        return
    if found.view is not None:
        write_link(found)
    room = Room(pages, found, view, setting, w)
    st.markdown(w.t("model.text"))
    parts: dict[str, Callable[[], None]] = {
        "words": lambda: _words(room),
        "numbers": lambda: numbers_part(pages, found, view, setting, w),
        "equations": lambda: equations_part(view, setting, w),
        "facts": lambda: facts_part(w),
        "cite": lambda: _cite(room),
    }
    part = st.segmented_control(
        w.t("model.page"),
        list(parts),
        default="words",
        required=True,
        format_func=lambda name: w.t(f"model.part.{name}"),
        key="model-part",
        label_visibility="collapsed",
    )
    if part in ("numbers", "equations", "cite"):
        _about(room)
    parts[str(part)]()


def _about(room: Room) -> None:
    w, view, setting = room.w, room.view, room.setting
    theory = w.t(f"politics.theory.{view.theory or setting.theory}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(w.t("model.about", scenario=tell(setting.title, setting.id, w), theory=theory, seed=view.seed)))
        with st.popover(w.t("model.pick"), icon=":material/menu_book:"):
            names = {card.id: tell(card.title, card.id, w) for card in cards() if card.setting is not None}
            key = f"model-{room.found.revision}-scenario"
            st.selectbox(
                w.t("model.pick"),
                list(names),
                index=list(names).index(view.scenario),
                format_func=lambda name: names[name],
                key=key,
                on_change=lambda: room.found.replace(View(str(st.session_state[key]))),
            )


def _words(room: Room) -> None:
    w = room.w
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(w.t("model.words.title"), anchor=False)
        for name in WORDS:
            st.markdown(w.t(f"model.words.{name}"))
    with right:
        st.subheader(w.t("model.words.out_title"), anchor=False)
        st.markdown(w.t("model.words.out_text"))
        st.markdown("\n".join(f"- {w.t(f'model.out.{name}')}" for name in OUT))
        if room.found.view is not None and room.setting.text.leaves_out:
            st.markdown(f"**{plain(w.t('model.words.out_scenario', scenario=tell(room.setting.title, room.setting.id, w)))}**")
            st.markdown("\n".join(f"- {plain(tell(line, room.setting.id, w))}" for line in room.setting.text.leaves_out))
        st.caption(w.t("model.cite.odd"))


def _cite(room: Room) -> None:
    w, view, setting = room.w, room.view, room.setting
    found = api.versions()
    version = found["sanctions-lab"]
    st.markdown(w.t("model.cite.version", version=version, python=found["python"], numpy=found["numpy"], mesa=found["mesa"]))
    st.markdown(w.t("model.cite.text"))
    theory = view.theory or setting.theory
    line = w.t("model.cite.line", version=version, scenario=tell(setting.title, setting.id, w), theory=w.t(f"politics.theory.{theory}"), seed=view.seed)
    for title, text in (
        ("how", line),
        ("link", f"/lab?{urlencode(view.to_query(), doseq=True)}"),
        ("bibtex", f"@software{{sanctionslab,\n  title = {{Sanctions Lab}},\n  version = {{{version}}},\n  note = {{{line}}}\n}}"),
    ):
        st.markdown(f"**{w.t(f'model.cite.{title}')}**")
        st.code(text, language=None, wrap_lines=True)
    if setting.sources:
        st.markdown(f"**{w.t('model.cite.scenario')}**")
        st.markdown("\n".join(f"- {plain(source.text)}{': ' if source.used_for else ''}{plain(source.used_for)}" for source in setting.sources))
    st.caption(w.t("model.cite.odd"))
    st.caption(w.t("model.cite.licence"))
