"""Join: the code from the board, and a pressed Start. Opening this page, or a preview of its link, takes no seat."""

from __future__ import annotations

import streamlit as st

from ui.classroom import seats
from ui.classroom.refused import Refusal
from ui.house import the_store
from ui.pages.class_desk import refused
from ui.pages.desk import choose_language, in_link, language
from ui.pages.start import Pages

FORM = 420  # pixels


def show(pages: Pages) -> None:
    """Draw the page; a right code leads to the seat."""
    w = language()
    st.title(w.t("join.title"), anchor=False)
    st.markdown(w.t("join.text"))
    with st.form("join", width=FORM):
        code = st.text_input(w.t("join.code"), value=str(st.query_params.get("code", ""))[:12], max_chars=12, autocomplete="off")
        pressed = st.form_submit_button(w.t("join.start"), type="primary", icon=":material/play_arrow:", width="stretch")
    if pressed:
        try:
            token = seats.join(the_store(), code, str(st.context.ip_address or "127.0.0.1"))
        except Refusal as problem:
            st.error(refused(problem), icon=":material/error:")
        else:
            st.switch_page(pages["seat"], query_params={"k": token, **in_link(w)})
    st.caption(w.t("join.privacy"))
    choose_language(w)
