"""What a page about the open run says while none is open, with the way to the Lab."""

from __future__ import annotations

import streamlit as st

from ui.pages.start import Pages
from ui.text import Words


def nothing_open(pages: Pages, title: str, text: str, w: Words) -> None:
    """The page's title and its sentence for those who come without a run, and a button to the Lab."""
    st.title(title, anchor=False)
    st.markdown(text)
    if st.button(w.t("world.to_lab"), icon=":material/tune:", type="primary"):
        st.switch_page(pages["lab"])
