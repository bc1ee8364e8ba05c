"""The form of the author room: the main keys of a scenario file as fields, each with its meaning, unit, range and default."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from sim import api
from ui.text import Words, plain

TOP = ""
HEAD = "head"  # the top of the file in the words
TALL = 160  # pixels of a long text
WIDTH = 300  # pixels of a field at least
GRAVITY = ("gdp_bn",)  # asked for only where the file has it
OF_STATE = ("state", "target", "a", "b", "party_a", "party_b")
EVERYONE = "*"
YES, NO = "yes", "no"
NAMED = ("name", "title", "issue", "id", "text", "lever")  # what an entry is called by, the first it has
Edit = Callable[[str], None]


def form_part(draft: api.drafts.Draft, revision: int, edit: Edit, w: Words) -> None:
    """Draw the form. `edit` takes the new text."""
    st.caption(w.t("author.form.more_keys"))
    part = str(
        st.pills(
            w.t("author.form.part"), list(api.forms.PARTS), default=TOP, required=True,
            format_func=lambda name: w.t(f"author.form.name.{name or HEAD}"), key="author-form-part",
        )
    )  # fmt: skip
    try:
        listed = api.forms.entries(draft.text, part)
        names = _names(draft.text)
    except api.Refusal as problem:
        st.error(plain(w.t("author.form.problem", problem=problem)), icon=":material/error:")
        return
    number = None
    if part in api.forms.SEVERAL:
        number = _entry(draft.text, part, listed, revision, edit, w)
        if number is None:
            return
    entry = listed[number or 0]
    key = f"author-{revision}-{part}-{number}"
    asked = [one for one in api.forms.fields(part) if one.name not in GRAVITY or one.name in entry]
    long = [one for one in asked if one.kind in ("prose", "lines")]
    with st.grid(2, min_column_width=WIDTH):
        for one in [one for one in asked if one not in long]:
            with st.container():
                _field(one, entry, names, f"{key}-{one.name}", partial(_answer, draft.text, (part, number), one.name, edit, w), w)
    for one in long:
        _field(one, entry, names, f"{key}-{one.name}", partial(_answer, draft.text, (part, number), one.name, edit, w), w)


def _entry(text: str, part: str, listed: Sequence[Mapping[str, Any]], revision: int, edit: Edit, w: Words) -> int | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked: int | None = None
        if listed:
            labels = [f"{place + 1}. {_called(entry)}" for place, entry in enumerate(listed)]
            kept = f"author-entry-{part}"
            if int(st.session_state.get(kept) or 0) >= len(listed):
                st.session_state[kept] = len(listed) - 1
            picked = int(
                st.selectbox(w.t("author.form.entry"), range(len(listed)), format_func=lambda place: labels[place], key=kept, width=360)
            )
        if st.button(w.t("author.form.add"), icon=":material/add:", key=f"author-add-{part}"):
            _try(lambda: api.forms.added(text, part), edit, w)
        if picked is not None and st.button(w.t("author.form.remove"), icon=":material/delete:", key=f"author-remove-{part}-{revision}"):
            number = picked
            _try(lambda: api.forms.removed(text, part, number), edit, w)
    if not listed:
        st.markdown(w.t("author.form.none"))
    return picked


def _try(change: Callable[[], str], edit: Edit, w: Words) -> None:
    try:
        edit(change())
    except api.Refusal as problem:
        st.toast(plain(w.t("author.refused", problem=problem)), icon=":material/error:")
        return
    st.rerun()


def _answer(text: str, place: tuple[str, int | None], name: str, edit: Edit, w: Words, value: Any) -> None:
    try:
        edit(api.forms.answered(text, place, name, value))
    except api.Refusal as problem:
        st.toast(plain(w.t("author.refused", problem=problem)), icon=":material/error:")


def _names(text: str) -> dict[str, list[str]]:
    """Ids of states and sectors that the file defines; where it defines no sectors, those of the default."""
    states = [str(entry.get("id", "")) for entry in api.forms.entries(text, "state")]
    sectors = [str(entry.get("id", "")) for entry in api.forms.entries(text, "sector")]
    return {"state": states, "sector": sectors or list(api.DEFAULT_SECTORS)}


def _called(entry: Mapping[str, Any]) -> str:
    if "lever" in entry:
        return " ".join(str(entry[name]) for name in ("quarter", "state", "lever", "target") if name in entry)[:60]
    if "a" in entry and "b" in entry:
        return f"{entry['a']} – {entry['b']}"[:60]
    return next((str(entry[name])[:60] for name in NAMED if entry.get(name)), "…")


def _field(one: Any, entry: Mapping[str, Any], names: Mapping[str, list[str]], key: str, answer: Callable[[Any], None], w: Words) -> None:
    value = entry.get(one.name)
    detail = ", ".join(text for text in (one.unit, one.allowed) if text)
    label = plain(w.t("author.form.field", means=one.means, detail=detail) if detail else one.means)
    hint = None if one.required or one.default in (None, "", [], {}) else plain(w.t("author.form.default", default=one.default))

    def changed() -> None:
        given = st.session_state[key]
        if one.kind == "lines":
            given = [line.strip() for line in str(given).splitlines() if line.strip()]
        elif one.kind == "names":
            given = str(given).split()
        elif one.kind == "yesno":
            given = None if given == "" else given == YES
        elif one.kind == "whole" and given is not None:
            given = int(given)
        elif one.kind == "number" and given is not None:
            given = float(given)
        if given in ("", []) and not one.required:
            given = None
        answer(given)

    allowed = _allowed(one, names)
    if allowed:
        options = allowed if one.required else ["", *[name for name in allowed if name]]
        shown = "" if value is None else (YES if value else NO) if one.kind == "yesno" else str(value)
        if shown not in options:
            options = [shown, *options]
        st.selectbox(label, options, index=options.index(shown), format_func=lambda name: _option(name, one, w), key=key, on_change=changed)
    elif one.kind in ("number", "whole"):
        _number(one, value, label, hint, key, changed)
    elif one.kind == "lines":
        text = "\n".join(map(str, value or []))
        st.text_area(label, text, height=TALL, help=w.t("author.form.lines_help"), key=key, on_change=changed, max_chars=6000)
    elif one.kind == "names":
        st.text_input(label, " ".join(map(str, value or [])), help=w.t("author.form.names_help"), key=key, on_change=changed, max_chars=600)
    elif one.kind == "prose":
        st.text_area(label, str(value or ""), height=TALL, help=hint, key=key, on_change=changed, max_chars=8000)
    else:
        st.text_input(label, str(value or ""), help=hint, key=key, on_change=changed, max_chars=300)


def _option(name: str, one: Any, w: Words) -> str:
    """An answer in words; nothing chosen is what the file then means."""
    if one.kind == "yesno":
        said = w.t(f"author.form.{name}") if name else w.t(f"author.form.{YES if one.default else NO}")
        return said if name else w.t("author.form.usual", default=said)
    if name:
        return name
    return w.t("author.form.usual", default=one.default) if one.default else w.t("author.form.nothing")


def _number(one: Any, value: Any, label: str, hint: str | None, key: str, changed: Callable[[], None]) -> None:
    """A number field; a value of the file that does not fit is left blank, and the check above says what is wrong with it."""
    whole = one.kind == "whole"
    kind: type = int if whole else float
    low, high = (None if limit is None else kind(limit) for limit in (one.low, one.high))
    fits = isinstance(value, int | float) and not isinstance(value, bool) and (low is None or value >= low) and (high is None or value <= high)
    st.number_input(
        label, low, high, kind(value) if fits else None, step=1 if whole else None, format=None if whole else "%g",
        help=hint, key=key, on_change=changed, placeholder="" if one.default is None else f"{one.default:g}",
    )  # fmt: skip


def _allowed(one: Any, names: Mapping[str, list[str]]) -> list[str]:
    """What can be chosen: words of the schema, states, sectors, levers, theories; empty for a free answer."""
    if one.kind == "yesno":
        return [YES, NO]
    if one.kind == "choice":
        return list(one.options)
    if one.name in OF_STATE:
        return [*names["state"], EVERYONE] if one.name == "target" and not one.required else names["state"]
    if one.name == "sector":
        return [EVERYONE, *names["sector"]]
    if one.name == "lever":
        return list(api.LEVERS)
    return list(api.THEORIES) if one.name == "theory" else []
