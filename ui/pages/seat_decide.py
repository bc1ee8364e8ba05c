"""Decide: measures in force to keep or end, levers to use, what for, a bet, one line why. Every change is saved as a draft.

The draft in the store is what the page is drawn from, so that a reload or another phone goes on where this one stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim import api
from ui.classroom import submissions, view
from ui.classroom.refused import Refusal
from ui.classroom.text import LINE
from ui.controls import EVERYONE, lever_words, number, value_head
from ui.pages.class_desk import bullets, move_words, refuse_later, said
from ui.pages.seat_answers import answers
from ui.pages.seat_bet import bet, bet_line, purpose
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_levers import lever_cards, open_to
from ui.pages.seat_names import first_names, pick_names
from ui.pages.seat_offers import agreed
from ui.pages.standing import against
from ui.text import plain

if TYPE_CHECKING:
    from sim.levers import Lever

TYPED, DRAWN = ("reason", "purpose"), "drawn"  # fields of this browser, and what stood in them when drawn or last kept
HAND_IN, READ = "hand-in", "read-just-now"
NEWEST = 6  # measures against the seat's state in view
Draft = dict[str, Any]


def decide(desk: SeatDesk) -> None:
    """Draw the form from the draft."""
    w = desk.w
    draft = read(desk)
    agreed(desk)
    _in_force(desk, draft)
    _against(desk)
    _moves(desk, draft)
    _levers(desk, draft)
    st.header(w.t("seat.decide.why_title"), anchor=False)
    keeping = partial(keep, desk)
    purpose(desk, draft, keeping)
    bet(desk, draft, keeping)
    reason = st.text_input(
        w.t("seat.decide.reason"),
        value=str(draft.get("reason", "")),
        max_chars=LINE,
        key=desk.key("reason"),
        placeholder=w.t("seat.decide.reason_example"),
        on_change=lambda: keep(desk, reason=str(st.session_state[desk.key("reason")] or "")),
    )
    st.session_state.setdefault(desk.key(DRAWN), {"reason": reason, "purpose": st.session_state.get(desk.key("purpose"))})
    with st.container(border=True):
        lines = [_told(desk, move) for move in moves_of(draft)]
        st.markdown(w.t("seat.decide.summary") + "\n\n" + (bullets(lines) if lines else w.t("seat.decide.summary_none")))
        st.markdown(bet_line(desk, draft))
        label = w.t("seat.decide.again" if desk.now.submitted else "seat.decide.send", round=desk.now.round)
        st.button(label, type="primary", icon=":material/send:", key=desk.key(HAND_IN), on_click=hand_in, args=(desk,), width="stretch")
        said(HAND_IN)


def _told(desk: SeatDesk, move: dict[str, Any]) -> str:
    """A move in a line, with the offer that it answers."""
    said, terms = move_words({**move, "state": desk.me}, desk.places, desk.w), answers(desk, move)
    return plain(f"{said} ({terms.removesuffix('.')})" if terms else said)


def read(desk: SeatDesk) -> Draft:
    """The draft of this round: saved, or what was handed in, or empty."""
    draft = submissions.read_draft(desk.store, desk.token)
    if draft:
        return draft
    handed = view.own_decision(desk.store, desk.token)
    if handed is None:
        return {"moves": [], "next": 0}
    moves = [{**{name: move[name] for name in ("lever", "target", "sector", "value", "options")}, "n": place} for place, move in enumerate(handed.moves)]
    return {"moves": moves, "next": len(moves), "purpose": handed.purpose}


def keep(desk: SeatDesk, **changed: Any) -> None:
    """Save the draft with some of its parts changed."""
    try:
        submissions.save_draft(desk.store, desk.token, desk.now.stamp, {**read(desk), **changed})
    except Refusal as problem:
        refuse_later(problem)
    else:
        st.session_state.get(desk.key(DRAWN), {}).update({name: value for name, value in changed.items() if name in TYPED})


def moves_of(draft: Draft) -> list[dict[str, Any]]:
    """The moves as the store takes them."""
    return [{name: value for name, value in move.items() if name != "n"} for move in draft.get("moves", ())]


def hand_in(desk: SeatDesk) -> None:
    """Hand the draft in for the round this page was drawn for; the store refuses another."""
    draft = {**read(desk), **_typed(desk)}
    said = draft.get("bet")
    forecast = submissions.Forecast(str(said["outcome"]), float(said["low"]), float(said["high"]), float(said["sure"])) if said else None
    try:
        submissions.submit(
            desk.store,
            desk.model,
            desk.token,
            desk.now.stamp,
            moves_of(draft),
            purpose=str(draft.get("purpose") or ""),
            bet=forecast,
            reason=str(draft.get("reason") or ""),
        )
    except Refusal as problem:
        refuse_later(problem, HAND_IN)
    else:
        st.session_state.pop("revising", None)
        st.session_state[READ] = True


def read_just_now() -> bool:
    """Whether this very drawing began by handing in, after which the store has read the class: it need not be asked again whether it is as it was."""
    return bool(st.session_state.pop(READ, False))


def _typed(desk: SeatDesk) -> Draft:
    """What this browser has put into the fields and could not keep yet: it may send the last word and the press together, and the press may be
    heard first. What stands in a field as it was drawn is nobody's word here: another phone of the seat may have kept one meanwhile."""
    drawn = st.session_state.get(desk.key(DRAWN), {})
    fields = {name: st.session_state.get(desk.key(name)) for name in TYPED}
    return {name: value for name, value in fields.items() if isinstance(value, str) and value != drawn.get(name)}


def _change(desk: SeatDesk, place: int, **changed: Any) -> None:
    moves = [{**move, **changed} if move["n"] == place else move for move in read(desk)["moves"]]
    keep(desk, moves=moves)


def _remove(desk: SeatDesk, place: int) -> None:
    keep(desk, moves=[move for move in read(desk)["moves"] if move["n"] != place])


def _add(desk: SeatDesk, move: dict[str, Any]) -> None:
    draft = read(desk)
    place = int(draft.get("next", 0))
    keep(desk, moves=[*draft.get("moves", ()), {**move, "n": place}], next=place + 1)


def _in_force(desk: SeatDesk, draft: Draft) -> None:
    run, w = desk.run, desk.w
    rows = run.in_force(desk.me) if run is not None else _begun(desk)
    if not rows:
        return
    st.header(w.t("seat.decide.in_force"), anchor=False)
    for place, row in enumerate(rows):
        move = {"lever": row["lever"], "target": _target(row["target"]), "sector": row["sector"], "state": desk.me, "value": row["level"]}
        same = ("lever", "target", "sector")
        ended = next((one for one in draft.get("moves", ()) if one["value"] is None and all(one[name] == move[name] for name in same)), None)
        key = desk.key(f"force-{place}-{ended is None}")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", border=True):
            st.markdown(plain(move_words(move, desk.places, w)), width="stretch")
            if ended is None:
                ending = {**{name: move[name] for name in same}, "value": None, "options": {}}
                st.button(w.t("seat.decide.end"), key=key, on_click=_add, args=(desk, ending))
            else:
                st.button(w.t("seat.decide.keep"), key=key, on_click=_remove, args=(desk, ended["n"]), icon=":material/undo:")


def _against(desk: SeatDesk) -> None:
    """What others have in force against this seat's state; of a long list the newest are in view."""
    w, lines = desk.w, against(desk.run, desk.places, desk.me, desk.w)
    if not lines:
        return
    st.header(w.t("seat.decide.against"), anchor=False)
    st.markdown(bullets(lines[:NEWEST]))
    if rest := lines[NEWEST:]:
        with st.expander(w.t("seat.decide.against_more", count=len(rest)), key=desk.key("against")):
            st.markdown(bullets(rest))


def _begun(desk: SeatDesk) -> list[dict[str, Any]]:
    """This state's measures that the scenario puts in force at its start, as the table of measures has them."""
    orders = desk.places.setting.measures if desk.places.setting is not None else ()
    return [
        {"lever": order.lever, "target": order.target, "sector": order.sector or EVERYONE, "level": order.value}
        for order in orders
        if order.state == desk.me and order.value is not None
    ]


def _target(name: str) -> str:
    return "" if name in ("", "-") else name


def _moves(desk: SeatDesk, draft: Draft) -> None:
    chosen = [move for move in draft.get("moves", ()) if move["value"] is not None]
    if not chosen:
        return
    st.header(desk.w.t("seat.decide.chosen"), anchor=False)
    above: list[dict[str, Any]] = []
    for move in chosen:
        lever = api.LEVERS.get(str(move["lever"]))
        what = {name: value for name, value in move.items() if name not in ("n", "value")}
        if lever is not None:
            _card(desk, move, lever, again=what in above)
        above.append(what)


def _card(desk: SeatDesk, move: dict[str, Any], lever: Lever, again: bool) -> None:
    w, place = desk.w, int(move["n"])
    key = desk.key(f"move-{place}")
    with st.container(border=True, key=key):
        st.markdown(f"**{plain(lever_words(lever, 'label', w))}**")
        if again:
            st.caption(w.t("seat.decide.twice"))
        if lever.needs_target:
            doable = open_to(desk)
            towards = desk.places.states if doable is None else {*doable.get(lever.id, ()), str(move["target"])}
            names = {state: name for state, name in desk.places.states.items() if state != desk.me and state in towards}
            if not lever.is_deed and len(names) == len(desk.places.states) - 1:
                names[EVERYONE] = w.t("common.everyone")

            def aimed(target: str) -> None:
                _change(desk, place, target=target, **first_names(desk, lever.id, target))

            _pick(w.t("seat.decide.target"), names, str(move["target"]), f"{key}-target", aimed)
        if terms := answers(desk, move):
            st.markdown(plain(terms))
        if lever.takes_sector:
            names = {EVERYONE: w.t("common.all_sectors"), **desk.places.sectors}
            _pick(w.t("seat.decide.sector"), names, str(move["sector"]), f"{key}-sector", lambda value: _change(desk, place, sector=value))
        change = partial(_change, desk, place)
        if not pick_names(desk, move, f"{key}-{move['target']}", change):
            number(lever.value, float(move["value"]), f"{key}-value", lambda value: change(value=value), w, value_head(lever, w))
        for setting in lever.options:

            def adjust(value: float, name: str = setting.name) -> None:
                _change(desk, place, options={**move["options"], name: repr(value)})

            given = float(move["options"].get(setting.name, setting.default))
            number(setting, given, f"{key}-{setting.name}", adjust, w)
        st.button(w.t("seat.decide.remove"), icon=":material/delete:", key=f"{key}-remove", on_click=_remove, args=(desk, place))


def _pick(label: str, names: dict[str, str], value: str, key: str, changed: Callable[[str], None]) -> None:
    options = list(names)
    st.selectbox(
        label,
        options,
        index=options.index(value) if value in names else 0,
        format_func=lambda name: names[name],
        key=key,
        on_change=lambda: changed(str(st.session_state[key])),
    )


def _levers(desk: SeatDesk, draft: Draft) -> None:
    w = desk.w
    if any(move["value"] is not None for move in draft.get("moves", ())):  # what comes next is the purpose and the bet, not twenty other cards
        with st.expander(w.t("seat.decide.add"), icon=":material/add:", key=desk.key("add")):
            lever_cards(desk, lambda move: _add(desk, move))
        return
    st.header(w.t("seat.decide.levers"), anchor=False)
    lever_cards(desk, lambda move: _add(desk, move))
