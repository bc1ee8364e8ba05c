"""The panel that offers paper: choose the size, make a PDF when it is asked for, save it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from sim import api
from ui.print.decision_sheets import decision_sheets
from ui.print.name_cards import name_cards
from ui.print.packets import packets
from ui.print.parts import Part, parts
from ui.print.sheet import SIZES
from ui.text import Words, plain

Make = Callable[[str], bytes]  # the name of a paper size -> a PDF


def print_panel(offers: Mapping[str, Make], lesson: str, key: str, w: Words, note: str = "") -> None:
    """The offers by name (cards, packets, names, sheets), each with a sentence and a button."""
    st.markdown(w.t("print.panel_text"))
    size = st.radio(w.t("print.size"), list(SIZES), format_func=lambda name: w.t(f"print.sizes.{name}"), horizontal=True, key=f"{key}-size")
    for name, make in offers.items():
        st.markdown(w.t(f"print.offer.{name}.text"))
        if name == "cards" and note:
            st.caption(plain(note))
        if st.button(w.t("print.make"), key=f"{key}-make-{name}", icon=":material/print:"):
            try:
                data = make(str(size))
            except api.Refusal as problem:
                st.error(plain(str(problem)), icon=":material/error:")
                continue
            title = w.t(f"print.offer.{name}.name")
            st.download_button(
                w.t("print.save", name=title),
                data,
                file_name=f"{slug(lesson)}-{slug(title)}.pdf",
                mime="application/pdf",
                key=f"{key}-save-{name}",
                type="primary",
                icon=":material/download:",
                on_click="ignore",
            )


def scenario_offers(setting: api.Scenario, w: Words, cast: Sequence[Part] = (), rounds: int = 0, lesson: str = "") -> dict[str, Make]:
    """What can be printed for a scenario, with all its parts and rounds unless a class has fewer."""
    roles = tuple(cast) or parts(setting)
    names = {state.id: state.name for state in setting.states}
    count = rounds or -(-setting.quarters // setting.text.quarters_per_round)
    title = lesson or setting.title
    return {
        "packets": lambda size: packets(setting, roles, size, w),
        "names": lambda size: name_cards(roles, names, title, size, w),
        "sheets": lambda size: decision_sheets(roles, names, count, title, size, w),
    }


def slug(text: str) -> str:
    """A file name's part."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40] or "class"
