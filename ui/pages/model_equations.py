"""The equations of the model, each with the numbers of one quarter of the run that is open."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.equations import equations
from ui.outcome import play, roles_of
from ui.politics import named, names_of
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View, decisions

_WORKED: Shelf[api.Worked] = Shelf(60)


def equations_part(view: View, setting: api.Scenario, w: Words) -> None:
    """Draw them, for the quarter picked."""
    st.markdown(w.t("model.equations.text"))
    length = view.length(setting)
    quarter = min(length - 1, length // 2)
    if length > 1:
        quarter = st.select_slider(
            w.t("model.equations.quarter"),
            options=list(range(length)),
            value=quarter,
            format_func=lambda place: w.quarter(place, setting.start),
            key=f"model-quarter-{view.scenario}-{length}",
        )
    try:
        outcome = play(view, view.choice, setting)
        focus = view.look or next(iter(roles_of(outcome, setting).target), setting.state_ids[0])
        orders = decisions(view.choice, setting, length)

        def work() -> api.Worked:
            return api.worked(setting, focus, int(quarter), view.seed, orders, view.theory or None, dict(view.numbers), timetable=False)

        found = _WORKED.get((outcome.key, focus, quarter), work)
    except (api.Refusal, api.NoEquilibrium) as problem:
        st.error(plain(w.t("model.equations.problem", problem=problem)), icon=":material/error:")
        return
    names = names_of(setting)
    sectors = {sector.id: tell(sector.name, setting.id, w) for sector in setting.sectors}
    options = {} if found.choice is None else {name: named(api.taking(name, w.language), names) for name in found.choice.names}
    for one in equations(found, names, sectors, options, w):
        with st.container(border=True):
            st.subheader(w.t(f"model.equation.{one.key}.title"), anchor=False)
            st.markdown(plain(w.t(f"model.equation.{one.key}.text", **one.fill)))
            left, right = st.columns([2, 3], vertical_alignment="center")
            with left:
                st.latex(one.general)
            with right, st.container(gap=None):
                for line in one.lines:
                    st.latex(line)
            st.caption(w.t(f"model.equation.{one.key}.key"))
            st.caption(w.t(f"model.equation.{one.key}.source"))
