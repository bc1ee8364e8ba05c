"""Explore: the run open in the Lab with many seeds (bands, endings, verdicts), and with the model's numbers moved (what matters)."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.catalogue import scenario
from ui.pages.desk import desk, language_of, write_link
from ui.pages.explore_luck import luck
from ui.pages.explore_matters import matters
from ui.pages.nothing import nothing_open
from ui.pages.start import Pages
from ui.telling import tell
from ui.text import plain
from ui.view import check

PARTS = {"luck": luck, "matters": matters}


def show(pages: Pages) -> None:
    """Draw the page for the open view, or say that none is open."""
    w = language_of("explore")
    try:
        found = desk()
        if found.view is None:
            nothing_open(pages, w.t("explore.page"), w.t("explore.no_run"), w)
            return
        view = found.view
        setting = scenario(view.scenario)
        check(view, setting)
    except api.Refusal as problem:
        st.title(w.t("explore.page"), anchor=False)
        st.error(plain(w.t("explore.problem", problem=problem)))
        return
    write_link(found)
    st.title(plain(w.t("explore.title", scenario=tell(setting.title, setting.id, w))), anchor=False)
    st.markdown(w.t("explore.text"))
    theory = w.t(f"politics.theory.{view.theory or setting.theory}")
    st.caption(plain(w.t("explore.view", theory=theory, quarters=w.number(view.length(setting)), seed=view.seed)))
    part = st.segmented_control(
        w.t("explore.page"),
        list(PARTS),
        default="luck",
        required=True,
        format_func=lambda name: w.t(f"explore.part.{name}"),
        key="explore-part",
        label_visibility="collapsed",
    )
    PARTS[str(part)](view, setting, w)
