"""The visitor's desk: the view that is open, what was open before and after it (undo, redo), and the link in the address bar.

The desk lives in the browser session only; everything on it can be rebuilt from the link. `revision` is part of every widget's
key: it moves on when a view is put on the desk from outside (undo, a link), so that the widgets take their values from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st
from babel import Locale

from ui.telling import told
from ui.text import DEFAULT, Words, languages, translated, words
from ui.view import View

NAME = "desk"
MOST_STEPS = 100  # undo depth
LANGUAGE = "lang"  # in a link; English where it says nothing


@dataclass
class Desk:
    """What is open. `written` is the query this desk last wrote into, or read from, the address bar."""

    view: View | None = None
    past: list[View] = field(default_factory=list)
    future: list[View] = field(default_factory=list)
    revision: int = 0
    written: dict[str, list[str]] = field(default_factory=dict)

    def change(self, view: View) -> None:
        """Put a changed view on the desk; the old one can be undone to."""
        if view == self.view:
            return
        if self.view is not None:
            self.past = [*self.past[-MOST_STEPS:], self.view]
        self.view, self.future = view, []

    def replace(self, view: View) -> None:
        """Like `change`, for a view whose values the widgets do not show yet."""
        self.change(view)
        self.revision += 1

    def undo(self) -> None:
        """Go back one step."""
        if self.past and self.view is not None:
            self.future = [self.view, *self.future]
            self.view = self.past.pop()
            self.revision += 1

    def redo(self) -> None:
        """Go forward again one step."""
        if self.future and self.view is not None:
            self.past = [*self.past, self.view]
            self.view, *self.future = self.future
            self.revision += 1


def language() -> Words:
    """The words of the visitor's language: what the link says, else what was chosen before in this browser session."""
    asked = str(st.query_params.get(LANGUAGE, ""))
    if asked in languages():
        st.session_state["language"] = asked
    return words(str(st.session_state.get("language", DEFAULT)))


def language_of(page: str) -> Words:
    """The visitor's language where this page is translated in full; else English, and a calm line on the page that says so."""
    w = language()
    if translated(page, w.language):
        return w
    st.caption(w.t("common.page_in_english"))
    return words()


def say_if_in_english(scenario: str, w: Words) -> None:
    """A calm line where the scenario itself is not told in the visitor's language."""
    if not told(scenario, w):
        st.caption(w.t("common.scenario_in_english"))


def say_if_names_in_english(w: Words) -> None:
    """A calm line above numbers of the model, whose names and sources are written once, in English."""
    if w.language != DEFAULT:
        st.caption(w.t("common.names_in_english"))


def choose_language(w: Words) -> None:
    """A small choice of the language, each under its own name; the link then says which."""

    def chosen() -> None:
        code = str(st.session_state["language-choice"] or w.language)
        st.session_state["language"] = st.query_params[LANGUAGE] = code

    names = {code: str(Locale.parse(code).get_language_name(code)).capitalize() for code in languages()}
    st.segmented_control(
        w.t("common.language"),
        list(names),
        default=w.language,
        required=True,
        format_func=lambda code: names[code],
        key="language-choice",
        on_change=chosen,
        label_visibility="collapsed",
    )


def in_link(w: Words) -> dict[str, str]:
    """What a link carries so that it opens in the same language; nothing for English."""
    return {} if w.language == DEFAULT else {LANGUAGE: w.language}


def desk() -> Desk:
    """This session's desk, brought up to date with the address bar. Raises `Refusal` for a link that cannot be read."""
    found: Desk = st.session_state.setdefault(NAME, Desk())
    query = {key: st.query_params.get_all(key) for key in st.query_params if key != LANGUAGE}
    if query and query != found.written:
        found.written = query
        view = View.from_query(query)
        if view.scenario:
            found.replace(view)
    return found


def write_link(found: Desk) -> None:
    """Show the open view in the address bar, so that the address is the link to share."""
    if found.view is None:
        return
    query = {key: value if isinstance(value, list) else [value] for key, value in found.view.to_query().items()}
    shown = query | {key: [value] for key, value in in_link(language()).items()}
    if query != found.written or dict.fromkeys(st.query_params) != dict.fromkeys(shown):
        found.written = query
        st.query_params.from_dict(shown)
