"""What a seat can use in a round: the cards of its levers, its own side's first, and with what each begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim import api
from ui.classroom.checks import partners
from ui.classroom.openings import Openings, openings
from ui.controls import EVERYONE, about, lever_words
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_names import first_names
from ui.text import plain

if TYPE_CHECKING:
    from sim.levers import Lever

IN_VIEW = 6  # lever cards before "more"
ANSWERS = ("answer_settlement", "answer_offer", "answer_deal", "next_stage")  # there only while something waits for one
USUAL = {  # by side: what to look at first
    "target": ("concession", "offer_part", "counter_measures", "propose_deal", "subsidy", "rerouting"),
    "sender": ("retraction", "threat", "offer_settlement", "inducement", "import_ban", "export_ban", "payment_exclusion", "tariff"),  # what stands comes first
    "third party": ("join_coalition", "trade_facilitation", "transit_control", "propose_deal", "mediation", "import_ban"),
}
PROPOSAL = "propose_deal"
CARD = 260  # pixels at least
Use = Callable[[dict[str, Any]], None]


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


def lever_cards(desk: SeatDesk, use: Use) -> None:
    """The cards in view, and the choice of the others; what is reached for goes to `use` as a move."""
    w, levers = desk.w, levers_of(desk)
    first = first_view(levers, side_of(desk))
    cards = st.container()  # one list: what is picked below gets its card among the others
    rest = {lever.id: lever for lever in levers if lever not in first}
    if rest:
        key = desk.key("more")
        label = w.t("seat.decide.more", count=len(rest))
        name = st.selectbox(label, list(rest), index=None, placeholder=w.t("common.pick"), format_func=lambda one: lever_words(rest[one], "label", w), key=key)
        if name is not None:
            first = [*first, rest[str(name)]]
    with cards:
        _cards(desk, first, use)


def first_view(levers: list[Lever], side: str) -> list[Lever]:
    """At most six: what each side usually reaches for, answers to what is on the table first; then in their order."""
    by_id = {lever.id: lever for lever in levers}
    wanted = [by_id[name] for name in (*ANSWERS, *USUAL[side]) if name in by_id]
    return [*wanted, *[lever for lever in levers if lever not in wanted]][:IN_VIEW]


def _cards(desk: SeatDesk, levers: list[Lever], use: Use) -> None:
    w = desk.w
    with st.grid(3, min_column_width=CARD, gap="small"):
        for lever in levers:
            with st.container(border=True, height="stretch", vertical_alignment="distribute"):
                with st.container(gap="xsmall"):
                    st.markdown(f"**{plain(lever_words(lever, 'label', w))}**")
                    st.caption(w.t("seat.decide.costs", text=plain(lever_words(lever, "costs_user", w))))
                with st.container(horizontal=True, gap="small"):
                    move = first_move(desk, lever)
                    st.button(w.t("seat.decide.use"), icon=":material/add:", key=desk.key(f"use-{lever.id}"), on_click=use, args=(move,))
                    with st.popover(w.t("seat.decide.about"), key=desk.key(f"about-{lever.id}")):
                        hurts = w.t("seat.decide.hurts", text=plain(lever_words(lever, "hurts", w)))
                        st.markdown("\n\n".join([hurts, *about(lever, w)]))


def first_move(desk: SeatDesk, lever: Lever) -> dict[str, Any]:
    """A sensible start for a lever: against the other side of the dispute (a deal and help: with a friend), all sectors, the lever's own default."""
    towards = (open_to(desk) or {}).get(lever.id, ())
    wanted = [*(_friends(desk) if lever.id == PROPOSAL or lever.friendly else ()), _opponent(desk)]
    target = next((state for state in wanted if state in towards or not towards), towards[0] if towards else "") if lever.needs_target else ""
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


def _friends(desk: SeatDesk) -> Sequence[str]:
    """Whom a deal or help is for, the likeliest first: who is asked for something by the same states, then who is close; nobody on the other side of a
    dispute."""
    disputes, setting, me = desk.places.disputes, desk.places.setting, desk.me
    askers = {state for dispute in disputes if dispute.target == me for state in dispute.senders}
    alike = [dispute.target for dispute in disputes if dispute.target != me and askers & set(dispute.senders)]
    against = askers | {dispute.target for dispute in disputes if me in dispute.senders}
    if setting is None:
        return alike
    close = {tie.b if tie.a == me else tie.a: tie.alliance + (tie.affinity or 0.0) + tie.trust - tie.rivalry for tie in setting.ties if me in (tie.a, tie.b)}
    others = sorted(partners(setting, me), key=lambda state: -close.get(state, 0.0))
    return list(dict.fromkeys(state for state in [*alike, *others] if state not in against and state != me))
