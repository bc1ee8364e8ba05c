"""Talk: public pledges that bind nobody, offers to another seat, motions to vote on, private messages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.classroom import messages, phases, polls, submissions, view
from ui.classroom.text import LINE, NOTE, display
from ui.controls import lever_words
from ui.pages.class_desk import bullets, said
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_levers import levers_of
from ui.pages.seat_offers import attempt, nobody_there, others, show_offers, titles_of, writing_of
from ui.pages.seat_results import pledge_words

SHOWN = 20  # messages in view


def talk(desk: SeatDesk) -> None:
    """Draw the four ways to talk; only those that are open now.

    Whatever others add has a place of its own: a field that moves down the page while somebody types in it would be emptied by the browser.
    """
    w, phase = desk.w, desk.now.phase
    if phase == "talk":
        st.markdown(w.t("seat.talk.text"))
    with st.container():
        _pledges(desk, phase in ("talk", "decide"))
    with st.container():
        show_offers(desk, phase in phases.BEFORE_LOCK)
    with st.container():
        _motions(desk, phase in ("talk", "decide"))
    if desk.lesson.messages:
        with st.container():
            _messages(desk)


def _pledges(desk: SeatDesk, open_now: bool) -> None:
    w = desk.w
    st.subheader(w.t("seat.talk.pledges"), anchor=False)
    rows = [row for row in view.pledges(desk.store, desk.token) if row.round == desk.now.round]
    st.markdown(bullets([pledge_words(row, desk) for row in rows]) if rows else w.t("seat.talk.no_pledges"))
    if not open_now:
        return
    mine = writing_of(desk, "pledge")
    with st.expander(w.t("seat.talk.pledge"), expanded=mine.begun("words"), icon=":material/record_voice_over:", key=desk.key("pledge")):
        yes_or_no = lambda yes: w.t("seat.talk.will" if yes else "seat.talk.will_not")  # noqa: E731
        st.radio(w.t("seat.talk.what"), [True, False], format_func=yes_or_no, horizontal=True, **mine.field("will"))
        levers = {lever.id: lever_words(lever, "label", w) for lever in levers_of(desk)}
        st.selectbox(w.t("seat.talk.lever"), list(levers), format_func=lambda name: levers[name], **mine.field("lever", list(levers)))
        states = {"": w.t("seat.talk.anyone"), **{state: name for state, name in desk.places.states.items() if state != desk.me}}
        st.selectbox(w.t("seat.talk.target"), list(states), format_func=lambda name: states[name], **mine.field("target", list(states)))
        st.text_input(w.t("seat.talk.words"), max_chars=LINE, **mine.field("words"))
        say = lambda: submissions.pledge(  # noqa: E731
            desk.store,
            desk.token,
            desk.now.stamp,
            lever=str(mine.value("lever")),
            target=mine.text("target"),
            will=bool(mine.value("will")),
            text=mine.text("words"),
        )
        st.button(w.t("seat.talk.say"), type="primary", key=desk.key("say"), on_click=attempt, args=(say, w.t("seat.talk.said"), "pledge", mine))
    said("pledge")


def _motions(desk: SeatDesk, may_table: bool) -> None:
    w = desk.w
    rows = polls.motions(desk.store, desk.token)
    if rows or may_table:
        st.subheader(w.t("seat.motion.title"), anchor=False)
    with st.container():
        _on_the_table(desk, rows)
    if may_table:
        mine = writing_of(desk, "motion")
        with st.expander(w.t("seat.motion.table"), expanded=mine.begun("text"), icon=":material/how_to_vote:", key=desk.key("motion")):
            st.text_input(w.t("seat.motion.text"), max_chars=NOTE, placeholder=w.t("seat.motion.example"), **mine.field("text"))
            table = lambda: polls.table_motion(desk.store, desk.token, desk.now.stamp, mine.text("text"))  # noqa: E731
            st.button(w.t("seat.motion.send"), key=desk.key("table"), on_click=attempt, args=(table, w.t("seat.motion.tabled"), "motion", mine))
        said("motion")


def _on_the_table(desk: SeatDesk, rows: Sequence[polls.MotionSeen]) -> None:
    w = desk.w
    for row in rows:
        with st.container(border=True):
            at = f"motion-{row.id}"
            st.markdown(w.t("seat.motion.by", title=desk.title_of(row.by), text=display(row.text)) if row.by else display(row.text))
            if not row.open:
                counts = [f"{display(option)} {count}" for option, count in zip(row.options, row.counts, strict=True)]
                st.markdown(w.t("seat.motion.result", counts=", ".join(counts)))
                said(at)
                continue
            st.caption(w.t("seat.motion.open"))
            with st.container(horizontal=True):
                for place, option in enumerate(row.options):
                    cast = lambda number=row.id, place=place: polls.vote(desk.store, desk.token, number, place)  # noqa: E731
                    st.button(
                        w.maybe(f"seat.motion.{option}") or display(option),
                        key=f"vote-{row.id}-{place}",
                        type="primary" if row.mine == place else "secondary",
                        on_click=attempt,
                        args=(cast, w.t("seat.motion.cast"), at),
                    )
            said(at)


def _messages(desk: SeatDesk) -> None:
    w = desk.w
    st.subheader(w.t("seat.message.title"), anchor=False)
    with st.container():
        rows = messages.of_seat(desk.store, desk.token)
        for row in rows[-SHOWN:]:
            mine = row.sender == desk.now.seat
            other = desk.title_of(row.to if mine else row.sender)
            st.markdown(w.t("seat.message.to" if mine else "seat.message.from", other=other, text=display(row.text)))
    if not others(desk) or desk.now.phase == "closed":
        return
    writing, whom = writing_of(desk, "message"), others(desk)
    with st.container(border=True):
        st.selectbox(w.t("seat.message.whom"), whom, format_func=titles_of(desk), **writing.field("to", whom))
        nobody_there(desk, writing.text("to") or whom[0])
        st.text_input(w.t("seat.message.words"), max_chars=NOTE, help=w.t("seat.message.seen"), **writing.field("words"))
        send = lambda: messages.send(  # noqa: E731
            desk.store, desk.token, desk.now.stamp, to=str(writing.value("to")), text=writing.text("words")
        )
        done = (send, w.t("seat.message.sent"), "message", writing)
        st.button(w.t("seat.message.send"), icon=":material/send:", key=desk.key("send-message"), on_click=attempt, args=done)
    said("message")
