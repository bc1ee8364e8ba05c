"""Files of a session: tidy tables, gradebook, the one file that reopens anywhere; replay, close, delete."""

from __future__ import annotations

import re

import streamlit as st

from ui.classroom import instructor, phases, sessions
from ui.classroom.export import export_zip
from ui.classroom.grades import gradebook_csv
from ui.classroom.refused import Refusal
from ui.classroom.sessionfile import save_session
from ui.classroom.text import display
from ui.pages.class_desk import refuse_later, say_later, sentences
from ui.pages.teach_audit import audit
from ui.pages.teach_desk import TeachDesk
from ui.telling import refusal_told
from ui.text import plain

MAKERS = ("tables", "session", "grades")


def files(desk: TeachDesk) -> None:
    """Make a file when it is asked for, then offer it; the rare and final buttons below."""
    w = desk.w
    st.markdown(w.t("teach.files.text"))
    for name in MAKERS:
        with st.container(border=True):
            st.markdown(w.t(f"teach.files.{name}.text"))
            if st.button(w.t("teach.files.make"), key=f"make-{name}", icon=":material/inventory_2:"):
                with sentences():
                    data, ending, kind = _made(desk, name)
                    st.download_button(
                        w.t(f"teach.files.{name}.save"),
                        data,
                        file_name=f"{_file_name(desk.board.title)}-{name}.{ending}",
                        mime=kind,
                        key=f"save-{name}",
                        type="primary",
                        icon=":material/download:",
                        on_click="ignore",
                    )
    st.subheader(w.t("teach.files.replay.title"), anchor=False)
    if st.button(w.t("teach.files.replay.do"), key="replay", icon=":material/replay:"):
        with sentences():
            same, sentence = instructor.replay(desk.store, desk.model, desk.key, desk.uid)
            (st.success if same else st.warning)(plain(refusal_told(sentence, w)))
    audit(desk)
    st.subheader(w.t("teach.files.end"), anchor=False)
    if desk.phase != phases.CLOSED:
        st.button(w.t("teach.files.close"), key="close", icon=":material/lock:", on_click=_close, args=(desk,), help=w.t("teach.files.close_help"))
    with st.popover(w.t("teach.files.delete"), icon=":material/delete_forever:"):
        st.markdown(w.t("teach.files.delete_text", title=display(desk.board.title), days=w.number(sessions.KEPT_DAYS)))
        sure = st.text_input(w.t("teach.files.delete_type", code=desk.board.join_code), key="delete-sure")
        if st.button(w.t("teach.files.delete_do"), key="delete", type="primary", disabled=sure != desk.board.join_code):
            with sentences():
                sessions.delete_session(desk.store, desk.key, desk.uid)
                say_later(w.t("teach.files.deleted"))
                st.query_params.clear()
                st.rerun()


def _made(desk: TeachDesk, name: str) -> tuple[bytes | str, str, str]:
    if name == "tables":
        return export_zip(desk.store, desk.key, desk.uid), "zip", "application/zip"
    if name == "session":
        return save_session(desk.store, desk.key, desk.uid), "json", "application/json"
    return gradebook_csv(desk.store, desk.key, desk.uid), "csv", "text/csv"


def _file_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "class"


def _close(desk: TeachDesk) -> None:
    try:
        instructor.close(desk.store, desk.key, desk.uid)
    except Refusal as problem:
        refuse_later(problem)
