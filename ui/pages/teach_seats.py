"""How people come in (QR, code, links) and the table of seats with what the class waits for."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import streamlit as st

from ui.classroom import instructor, readiness
from ui.classroom.refused import Refusal
from ui.house import join_link, public_url, screen_link, seat_link
from ui.pages.class_desk import refuse_later, say_later
from ui.pages.desk import in_link
from ui.pages.shown import WIDE
from ui.pages.teach_desk import TeachDesk
from ui.pages.teach_print import paper_for
from ui.telling import refusal_told
from ui.text import plain

QR = 320  # pixels
LINKS = "links"


@lru_cache(maxsize=256)
def qr(text: str) -> bytes:
    """A QR code as PNG, black on white with its quiet zone, so that it also reads on a dark page."""
    import segno

    buffer = BytesIO()
    segno.make(text, error="m").save(buffer, kind="png", scale=8, border=4)
    return buffer.getvalue()


def doors(desk: TeachDesk) -> None:
    """The code and QR of the class, the projector's link, and the links of the seats."""
    w, found = desk.w, desk.board
    left, right = st.columns([2, 3], gap="large")
    with left:
        link = join_link(found.join_code, in_link(w).get("lang", ""))
        st.image(qr(link), width=QR, alt=w.t("teach.doors.qr", code=found.join_code))
        st.markdown(f"# {found.join_code}", anchors=False)
        st.markdown(w.t("teach.doors.join", url=plain(f"{public_url()}/join")))
    with right:
        for check in (readiness.address(public_url()), readiness.phone(desk.store, desk.uid), _scenario(desk)):
            sign = {"ok": ":material/check_circle:", "warning": ":material/warning:", "problem": ":material/error:"}[check.status]
            st.markdown(f"{sign} **{w.t(f'teach.ready.{check.status}')}** · {plain(refusal_told(check.sentence, w))}")
        kept = st.session_state.get(LINKS, {}).get(desk.uid, {})
        st.subheader(w.t("teach.doors.screen"), anchor=False)
        if kept.get("projector"):
            beamer = screen_link(kept["projector"], in_link(w).get("lang", ""))
            st.link_button(w.t("teach.doors.open_screen"), beamer, icon=":material/tv:")
            st.code(beamer, language=None, wrap_lines=True)
        else:
            st.button(w.t("teach.doors.new_screen"), key="new-screen", on_click=_new_screen, args=(desk,))
        st.subheader(w.t("teach.doors.seats"), anchor=False)
        st.caption(w.t("teach.doors.seats_text"))
        if not kept.get("seats"):
            st.button(w.t("teach.doors.new_links"), key="new-links", on_click=_new_links, args=(desk,))
        for label, secret in kept.get("seats", {}).items():
            with st.expander(desk.title_of(label), key=f"link-{label}"):
                st.image(qr(seat_link(secret, in_link(w).get("lang", ""))), width=QR, alt=w.t("teach.doors.seat_qr", seat=label))
                st.code(seat_link(secret, in_link(w).get("lang", "")), language=None, wrap_lines=True)
        st.button(w.t("teach.doors.new_code"), key="new-code", on_click=_new_code, args=(desk,), help=w.t("teach.doors.new_code_help"))
    paper_for(desk, kept.get("seats", {}))


def _scenario(desk: TeachDesk) -> readiness.Check:
    return readiness.scenario(desk.lesson.scenario, desk.board.scenario_digest, desk.board.rounds)


def _keep(desk: TeachDesk, seats: dict[str, str], projector: str = "") -> None:
    kept = st.session_state.setdefault(LINKS, {}).setdefault(desk.uid, {"seats": {}, "projector": ""})
    kept["seats"] = {**kept["seats"], **seats}
    kept["projector"] = projector or kept["projector"]


def _new_screen(desk: TeachDesk) -> None:
    try:
        _keep(desk, {}, instructor.reissue_projector(desk.store, desk.key, desk.uid))
    except Refusal as problem:
        refuse_later(problem)


def _new_links(desk: TeachDesk) -> None:
    try:
        _keep(desk, {seat.label: instructor.another_link(desk.store, desk.key, desk.uid, seat.label) for seat in desk.board.seats})
    except Refusal as problem:
        refuse_later(problem)


def _new_code(desk: TeachDesk) -> None:
    try:
        instructor.new_join_code(desk.store, desk.key, desk.uid)
    except Refusal as problem:
        refuse_later(problem)


def seats(desk: TeachDesk) -> None:
    """The table of seats, and what can be done with one of them."""
    import pandas as pd

    w, found = desk.w, desk.board
    now = desk.store.now()
    rows = []
    for seat in found.seats:
        held = "model" if seat.bot else "people" if seat.started else "nobody"
        ago = "" if seat.seen_at is None else w.t("teach.seats.ago", seconds=w.number((now - seat.seen_at).total_seconds()))
        waits = w.t(f"teach.seats.waits.{seat.waits.replace(' ', '_')}") if seat.waits else ""
        title = next((place.title for place in desk.lesson.places if place.label == seat.label), seat.label)
        handed = w.t("teach.seats.yes") if seat.handed_in else ""
        rows.append((title, desk.places.state(seat.state), w.t(f"teach.seats.held.{held}"), seat.devices, ago, handed, waits))
    columns = [w.t(f"teach.seats.column.{name}") for name in ("seat", "state", "held", "devices", "seen", "in", "waits")]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, width=WIDE, key="seats-table")
    labels = [seat.label for seat in found.seats]
    chosen = str(st.selectbox(w.t("teach.seats.pick"), labels, format_func=desk.title_of, key="seat-pick"))
    seat = next(one for one in found.seats if one.label == chosen)
    with st.container(horizontal=True):
        hand = w.t("teach.seats.to_people" if seat.bot else "teach.seats.to_model")
        st.button(hand, icon=":material/smart_toy:", key="hand", on_click=_hand, args=(desk, chosen, not seat.bot))
        st.button(w.t("teach.seats.reissue"), icon=":material/link:", key="reissue", on_click=_reissue, args=(desk, chosen, False))
        st.button(w.t("teach.seats.free"), icon=":material/person_remove:", key="free", on_click=_reissue, args=(desk, chosen, True))
    secret = st.session_state.get(LINKS, {}).get(desk.uid, {}).get("seats", {}).get(chosen)
    if secret:
        st.image(qr(seat_link(secret, in_link(w).get("lang", ""))), width=QR, alt=w.t("teach.doors.seat_qr", seat=chosen))
        st.code(seat_link(secret, in_link(w).get("lang", "")), language=None, wrap_lines=True)


def _hand(desk: TeachDesk, label: str, by_model: bool) -> None:
    try:
        instructor.hand_to_model(desk.store, desk.key, desk.uid, label, by_model)
    except Refusal as problem:
        refuse_later(problem)


def _reissue(desk: TeachDesk, label: str, free: bool) -> None:
    try:
        secret = (instructor.free_seat if free else instructor.reissue)(desk.store, desk.key, desk.uid, label)
    except Refusal as problem:
        refuse_later(problem)
    else:
        _keep(desk, {label: secret})
        say_later(desk.w.t("teach.seats.reissued"))
