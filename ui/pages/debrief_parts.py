"""How a page shows the panels of a debrief: one under the other, or one at a time in large letters for the projector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ui.charts.chart import in_language
from ui.debrief.panels import Panel, Step, Table
from ui.pages.shown import WIDE
from ui.text import Words, plain

LARGE = "###"  # a line for the back row
WHEN, WHEN_LARGE = 110, 170  # pixels for the quarter beside a turning point


def show_panel(panel: Panel, key: str, w: Words, large: bool = False, before: Callable[[], None] | None = None) -> None:
    """One panel under its heading; `before` draws what belongs between the two."""
    if large:
        st.title(plain(panel.heading), anchor=False)
    else:
        st.header(plain(panel.heading), anchor=_place(panel.key))
    if before is not None:
        before()
    for text in panel.text:
        _line(plain(text), large)
    for step in panel.steps:
        _step(step, w, large)
    for number, picture in enumerate(panel.pictures):
        _line(f"**{plain(picture.says)}**", large)
        for place, spec in enumerate(picture.specs):
            st.vega_lite_chart(spec=in_language(spec, w), width=WIDE, key=f"{key}-{panel.key}-{number}-{place}", alt=picture.says)
    for table in panel.tables:
        _table(table)
    if panel.points:
        mark = f"{LARGE} " if large else ""
        st.markdown("\n".join(f"- {mark}{plain(point)}" for point in panel.points), anchors=False)
    if panel.note:
        st.caption(plain(panel.note))


def contents(headings: Mapping[str, str], w: Words) -> None:
    """Links to the parts further down the page, by key: on a phone a debrief is many screens long. Streamlit's own headings are what they lead to."""
    links = " · ".join(f"[{plain(heading)}](#{_place(key)})" for key, heading in headings.items())
    st.markdown(f"**{w.t('debrief.contents')}:** {links}")


def _place(key: str) -> str:
    return f"part-{key.replace('_', '-')}"


def one_at_a_time(panels: Sequence[Panel], key: str, w: Words) -> None:
    """The projector view: a choice of parts, the part chosen in large letters."""
    names = [panel.key for panel in panels]
    by_name = {panel.key: panel for panel in panels}
    picked = st.segmented_control(
        w.t("debrief.parts"),
        names,
        default=names[0],
        required=True,
        format_func=lambda name: by_name[name].heading,
        key=f"{key}-part",
        label_visibility="collapsed",
    )
    show_panel(by_name[str(picked)] if picked in by_name else panels[0], key, w, large=True)


def _line(text: str, large: bool) -> None:
    st.markdown(f"{LARGE} {text}" if large else text, anchors=False)


def _step(step: Step, w: Words, large: bool) -> None:
    kind = plain(step.kind)
    head = f"{kind}. {plain(step.text)}" if large else f"**{kind}.** {plain(step.text)}"
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        st.markdown(f"{LARGE} {plain(step.when)}" if large else plain(step.when), width=WHEN_LARGE if large else WHEN, anchors=False)
        with st.container(gap="xsmall", width=WIDE):
            _line(head, large)
            if step.why and not large:
                st.caption(plain(w.t("debrief.why", text=step.why)))


def _table(table: Table) -> None:
    """Words wrap in it, unlike in a grid of cells."""
    import pandas as pd

    rows = [[plain(cell) for cell in row] for row in table.rows]
    st.table(pd.DataFrame(rows, columns=[plain(column) for column in table.columns]), border="horizontal", hide_index=True)
