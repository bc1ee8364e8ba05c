"""How every page shows a chart: heading, takeaway sentence, picture, and the numbers as a table to unfold."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from ui.charts.chart import Chart, Picture, in_language
from ui.outcome import YEAR
from ui.text import DEFAULT, Words, plain

WIDE: Final = "stretch"


def show_chart(chart: Chart | Picture, heading: str, key: str, w: Words, note: str = "") -> None:
    """Text before picture, numbers after it. The takeaway is also what a screen reader says for the picture."""
    st.subheader(heading, anchor=False)
    st.markdown(plain(chart.takeaway))
    for place, spec in enumerate(chart.packed):
        st.vega_lite_chart(spec=in_language(spec, w), width=WIDE, key=f"{key}-picture-{place}", alt=chart.takeaway)
    if note:
        st.caption(plain(note))
    with st.expander(w.t("common.table"), icon=":material/table:"):
        show_table(chart, key, w)


def show_table(chart: Chart | Picture, key: str, w: Words) -> None:
    """The chart's table with the decimals it asks for, numbers written as in the language of the page."""
    if w.language != DEFAULT:
        said: dict[Any, Any] = {name: partial(w.number, digits=digits) for name, digits in chart.digits.items() if name in chart.table}
        st.dataframe(chart.table.style.format(said, na_rep=""), hide_index=True, key=f"{key}-table", width=WIDE)
        return
    formats = {name: st.column_config.NumberColumn(format=f"%.{digits}f") for name, digits in chart.digits.items()}
    st.dataframe(chart.arrow, hide_index=True, column_config=formats, key=f"{key}-table", width=WIDE)


def pick_year(label: str, quarters: int, first: int, start: str, key: str, w: Words) -> int:
    """Ask for one year of a run of so many `quarters`, counted from 0 and called as from `start` on; `first` is chosen at the beginning."""
    years = list(range(-(-quarters // YEAR)))
    return int(st.segmented_control(label, years, default=first, required=True, format_func=lambda number: w.year(number * YEAR, start), key=key))
