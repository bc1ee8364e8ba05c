"""A seat's debrief: the polls, the vote on a fork, what the run amounts to, the seat's own bets, every round once more."""

from __future__ import annotations

import streamlit as st

from ui.class_debrief import class_panels
from ui.classroom import forks, looking_back, polls
from ui.classroom.refused import Refusal
from ui.debrief.wagers import came_true
from ui.pages.class_debrief_parts import ballot, made
from ui.pages.class_desk import bullets, class_charts, refuse_later, say_later
from ui.pages.class_forks import show_fork
from ui.pages.debrief_parts import contents, show_panel
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_memo import memo_button
from ui.pages.seat_results import bet_words, bets_counted, events_of, moves_text
from ui.text import DEFAULT, plain

LAST = ("leaves_out", "questions")
OWN = ("polls", "calibration")


def debrief(desk: SeatDesk) -> None:
    """Draw the debrief. What needs no model comes first, so that nobody waits before an empty page."""
    w = desk.w
    if desk.run is None:
        st.markdown(w.t("seat.debrief.nothing"))
        _card(desk)
        return
    looked = looking_back.of_seat(desk.store, desk.token)
    assert looked is not None
    answers, motions = polls.of_seat(desk.store, desk.token), polls.motions(desk.store, desk.token)
    opinion, calibration = class_panels(looked, desk.lesson, answers, w)
    top = st.container()
    show_panel(opinion, "seat", w)
    votes = st.container()
    cast = lambda motion, place: _cast(desk, motion, place)  # noqa: E731
    if w.language == DEFAULT:
        with votes:
            ballot(motions, cast, w)
    found = made(looked, desk.lesson, answers, motions, w)
    if w.language != DEFAULT:  # the words of the forks come from the model
        with votes:
            ballot(motions, cast, w, found[1].told if found else None)
    if found is None:
        class_charts(desk.run, desk.me, w, "debrief")
    else:
        model = [panel for panel in found[0].panels if panel.key not in OWN]
        shown = [opinion, *(panel for panel in model if panel.key not in LAST), calibration, *(panel for panel in model if panel.key in LAST)]
        with top:
            contents({panel.key: panel.heading for panel in shown}, w)
        for panel in model:
            if panel.key not in LAST:
                show_panel(panel, "seat", w)
    show_panel(calibration, "seat", w)
    _own(desk)
    if found is None:
        _card(desk)
        return
    for panel in found[0].panels:
        if panel.key in LAST:
            show_panel(panel, "seat", w)


def _cast(desk: SeatDesk, motion: int, place: int) -> None:
    try:
        polls.vote(desk.store, desk.token, motion, place)
    except Refusal as problem:
        refuse_later(problem)
    else:
        say_later(desk.w.t("seat.motion.cast"))
    st.rerun()


def _own(desk: SeatDesk) -> None:
    """What belongs to this seat, with its memo, the forks the instructor has played, and the rounds once more."""
    w, seen = desk.w, desk.seen
    st.header(w.t("seat.debrief.bets"), anchor=False)
    st.markdown(_calibration(desk))
    memo_button(desk)
    shown = forks.of_seat(desk.store, desk.token)
    if shown:
        st.header(w.t("seat.debrief.forks"), anchor=False)
    for fork in shown:
        show_fork(fork, desk.run, lambda number: forks.found_by_seat(desk.store, desk.token, number), w, "seat")
    st.header(w.t("seat.debrief.timeline"), anchor=False)
    for row in seen:
        with st.expander(w.t("seat.catch_up.round", round=row.round), key=f"round-{row.round}"):
            st.markdown(moves_text(desk, row))
            st.markdown(bullets(events_of(row, desk)))


def _card(desk: SeatDesk) -> None:
    """The words of the card, where there is nothing to look back on."""
    for name in ("debrief_questions", "leaves_out"):
        lines = getattr(desk.lesson, name)
        if lines:
            st.header(desk.w.t(f"seat.debrief.{name}"), anchor=False)
            st.markdown(bullets([plain(line) for line in lines]))


def _calibration(desk: SeatDesk) -> str:
    w = desk.w
    pairs = zip(desk.seen, [None, *desk.seen], strict=False)
    lines = [w.t("seat.debrief.bet", round=row.round, text=bet_words(desk, row, before)) for row, before in pairs if row.bet is not None]
    if not lines:
        return w.t("seat.debrief.no_bets")
    inside, known = bets_counted(desk)
    return "\n\n".join([bullets(lines), *([came_true(inside, known, w)] if known else [])])
