"""How every page shows a chart: heading, takeaway sentence, picture, and the numbers as a table to unfold."""

from __future__ import annotations

from typing import Final

import streamlit as st

from ui.charts.chart import Chart
from ui.text import Words, plain

WIDE: Final = "stretch"


def show_chart(chart: Chart, heading: str, key: str, w: Words, note: str = "") -> None:
    """Text before picture, numbers after it. The takeaway is also what a screen reader says for the picture."""
    st.subheader(heading, anchor=False)
    st.markdown(plain(chart.takeaway))
    for place, spec in enumerate(chart.specs):
        st.vega_lite_chart(spec=spec, width=WIDE, key=f"{key}-picture-{place}", alt=chart.takeaway)
    if note:
        st.caption(plain(note))
    with st.expander(w.t("common.table"), icon=":material/table:"):
        show_table(chart, key)


def show_table(chart: Chart, key: str) -> None:
    """The chart's table with the decimals it asks for."""
    formats = {name: st.column_config.NumberColumn(format=f"%.{digits}f") for name, digits in chart.digits.items()}
    st.dataframe(chart.table, hide_index=True, column_config=formats, key=f"{key}-table", width=WIDE)
