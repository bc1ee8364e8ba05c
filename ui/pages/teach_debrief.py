"""The instructor's debrief: prepare it, put the suggested forks to the vote, show the polls side by side, take it home as a file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.class_debrief import short
from ui.classroom import looking_back, phases, polls
from ui.classroom.refused import Refusal
from ui.pages.class_debrief_parts import ballot, made
from ui.pages.class_desk import refuse_later, say_later
from ui.pages.debrief import files
from ui.pages.debrief_parts import one_at_a_time
from ui.pages.teach_desk import TeachDesk


def debrief(desk: TeachDesk) -> None:
    """Draw the view."""
    w, store, key, uid = desk.w, desk.store, desk.key, desk.uid
    looked = looking_back.of_session(store, key, uid)
    if looked is None:
        st.markdown(w.t("seat.debrief.nothing"))
        return
    st.markdown(w.t("debrief.teach.text"))
    answers, motions = polls.of_session(store, key, uid), polls.motions_of_session(store, key, uid)
    found = made(looked, desk.lesson, answers, motions, w)
    if found is None:
        return
    whole, model = found
    open_votes = [motion for motion in motions if motion.kind == "fork" and motion.open]
    with st.container(horizontal=True):
        if desk.phase == phases.DEBRIEF and len(model.forks) > 1 and not open_votes:
            options = [short(question) for question in model.forks]
            put = lambda: polls.put_to_vote(store, key, uid, text=w.t("debrief.vote.question"), options=options, kind="fork")  # noqa: E731
            st.button(w.t("debrief.teach.put"), icon=":material/how_to_vote:", key="fork-put", on_click=_act, args=(put, w.t("debrief.teach.put_done")))
        for motion in open_votes:
            end = lambda number=motion.id: polls.close_motion(store, key, uid, number)  # noqa: E731
            label = w.t("debrief.teach.count", count=motion.cast)
            st.button(label, icon=":material/ballot:", key=f"fork-close-{motion.id}", on_click=_act, args=(end, w.t("debrief.teach.counted")))
        closing = next((poll for poll in answers if poll.key == "after"), None)
        if closing is not None and desk.phase == phases.DEBRIEF:
            _closing_poll(desk, closing)
    ballot([motion for motion in motions if not motion.open], lambda motion, place: None, w, model.told)
    files(whole, "class-debrief", w)
    one_at_a_time(whole.panels, "class-debrief", w)


def _closing_poll(desk: TeachDesk, poll: polls.PollSeen) -> None:
    """A button that closes the closing poll and says first how many have answered; once it is closed, one that opens it again."""
    w = desk.w
    if poll.open:
        end = lambda: polls.close_poll(desk.store, desk.key, desk.uid, "after")  # noqa: E731
        people = sum(seat.started and not seat.bot for seat in desk.board.seats)
        count = len(poll.answers)
        label = w.t("debrief.teach.poll", answered=w.number(count), people=w.number(max(people, count)))
        st.button(label, icon=":material/equalizer:", key="after-close", on_click=_act, args=(end, w.t("debrief.teach.poll_done")))
    else:
        again = lambda: polls.reopen_poll(desk.store, desk.key, desk.uid, "after")  # noqa: E731
        label = w.t("debrief.teach.poll_again")
        st.button(label, icon=":material/lock_open:", key="after-open", on_click=_act, args=(again, w.t("debrief.teach.poll_opened")))


def _act(what: Callable[[], object], done: str) -> None:
    try:
        what()
    except Refusal as problem:
        refuse_later(problem)
    else:
        say_later(done)
