"""Offers between seats: made, answered, answered with another one; and a reminder of what was agreed, since nothing of it is done by itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.classroom import offers
from ui.classroom.refused import Refusal
from ui.classroom.text import NOTE, display
from ui.pages.class_desk import bullets, refuse_later, said, say_later
from ui.pages.seat_answers import waiting
from ui.pages.seat_desk import SeatDesk, names_state
from ui.pages.written import Writing
from ui.text import plain

SHOWN = 20  # offers in view
COUNTERS = "counters"  # the offer that a new one answers


def others(desk: SeatDesk) -> list[str]:
    """Labels of all other seats."""
    return [place.label for place in desk.lesson.places if place.label != desk.now.seat]


def titles_of(desk: SeatDesk) -> Callable[[str], str]:
    """How a seat is called in a choice: its title, and its state where the title does not say it."""
    names = {}
    for place in desk.lesson.places:
        state = desk.places.state(place.state)
        names[place.label] = place.title if names_state(place.title, state) else f"{place.title} ({state})"
    return lambda label: names.get(label, label)


def attempt(what: Callable[[], object], done: str, at: str, writing: Writing | None = None) -> None:
    """Do something in the store and say what came of it `at` what was pressed; what was written for it goes only once it is accepted."""
    try:
        what()
    except Refusal as problem:
        refuse_later(problem, at)
    else:
        say_later(done, at)
        if writing is not None:
            writing.accepted()


def writing_of(desk: SeatDesk, name: str) -> Writing:
    """The fields of one thing to send: they belong to a round of a branch, whatever its phase."""
    return Writing(name, desk.now.stamp.rpartition("-")[0])


def show_offers(desk: SeatDesk, open_now: bool) -> None:
    """The offers made and got, and a form for a new one."""
    w = desk.w
    st.subheader(w.t("seat.offer.title"), anchor=False)
    formal = waiting(desk)
    with st.container():
        if formal:
            st.info(w.t("seat.answer.open") + "\n\n" + bullets([plain(line) for line in formal]), icon=":material/mark_email_unread:")
    st.caption(w.t("seat.offer.text"))
    with st.container():
        _offered(desk, open_now, bool(formal))
    if open_now and others(desk):
        _new_offer(desk)


def _offered(desk: SeatDesk, open_now: bool, formal: bool) -> None:
    w = desk.w
    rows = offers.of_seat(desk.store, desk.token)
    if not rows and not formal:
        st.markdown(w.t("seat.offer.none"))
    for row in rows[:SHOWN]:
        with st.container(border=True):
            words = {"other": desk.title_of(row.other), "gives": display(row.gives), "wants": display(row.wants)}
            kind = w.t(f"seat.offer.kind.{row.kind}")
            status = w.t(f"seat.offer.status.{row.status}")
            st.markdown(w.t("seat.offer.mine" if row.mine else "seat.offer.theirs", kind=kind, status=status, **words))
            said(at := f"offer-{row.id}")
            if row.status != "open" or not open_now:
                continue
            with st.container(horizontal=True):
                if row.mine:
                    back = lambda number=row.id: offers.withdraw(desk.store, desk.token, desk.now.stamp, number)  # noqa: E731
                    st.button(w.t("seat.offer.withdraw"), key=f"withdraw-{row.id}", on_click=attempt, args=(back, w.t("seat.offer.withdrawn"), at))
                for word in () if row.mine else offers.ANSWERS:
                    give = lambda number=row.id, word=word: offers.answer(desk.store, desk.token, desk.now.stamp, number, word)  # noqa: E731
                    st.button(
                        w.t(f"seat.offer.answer.{word}"),
                        key=f"{word}-{row.id}",
                        type="primary" if word == "accepted" else "secondary",
                        on_click=attempt,
                        args=(give, w.t(f"seat.offer.done.{word}"), at),
                    )
                if not row.mine:
                    st.button(w.t("seat.offer.counter"), key=f"counter-{row.id}", on_click=_counter, args=(desk, row))


def _counter(desk: SeatDesk, row: offers.OfferSeen) -> None:
    """Begin an answer with another offer: the same kind, with what each side gives turned round."""
    mine = writing_of(desk, "offer")
    for part, value in {"to": row.other, "kind": row.kind, "gives": row.wants, "wants": row.gives, COUNTERS: row.id}.items():
        mine.put(part, value)


def _answered(desk: SeatDesk, number: int | None) -> offers.OfferSeen | None:
    """The offer that the new one answers, while it waits for an answer."""
    rows = offers.of_seat(desk.store, desk.token) if number is not None else []
    return next((row for row in rows if row.id == number and row.status == "open"), None)


def _new_offer(desk: SeatDesk) -> None:
    w, mine, whom = desk.w, writing_of(desk, "offer"), others(desk)
    answered = _answered(desk, mine.value(COUNTERS))
    box = desk.key("offer" if answered is None else f"offer-{answered.id}")  # another one, that opens by itself: one that was closed would stay so
    with st.expander(w.t("seat.offer.make"), expanded=mine.begun("gives", "wants"), icon=":material/handshake:", key=box):
        with st.container():
            if answered is not None:
                st.info(w.t("seat.offer.instead", other=desk.title_of(answered.other)), icon=":material/reply:")
        st.selectbox(w.t("seat.offer.to"), whom, format_func=titles_of(desk), **mine.field("to", whom))
        nobody_there(desk, mine.text("to") or whom[0])
        kinds = list(offers.KINDS)
        st.selectbox(w.t("seat.offer.what"), kinds, format_func=lambda name: w.t(f"seat.offer.kind.{name}"), **mine.field("kind", kinds))
        st.text_input(w.t("seat.offer.gives"), max_chars=NOTE, placeholder=w.t("seat.offer.gives_example"), **mine.field("gives"))
        st.text_input(w.t("seat.offer.wants"), max_chars=NOTE, placeholder=w.t("seat.offer.wants_example"), **mine.field("wants"))
        send = lambda: offers.make(  # noqa: E731
            desk.store,
            desk.token,
            desk.now.stamp,
            to=str(mine.value("to")),
            kind=str(mine.value("kind")),
            gives=mine.text("gives"),
            wants=mine.text("wants"),
            counters=answered.id if answered is not None and answered.other == mine.value("to") else None,
        )
        st.button(w.t("seat.offer.send"), type="primary", key=desk.key("send-offer"), on_click=attempt, args=(send, w.t("seat.offer.sent"), "offer", mine))
    said("offer")


def nobody_there(desk: SeatDesk, label: str) -> None:
    """A line where nobody sits in the seat that something would be sent to; it has a place of its own."""
    with st.container():
        if label in offers.unheld(desk.store, desk.token):
            st.warning(desk.w.t("seat.offer.nobody"), icon=":material/smart_toy:")


def agreed(desk: SeatDesk) -> None:
    """What was agreed on for this round, and that it has to be chosen to be done."""
    w, lines = desk.w, []
    for row in offers.agreed(desk.store, desk.token):
        words = {"other": desk.title_of(row.other), "gives": display(row.gives), "wants": display(row.wants)}
        lines.append(w.t("seat.offer.agreed_mine" if row.mine else "seat.offer.agreed_theirs", **words))
    with st.container():
        if lines:
            st.info(w.t("seat.offer.agreed") + "\n\n" + bullets(lines), icon=":material/handshake:")
