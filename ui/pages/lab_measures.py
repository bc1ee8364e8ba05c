"""The Lab's left side: the scenario's own measures to switch, the visitor's measures to set, and levers to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.controls import EVERYONE, Places, lever_words, measure_card, who_words
from ui.first_asks import ANSWERS, first_ask
from ui.named import named_words, order_words
from ui.pages.desk import Desk
from ui.telling import tell
from ui.text import Words, plain
from ui.view import MOST_MEASURES, Ask, View, own_measures, to_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.outcome import Outcome

IN_VIEW = 6  # levers shown before "more"
BUTTON = 160  # pixels at least
OVER = ":material/event_busy:"
FIRST = "import_ban"  # the measure to try where none is in force


def measures_panel(found: Desk, view: View, setting: api.Scenario, w: Words, now: Outcome | None = None) -> None:
    """Draw all three parts, each change going to the desk; `now` is what came of them, where it is known."""
    places = Places(
        {state.id: state.name for state in setting.states},
        {sector.id: tell(sector.name, setting.id, w) for sector in setting.sectors},
        [w.quarter(quarter, setting.start) for quarter in range(view.length(setting))],
        to_name(setting),
    )
    key = f"lab-{found.revision}"
    if own_measures(setting):
        _own(found, view, setting, places, key, w)
    st.subheader(w.t("lab.mine.title"), anchor=False)
    if not view.choice.asks:
        st.caption(w.t("lab.mine.none"))
    _mine(found, view, places, key, w, now)
    _add(found, view, setting, now, w)


def _own(found: Desk, view: View, setting: api.Scenario, places: Places, key: str, w: Words) -> None:
    own = own_measures(setting)
    on = len(own) - len(view.choice.off)
    st.subheader(w.t("lab.own.title"), anchor=False)
    with st.expander(w.t("lab.own.count", count=len(own), on=w.number(on)), expanded=len(own) <= IN_VIEW, key=f"{key}-own"):
        st.caption(w.t("lab.own.hint"))
        with st.container(horizontal=True):
            every = frozenset(range(len(own)))
            st.button(
                w.t("lab.own.all_on"),
                key=f"{key}-on",
                disabled=not view.choice.off,
                on_click=found.replace,
                args=(view.with_off(frozenset()),),
            )
            st.button(
                w.t("lab.own.all_off"),
                key=f"{key}-off",
                disabled=view.choice.off == every,
                on_click=found.replace,
                args=(view.with_off(every),),
            )
        for place, order in enumerate(own):
            label = _line(order, place < len(setting.measures), places, setting, w)
            st.toggle(
                plain(label),
                value=place not in view.choice.off,
                key=f"{key}-own-{place}",
                on_change=_switch,
                args=(found, place),
                wrap=True,
            )


def _switch(found: Desk, place: int) -> None:
    if found.view is not None:
        found.change(found.view.with_off(found.view.choice.off ^ {place}))


def _line(order: api.Decision, at_start: bool, places: Places, setting: api.Scenario, w: Words) -> str:
    lever = api.LEVERS[order.lever]
    when = w.t("lab.own.start") if at_start else w.quarter(order.quarter, setting.start)
    if order.value is None:
        who = who_words(order.state, order.target, places.states, w, lever.is_deed, lever.friendly)
        return w.t("lab.own.ends", when=when, lever=lever_words(lever, "label", w), who=who)
    sector = places.sectors.get(order.sector, w.t("common.all_sectors")) if lever.takes_sector else ""
    what = order_words(lever, order.state, order.target, places.states, order.value, order.options, w, sector)
    return w.t("lab.own.line", when=when, lever=lever_words(lever, "label", w), what=what)


def _mine(found: Desk, view: View, places: Places, key: str, w: Words, now: Outcome | None) -> None:
    newest = len(view.choice.asks) - 1
    for place, ask in enumerate(view.choice.asks):
        lever = api.LEVERS[ask.lever]
        title = ask_words(ask, places.states, w)
        name = f"{key}-mine-{place}"

        def changed(new: Ask | None, place: int = place) -> None:
            if found.view is None:
                return
            if new is None:
                found.replace(found.view.with_ask(place, None))
            else:
                found.change(found.view.with_ask(place, new))

        ended = None if now is None else gone(ask, now)
        over = _over(title, ask, ended, places, w)
        with st.expander(plain(over or title), expanded=place == newest, icon=OVER if over else None, key=name):
            if ended is not None:
                until = w.t("lab.mine.to_the_end") if ask.end is None else w.t("lab.mine.until", when=places.quarters[min(ask.end, len(places.quarters) - 1)])
                st.caption(w.t("lab.mine.ended", until=until, when=places.quarters[ended]))
            measure_card(ask, lever, places, name, changed, w)


def _over(title: str, ask: Ask, ended: int | None, places: Places, w: Words) -> str:
    """What a closed card says of a measure that is not in force at the end of the run: since when, or that it begins later; "" of any other."""
    length = len(places.quarters)
    if ask.start >= length:
        return w.t("lab.mine.title_later", measure=title)
    if ended is None and ask.end is not None and not api.LEVERS[ask.lever].is_deed:
        ended = ask.end
    return "" if ended is None or ended >= length else w.t("lab.mine.title_ended", measure=title, when=places.quarters[ended])


def ask_words(ask: Ask, names: Mapping[str, str], w: Words) -> str:
    """A measure of the visitor's in one line: the lever, who acts on whom, how strongly, what it names."""
    lever = api.LEVERS[ask.lever]
    options = {**{name: repr(number) for name, number in ask.options}, **dict(ask.names)}
    what = order_words(lever, ask.state, ask.target, names, ask.value, options, w, "", *named_words(lever, options, w))
    return f"{lever_words(lever, 'label', w)}: {what}"


def gone(ask: Ask, now: Outcome) -> int | None:
    """The quarter from which a measure is in force no longer although its user did not set that end; None while it holds, and for deeds."""
    if api.LEVERS[ask.lever].is_deed:
        return None
    mine = now.measures[(now.measures["lever"] == ask.lever) & (now.measures["sender"] == ask.state) & (now.measures["quarter"] >= ask.start)]
    rows = mine if ask.target in ("", EVERYONE) else mine[mine["target"] == ask.target]
    last = ask.start - 1 if rows.empty else int(rows["quarter"].max())
    until = now.quarters if ask.end is None else min(ask.end, now.quarters)
    return last + 1 if last + 1 < until else None


def _add(found: Desk, view: View, setting: api.Scenario, now: Outcome | None, w: Words) -> None:
    st.subheader(w.t("lab.mine.add"), anchor=False)
    if len(view.choice.asks) >= MOST_MEASURES:
        st.caption(w.t("lab.mine.full", most=w.number(MOST_MEASURES)))
        return
    run = None if now is None else now.run
    asks = [ask for lever in api.LEVERS.values() if (ask := first_ask(view, setting, lever, run)) is not None]
    free = [ask for ask in asks if ask.lever not in ANSWERS]
    answers = [ask for ask in asks if ask.lever in ANSWERS]
    _lever_buttons(found, free[:IN_VIEW], w)
    if free[IN_VIEW:]:
        with st.expander(w.t("lab.mine.more"), icon=":material/more_horiz:"):
            _lever_buttons(found, free[IN_VIEW:], w)
    if answers:
        with st.expander(w.t("lab.mine.answers"), icon=":material/reply:"):
            st.caption(w.t("lab.mine.answers_note"))
            _lever_buttons(found, answers, w)


def _lever_buttons(found: Desk, asks: list[Ask], w: Words) -> None:
    with st.grid(2, min_column_width=BUTTON, gap="xsmall"):
        for ask in asks:
            lever = api.LEVERS[ask.lever]
            words = {field: lever_words(lever, field, w) for field in ("hurts", "costs_user")}
            st.button(
                lever_words(lever, "label", w),
                icon=":material/add:",
                key=f"add-{lever.id}",
                width="stretch",
                wrap=True,
                on_click=_add_ask,
                args=(found, ask),
                help=plain(w.t("lab.mine.add_help", **words)),
            )


def _add_ask(found: Desk, ask: Ask) -> None:
    if found.view is not None:
        found.replace(found.view.with_ask(len(found.view.choice.asks), ask))


def try_one(found: Desk, view: View, setting: api.Scenario, w: Words) -> None:
    """A first measure, one press away, for who sees a case in which nothing is in force."""
    ask = first_ask(view, setting, api.LEVERS[FIRST], None)
    assert ask is not None  # a ban needs nothing to be there before it
    names = {state.id: state.name for state in setting.states}
    label = w.t("lab.mine.try", lever=lever_words(api.LEVERS[FIRST], "label", w), who=who_words(ask.state, ask.target, names, w))
    st.button(plain(label), icon=":material/play_arrow:", type="primary", key="try", wrap=True, on_click=_add_ask, args=(found, ask))
