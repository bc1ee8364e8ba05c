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
from ui.classroom.checks import partners
from ui.classroom.openings import Openings, openings
from ui.classroom.refused import Refusal
from ui.classroom.text import LINE
from ui.controls import EVERYONE, about, lever_words, number, value_head
from ui.pages.class_desk import bullets, move_words, refuse_later, said
from ui.pages.seat_bet import bet, bet_line, purpose
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_names import first_names, pick_names
from ui.text import plain

if TYPE_CHECKING:
    from sim.levers import Lever

IN_VIEW = 6  # lever cards before "more"
ANSWERS = ("answer_settlement", "answer_offer", "answer_deal", "next_stage")  # there only while something waits for one
USUAL = {  # by side: what to look at first
    "target": ("concession", "offer_part", "counter_measures", "propose_deal", "subsidy", "rerouting"),
    "sender": ("retraction", "threat", "import_ban", "export_ban", "payment_exclusion", "offer_settlement", "tariff"),  # what stands comes first
    "third party": ("join_coalition", "trade_facilitation", "transit_control", "propose_deal", "mediation", "import_ban"),
}
CARD = 260  # pixels at least
TYPED, DRAWN = ("reason", "purpose"), "drawn"  # fields of this browser, and what stood in them when drawn or last kept
HAND_IN, READ = "hand-in", "read-just-now"
Draft = dict[str, Any]


def decide(desk: SeatDesk) -> None:
    """Draw the form from the draft."""
    w = desk.w
    draft = read(desk)
    _in_force(desk, draft)
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
        lines = [plain(move_words({**move, "state": desk.me}, desk.places, w)) for move in moves_of(draft)]
        st.markdown(w.t("seat.decide.summary") + "\n\n" + (bullets(lines) if lines else w.t("seat.decide.summary_none")))
        st.markdown(bet_line(desk, draft))
        label = w.t("seat.decide.again" if desk.now.submitted else "seat.decide.send", round=desk.now.round)
        st.button(label, type="primary", icon=":material/send:", key=desk.key(HAND_IN), on_click=hand_in, args=(desk,), width="stretch")
        said(HAND_IN)


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
    rows = run.in_force(desk.me) if run is not None else []
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


def _target(name: str) -> str:
    return "" if name in ("", "-") else name


def _moves(desk: SeatDesk, draft: Draft) -> None:
    chosen = [move for move in draft.get("moves", ()) if move["value"] is not None]
    if not chosen:
        return
    st.header(desk.w.t("seat.decide.chosen"), anchor=False)
    for move in chosen:
        lever = api.LEVERS.get(str(move["lever"]))
        if lever is not None:
            _card(desk, move, lever)


def _card(desk: SeatDesk, move: dict[str, Any], lever: Lever) -> None:
    w, place = desk.w, int(move["n"])
    key = desk.key(f"move-{place}")
    with st.container(border=True, key=key):
        st.markdown(f"**{plain(lever_words(lever, 'label', w))}**")
        if lever.needs_target:
            doable = open_to(desk)
            towards = desk.places.states if doable is None else {*doable.get(lever.id, ()), str(move["target"])}
            names = {state: name for state, name in desk.places.states.items() if state != desk.me and state in towards}
            if not lever.is_deed and len(names) == len(desk.places.states) - 1:
                names[EVERYONE] = w.t("common.everyone")

            def aimed(target: str) -> None:
                _change(desk, place, target=target, **first_names(desk, lever.id, target))

            _pick(w.t("seat.decide.target"), names, str(move["target"]), f"{key}-target", aimed)
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


def open_to(desk: SeatDesk) -> Openings | None:
    """What this seat could really do now, and towards whom; None where nobody knows."""
    return openings(desk.lesson.scenario, desk.me, desk.seen)


def side_of(desk: SeatDesk) -> str:
    """On which side of the scenario's disputes this seat stands."""
    side = "third party"
    for dispute in desk.places.disputes:
        side = "target" if desk.me == dispute.target else "sender" if desk.me in dispute.senders else side
    return side


def levers_of(desk: SeatDesk) -> list[Lever]:
    """The levers of this seat: what its role allows and what would come to something now, its own side's first."""
    side = side_of(desk)
    allowed = desk.role.levers
    doable = open_to(desk)
    mine = [lever for lever in api.LEVERS.values() if doable is None or lever.id in doable]
    mine = [lever for lever in mine if (lever.id in allowed if allowed else lever.side in (side, "anyone"))]
    return sorted(mine, key=lambda lever: (lever.side != side, side == "sender" and lever.side == "anyone" and lever.is_deed))


def _levers(desk: SeatDesk, draft: Draft) -> None:
    w = desk.w
    if any(move["value"] is not None for move in draft.get("moves", ())):  # what comes next is the purpose and the bet, not twenty other cards
        with st.expander(w.t("seat.decide.add"), icon=":material/add:", key=desk.key("add")):
            _offers(desk)
        return
    st.header(w.t("seat.decide.levers"), anchor=False)
    _offers(desk)


def _offers(desk: SeatDesk) -> None:
    w, levers = desk.w, levers_of(desk)
    first = first_view(levers, side_of(desk))
    _cards(desk, first)
    rest = {lever.id: lever for lever in levers if lever not in first}
    if rest:
        key = desk.key("more")
        label = w.t("seat.decide.more", count=len(rest))
        name = st.selectbox(label, list(rest), index=None, placeholder=w.t("common.pick"), format_func=lambda one: lever_words(rest[one], "label", w), key=key)
        if name is not None:
            _cards(desk, [rest[str(name)]])


def first_view(levers: list[Lever], side: str) -> list[Lever]:
    """At most six: what each side usually reaches for, answers to what is on the table first; then in their order."""
    by_id = {lever.id: lever for lever in levers}
    wanted = [by_id[name] for name in (*ANSWERS, *USUAL[side]) if name in by_id]
    return [*wanted, *[lever for lever in levers if lever not in wanted]][:IN_VIEW]


def _cards(desk: SeatDesk, levers: list[Lever]) -> None:
    w = desk.w
    with st.grid(3, min_column_width=CARD, gap="small"):
        for lever in levers:
            with st.container(border=True, height="stretch", vertical_alignment="distribute"):
                with st.container(gap="xsmall"):
                    st.markdown(f"**{plain(lever_words(lever, 'label', w))}**")
                    st.caption(w.t("seat.decide.costs", text=plain(lever_words(lever, "costs_user", w))))
                with st.container(horizontal=True, gap="small"):
                    move = first_move(desk, lever)
                    st.button(w.t("seat.decide.use"), icon=":material/add:", key=desk.key(f"use-{lever.id}"), on_click=_add, args=(desk, move))
                    with st.popover(w.t("seat.decide.about"), key=desk.key(f"about-{lever.id}")):
                        hurts = w.t("seat.decide.hurts", text=plain(lever_words(lever, "hurts", w)))
                        st.markdown("\n\n".join([hurts, *about(lever, w)]))


def first_move(desk: SeatDesk, lever: Lever) -> dict[str, Any]:
    """A sensible start for a lever: against the other side of the dispute, all sectors, the lever's own default."""
    opponent, towards = _opponent(desk), (open_to(desk) or {}).get(lever.id, ())
    target = (opponent if opponent in towards or not towards else towards[0]) if lever.needs_target else ""
    sector = EVERYONE if lever.takes_sector else ""
    return {"lever": lever.id, "target": target, "sector": sector, "value": lever.value.default, "options": {}, **first_names(desk, lever.id, target)}


def _opponent(desk: SeatDesk) -> str:
    for dispute in desk.places.disputes:
        if desk.me == dispute.target:
            return str(dispute.senders[0])
        if desk.me != dispute.target:
            return str(dispute.target)
    setting = desk.places.setting
    return partners(setting, desk.me)[0] if setting is not None else ""
