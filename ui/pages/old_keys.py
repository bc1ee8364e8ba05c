"""Widgets of moments that are over are forgotten.

A seat's widgets carry the moment of the class in their keys, so that a click on a stale page cannot land in the next round. Streamlit drops the
values of widgets that are no longer drawn, but keeps for every key it has ever seen what the widget was (with its callbacks, and all that these
hold) as long as the tab is open, which grows with every round. So when the moment changes, what was is dropped here.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

MOMENT = "seat-moment"


def forget_old_widgets(moment: str) -> None:
    """Drop what is kept of this tab's widgets, if it was drawn for another moment; the drawing that follows makes its widgets anew."""
    ctx = get_script_run_ctx()
    if ctx is None or st.session_state.get(MOMENT) == moment:
        return
    st.session_state[MOMENT] = moment
    with ctx.session_state._lock:
        state = ctx.session_state._state
        for key, widget in list(state._key_id_mapper._key_id_mapping.items()):
            if moment not in key:
                state._key_id_mapper.delete(key)
                state._new_widget_state.widget_metadata.pop(widget, None)
