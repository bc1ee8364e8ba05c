"""The server decides the page: every combination of phase and seat, without a browser."""

from __future__ import annotations

from itertools import product

import pytest

from tests.classroom.fakes import Room
from ui.classroom import phases, polls, seats, view
from ui.classroom.screens import Screen, SeatView, screen

FLAGS = ("started", "caught_up", "role_checked", "poll_answered", "submitted", "bot", "revising")


def views() -> list[SeatView]:
    """All 10 x 2^7 = 1,280 views."""
    return [
        SeatView("t", "aland", "ALA", "aland", phase, 1, 3, "0-1-" + phase, **dict(zip(FLAGS, flags, strict=True)))
        for phase in phases.ORDER
        for flags in product((False, True), repeat=len(FLAGS))
    ]


def test_every_view_has_exactly_one_page_and_every_page_is_reached() -> None:
    """A page for each of the 1,280 views; no page without a view."""
    pages = [screen(seen) for seen in views()]
    assert len(pages) == 1280
    assert set(pages) == set(Screen)


def test_nothing_but_start_or_closed_is_shown_before_start_is_pressed() -> None:
    """An opened link alone shows no role, no situation, no result."""
    assert {screen(seen) for seen in views() if not seen.started} == {Screen.START, Screen.CLOSED}


def test_a_decision_form_is_shown_in_decide_only() -> None:
    """The form appears in one phase, to a seat held by people that has not handed in or wants to change it."""
    for seen in views():
        if screen(seen) == Screen.DECIDE:
            assert (seen.phase, seen.started, seen.caught_up, seen.bot) == (phases.DECIDE, True, True, False)
            assert seen.revising or not seen.submitted


def test_the_reveal_is_never_shown_before_the_round_is_resolved() -> None:
    """Results of the round wait for the phase reveal or later."""
    assert {seen.phase for seen in views() if screen(seen) == Screen.REVEAL} == {phases.REVEAL}
    assert {seen.phase for seen in views() if screen(seen) == Screen.DEBRIEF} == {phases.DEBRIEF}


@pytest.mark.parametrize(
    ("phase", "page"),
    [
        ("lobby", Screen.ROLE_PACKET),
        ("role_check", Screen.ROLE_CHECK),
        ("poll", Screen.POLL),
        ("read", Screen.SITUATION),
        ("talk", Screen.TALK),
        ("decide", Screen.DECIDE),
        ("resolve", Screen.WAIT),
        ("reveal", Screen.REVEAL),
        ("debrief", Screen.DEBRIEF),
        ("closed", Screen.CLOSED),
    ],
)
def test_a_present_student_walks_through_the_pages_in_order(phase: str, page: Screen) -> None:
    """The usual way: started, not yet answered, not yet handed in."""
    assert screen(SeatView("t", "a", "A", "a", phase, 1, 3, "s", True, True, False, False, False, False)) == page


def test_the_pages_of_a_real_class_follow_what_the_seat_did(room: Room) -> None:
    """link -> seat -> phase -> screen, through the store."""
    link = room.links["aland"]

    def page() -> Screen:
        return screen(view.look(room.store, link))

    assert page() == Screen.START
    room.everybody_starts()
    assert page() == Screen.ROLE_PACKET
    room.to("role_check")
    assert page() == Screen.ROLE_CHECK
    assert not seats.answer_role(room.store, link, 0, 1)
    assert page() == Screen.ROLE_CHECK
    assert seats.answer_role(room.store, link, 0, 0)
    assert page() == Screen.ROLE_PACKET
    room.to("poll")
    assert page() == Screen.POLL
    polls.answer(room.store, link, "before", 30)
    assert page() == Screen.WAIT
    room.to("decide")
    assert page() == Screen.DECIDE
    room.submit("aland")
    assert page() == Screen.WAIT
    assert screen(view.look(room.store, link, revising=True)) == Screen.DECIDE
    room.to("reveal")
    assert page() == Screen.REVEAL
    room.to("debrief")
    assert page() == Screen.DEBRIEF
    room.to("closed")
    assert page() == Screen.CLOSED
