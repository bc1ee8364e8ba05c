"""What the instructor did with a session and at the door of this installation: the audit in words, newest first."""

from __future__ import annotations

import re

import streamlit as st

from ui.classroom import board
from ui.classroom.text import display
from ui.pages.teach_desk import TeachDesk

LINES = 50
ANYTHING = re.compile(r"(?P<what>.*)", re.DOTALL)
_ROUND = re.compile(r"(?:from )?round (?P<round>\d+)")
SHAPES = {  # what an action's detail holds, where it is more than a name: the blanks of its words
    "went to debrief": _ROUND,
    "round locked": _ROUND,
    "time added": re.compile(r"(?P<seconds>-?\d+) seconds"),
    "resolve again": _ROUND,
    "finish with bots": _ROUND,
    "fork": re.compile(r"round (?P<round>\d+): (?P<what>.*)", re.DOTALL),
    "rolled back": re.compile(r"from round (?P<was>\d+), (?P<phase>\w+), branch \d+ to round (?P<round>\d+): (?P<what>.*)", re.DOTALL),
    "message hidden": re.compile(r"message (?P<number>\d+)"),
    "message shown": re.compile(r"message (?P<number>\d+)"),
    "login": re.compile(r"from (?P<what>.*)"),
    "login refused": re.compile(r"from (?P<what>.*)"),
}
OF_A_SEAT = ("seat to the model", "seat to people", "link issued again", "link issued", "seat freed")


def audit(desk: TeachDesk) -> None:
    """A table, closed until it is asked for."""
    import pandas as pd

    w = desk.w
    with st.expander(w.t("audit.title"), icon=":material/history:", key="audit"):
        st.caption(w.t("audit.text", most=w.number(LINES)))
        lines = board.audit_of(desk.store, desk.key, desk.uid, LINES)
        rows = [(f"{at:%Y-%m-%d %H:%M}", audit_words(desk, action, detail)) for at, action, detail in lines]
        columns = [w.t("audit.when"), w.t("audit.what")]
        st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True)  # its words wrap, unlike those of a grid


def audit_words(desk: TeachDesk, action: str, detail: str) -> str:
    """A line of the audit in the class's language, safe for Markdown."""
    w, name = desk.w, action.replace(" ", "_")
    found = SHAPES.get(action, ANYTHING).fullmatch(detail)
    if found is None or w.maybe(f"audit.did.{name}") is None:
        return display(f"{action} {detail}")
    blanks = {blank: display(value) for blank, value in found.groupdict().items()}
    if action in OF_A_SEAT:
        blanks["what"] = desk.title_of(detail)
    if "phase" in blanks:
        blanks["phase"] = w.maybe(f"room.phase.{found['phase']}") or blanks["phase"]
    return w.t(f"audit.did.{name}", **blanks)
