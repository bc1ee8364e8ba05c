"""Every number the model assumes: a table to filter, and one number at a time to look at, to change and to take into the Lab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from sim import api
from ui.assumptions import Assumption, assumptions, filtered, groups, with_number
from ui.pages.desk import Desk, say_if_names_in_english
from ui.pages.shown import WIDE
from ui.pages.start import Pages
from ui.text import Words, plain
from ui.view import View

KINDS = ("disputed", "assumed", "changed")
PICK = "model-pick"
STEPS = 100
TALL = 420  # pixels of the table


def numbers_part(pages: Pages, found: Desk, view: View, setting: api.Scenario, w: Words) -> None:
    """Draw the filters, the table and the number picked."""
    every = assumptions(view, setting)
    st.markdown(w.t("model.numbers.text"))
    say_if_names_in_english(w)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(w.t("model.numbers.search"), key="model-search", help=w.t("model.numbers.search_help"), max_chars=80, width=260)
        kinds = st.pills(
            w.t("model.numbers.kinds"), KINDS, selection_mode="multi", format_func=lambda kind: w.t(f"model.numbers.kind.{kind}"), key="model-kinds"
        )
    about = st.pills(
        w.t("model.numbers.groups"), groups(), selection_mode="multi", format_func=lambda group: w.t(f"model.numbers.group.{group}"), key="model-groups"
    )
    shown = filtered(every, text, about, kinds)
    _changed(pages, found, view, every, w)
    st.caption(w.t("model.numbers.shown", count=len(shown), all=w.number(len(every))))
    if not shown:
        st.info(w.t("model.numbers.none"), icon=":material/filter_alt_off:")
        return
    left, right = st.columns([7, 5], gap="large")
    with left:
        _table(shown, w)
    with right:
        _one(pages, found, view, setting, shown, w)


def _changed(pages: Pages, found: Desk, view: View, every: Sequence[Assumption], w: Words) -> None:
    count = sum(one.changed for one in every)
    if not count:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(w.t("model.numbers.changed", count=count), width="content")
        if st.button(w.t("model.to_lab"), icon=":material/tune:", key="model-to-lab"):
            _to_lab(pages, view)
        st.button(w.t("model.numbers.all_back"), icon=":material/undo:", key="model-all-back", on_click=found.replace, args=(replace(view, numbers=()),))


def _table(shown: Sequence[Assumption], w: Words) -> None:
    import pandas as pd

    names = [one.parameter.name for one in shown]
    columns = {
        "label": [one.parameter.label for one in shown],
        "value": [w.short(one.value) + (" *" if one.changed else "") for one in shown],
        "range": [f"{w.short(one.parameter.low)} – {w.short(one.parameter.high)}" for one in shown],
        "unit": [one.parameter.unit for one in shown],
        "source": [one.parameter.source for one in shown],
        "contested": [one.parameter.contested for one in shown],
        "name": names,
    }
    table = pd.DataFrame({w.t(f"model.numbers.column.{name}"): values for name, values in columns.items()})
    wide = {
        w.t("model.numbers.column.label"): st.column_config.TextColumn(width="large"),
        w.t("model.numbers.column.value"): st.column_config.TextColumn(width="small"),
        w.t("model.numbers.column.range"): st.column_config.TextColumn(width="small"),
    }
    key = f"model-table-{abs(hash(tuple(names)))}"  # another selection of rows is another table: ticks never move to other numbers

    def ticked() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            st.session_state[PICK] = names[rows[0]]

    st.dataframe(table, hide_index=True, width=WIDE, height=TALL, column_config=wide, on_select=ticked, selection_mode="single-row", key=key)
    st.caption(w.t("model.numbers.table_hint"))


def _one(pages: Pages, found: Desk, view: View, setting: api.Scenario, shown: Sequence[Assumption], w: Words) -> None:
    by_name = {one.parameter.name: one for one in shown}
    if st.session_state.get(PICK) not in by_name:
        st.session_state[PICK] = next(iter(by_name))
    name = str(st.selectbox(w.t("model.numbers.pick"), list(by_name), format_func=lambda name: by_name[name].parameter.label, key=PICK))
    one = by_name[name]
    parameter = one.parameter
    key = f"model-{found.revision}-{name}"
    with st.container(border=True):
        st.markdown(f"**{plain(parameter.label)}**")
        label = w.t("model.numbers.value", low=w.short(parameter.low), high=w.short(parameter.high), unit=parameter.unit)
        st.number_input(
            plain(label),
            parameter.low,
            parameter.high,
            one.value,
            step=(parameter.high - parameter.low) / STEPS or None,
            format="%.6g",
            disabled=parameter.low == parameter.high,
            key=key,
            on_change=lambda: _set(found, view, setting, name, float(st.session_state[key]), w),
        )
        st.caption(plain(w.t("model.numbers.default", value=w.short(one.base), why=w.t(f"model.numbers.why.{one.why}"))))
        rest = parameter.source.removeprefix("assumption").lstrip(":, ")
        st.markdown(w.t("model.numbers.assumed", text=plain(rest)) if one.assumed else w.t("model.numbers.source", text=plain(parameter.source)))
        if parameter.contested:
            st.markdown(w.t("model.numbers.contested", text=plain(parameter.contested)))
        elif parameter.free:
            st.markdown(w.t("model.numbers.disagrees"))
        if parameter.neutral is not None:
            st.markdown(w.t("model.numbers.neutral", value=w.short(parameter.neutral)))
        if st.button(w.t("model.numbers.open"), icon=":material/tune:", type="primary", key="model-open"):
            _to_lab(pages, view)
        with st.container(horizontal=True):
            if parameter.neutral is not None:
                st.button(
                    w.t("model.numbers.off"),
                    icon=":material/power_settings_new:",
                    key="model-off",
                    disabled=one.value == parameter.neutral,
                    on_click=_set,
                    args=(found, view, setting, name, parameter.neutral, w, True),
                )
            st.button(
                w.t("model.numbers.back"), icon=":material/undo:", key="model-back", disabled=not one.changed,
                on_click=_set, args=(found, view, setting, name, one.base, w, True),
            )  # fmt: skip


def _set(found: Desk, view: View, setting: api.Scenario, name: str, value: float, w: Words, from_outside: bool = False) -> None:
    try:
        changed = with_number(view, setting, name, value)
    except api.Refusal as problem:
        st.toast(plain(w.t("model.numbers.problem", problem=problem)), icon=":material/error:")
        return
    (found.replace if from_outside else found.change)(changed)


def _to_lab(pages: Pages, view: View) -> None:
    st.switch_page(pages["lab"], query_params=view.to_query())
