"""A lever's settings as widgets, each with its unit, range and source; the card of one measure is put together from them.

A setting whose unit begins with "share" is shown in percent, because people read 25 % faster than 0.25; the model gets the share.
Every widget reports a change through `changed`, called with the new measure; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from ui.named import choices
from ui.text import Words, plain
from ui.view import Ask
from ui.wording import EVERYONE as EVERYONE
from ui.wording import SHARE, SWITCH, switch_words, unit_of
from ui.wording import level_words as level_words
from ui.wording import lever_words as lever_words
from ui.wording import who_words as who_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.levers import Lever, Setting

WHOLE = ("quarters", "stages")  # units that come one by one
STEPS = 100  # a slider has about this many positions


@dataclass(frozen=True)
class Places:
    """What a measure can be about: names of states and sectors by id, the quarters of the run in words (plus "to the end"), and by option in words
    what else of the scenario it may name."""

    states: Mapping[str, str]
    sectors: Mapping[str, str]
    quarters: Sequence[str]
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def number(setting: Setting, value: float, key: str, changed: Callable[[float], None], w: Words, label: str = "") -> None:
    """A slider for one setting, its range and unit in the label, the source of its default in the help; for one that is there or not, its two ways
    in words; nothing where there is no choice."""
    if setting.low == setting.high:
        return
    if setting.unit == SWITCH:
        said = {1.0: switch_words(setting, 1.0, w), 0.0: switch_words(setting, 0.0, w)}
        now = 1.0 if value >= 0.5 else 0.0
        head = label or w.t(f"naming.label.{setting.name}")
        st.selectbox(head, list(said), int(now == 0.0), format_func=lambda way: said[way], key=key, on_change=lambda: changed(float(st.session_state[key])))
        return
    share = setting.unit.startswith(SHARE)
    factor = 100.0 if share else 1.0
    low, high, now = (factor * end for end in (setting.low, setting.high, value))
    step = 1.0 if setting.unit in WHOLE else _step(high - low)
    digits = 0 if step >= 1 or (low == round(low) and high == round(high)) else 2
    unit = (("% " if share else "") + unit_of(setting.unit, w)).strip()
    span = w.t("lab.mine.value_range", low=w.number(low, digits), high=w.number(high, digits), unit=unit)
    st.slider(
        plain(f"{label or w.phrase(setting.label)} ({span})"),
        min_value=low,
        max_value=high,
        value=min(max(round(now / step) * step, low), high),
        step=step,
        format="%g %%" if share else "%g",
        help=plain(w.t("lab.mine.source", source=w.phrase(setting.source))),
        key=key,
        on_change=lambda: changed(float(st.session_state[key]) / factor),
    )


def measure_card(ask: Ask, lever: Lever, places: Places, key: str, changed: Callable[[Ask | None], None], w: Words) -> None:
    """All settings of one measure: who, on whom, sector, level, when; what it costs and whom it hurts; a way to take it out."""
    left, right = st.columns(2)
    with left:
        senders = [state for state in places.states if state != ask.target]
        _pick(w.t("lab.mine.who"), senders, ask.state, places.states, f"{key}-who", lambda state: changed(replace(ask, state=state)))
    with right:
        if lever.needs_target:
            names = {**places.states, EVERYONE: w.t("common.everyone")}
            targets = [state for state in names if state != ask.state]
            _pick(w.t("lab.mine.target"), targets, ask.target, names, f"{key}-target", lambda state: changed(replace(ask, target=state)))
    number(lever.value, ask.value, f"{key}-value", lambda value: changed(replace(ask, value=value)), w, value_head(lever, w))
    if lever.takes_sector:
        names = {EVERYONE: w.t("common.all_sectors"), **places.sectors}
        _pick(
            w.t("lab.mine.sector"),
            list(names),
            ask.sector or EVERYONE,
            names,
            f"{key}-sector",
            lambda sector: changed(replace(ask, sector=sector)),
        )
    _names(ask, lever, places, key, changed, w)
    if lever.is_deed:
        _once(ask, places.quarters, f"{key}-when", changed, w)
    else:
        _when(ask, places.quarters, f"{key}-when", changed, w)
    given = dict(ask.options)
    for setting in lever.options:

        def adjust(value: float, name: str = setting.name) -> None:
            changed(replace(ask, options=tuple(sorted({**given, name: value}.items()))))

        number(setting, given.get(setting.name, setting.default), f"{key}-{setting.name}", adjust, w)
    st.markdown(w.t("lab.mine.cost", text=plain(lever_words(lever, "costs_user", w))))
    st.markdown(w.t("lab.mine.hurts", text=plain(lever_words(lever, "hurts", w))))
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(w.t("lab.mine.about"), icon=":material/info:"):
            st.markdown("\n\n".join(about(lever, w)))
        st.button(w.t("lab.mine.remove"), icon=":material/delete:", key=f"{key}-remove", on_click=lambda: changed(None))


def value_head(lever: Lever, w: Words) -> str:
    """What a lever's own number is called; one that is done in one of two ways is called as the lever is."""
    return lever_words(lever, "label" if lever.value.unit == SWITCH else "value_label", w)


def _names(ask: Ask, lever: Lever, places: Places, key: str, changed: Callable[[Ask | None], None], w: Words) -> None:
    """What the measure names in words: a package, a deal, a vote, a partner to be left, an organisation."""
    given = dict(ask.names)
    sides = {"me": places.states.get(ask.state, ask.state), "them": places.states.get(ask.target, ask.target)}
    offered = {**choices(lever, w, given, sides), **{note: dict(names) for note, names in places.named.items() if note in given}}
    for note, words in offered.items():

        def adjust(word: str, note: str = note) -> None:
            changed(replace(ask, names=tuple(sorted({**given, note: word}.items()))))

        words = {word: said for word, said in words.items() if word not in (ask.state, ask.target)}
        _pick(w.t(f"naming.label.{note}"), list(words), given.get(note, ""), words, f"{key}-{note}", adjust)


def about(lever: Lever, w: Words) -> list[str]:
    """Reasons for and against a lever, how it works over time and what is disputed, as short paragraphs with a bold head."""
    paragraphs = []
    for side in ("pro", "con"):
        if text := w.maybe(f"levers.{lever.id}.{side}"):
            paragraphs.append(w.t(f"lab.mine.{side}", text=plain(text)))
    paragraphs.append(w.t("lab.mine.dynamics", text=plain(lever_words(lever, "dynamics", w))))
    paragraphs.append(w.t("lab.mine.contested", text=plain(lever_words(lever, "contested", w))))
    if lever.examples:
        paragraphs.append(w.t("lab.mine.examples", text=plain("; ".join(map(w.phrase, lever.examples)))))
    return paragraphs


def _pick(label: str, options: Sequence[str], value: str, names: Mapping[str, str], key: str, changed: Callable[[str], None]) -> None:
    index = list(options).index(value) if value in options else 0
    st.selectbox(
        label,
        list(options),
        index=index,
        format_func=lambda name: names.get(name, name),
        key=key,
        on_change=lambda: changed(str(st.session_state[key])),
    )


def _once(ask: Ask, quarters: Sequence[str], key: str, changed: Callable[[Ask | None], None], w: Words) -> None:
    """The one quarter in which a deed is done."""
    st.selectbox(
        w.t("lab.mine.when"),
        range(len(quarters)),
        min(ask.start, len(quarters) - 1),
        format_func=lambda quarter: quarters[quarter],
        key=key,
        on_change=lambda: changed(replace(ask, start=int(st.session_state[key]), end=None)),
    )


def _when(ask: Ask, quarters: Sequence[str], key: str, changed: Callable[[Ask | None], None], w: Words) -> None:
    last = len(quarters)

    def moved() -> None:
        start, end = st.session_state[key]
        start = min(start, last - 1)
        changed(replace(ask, start=start, end=None if end >= last else max(end, start + 1)))

    names = [*quarters, w.t("lab.mine.to_the_end")]
    value = (min(ask.start, last - 1), last if ask.end is None else min(ask.end, last))
    st.select_slider(
        w.t("lab.mine.time"),
        options=list(range(last + 1)),
        value=value,
        format_func=lambda quarter: names[quarter],
        key=key,
        on_change=moved,
    )


def _step(span: float) -> float:
    raw = span / STEPS
    for step in (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 50.0):
        if raw <= step:
            return step
    return 100.0
