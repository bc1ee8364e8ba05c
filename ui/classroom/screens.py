"""Which page a seat is on: the server decides, by this one pure function.

    link -> seat -> phase -> screen

A page never chooses; it asks `screen(look(store, token))` and draws what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.classroom import phases


class Screen(StrEnum):
    """The pages of a seat."""

    START = "start"  # the link was opened; Start is not pressed yet
    CATCH_UP = "catch_up"  # arrived late: what happened so far
    ROLE_PACKET = "role_packet"  # lobby, and after a finished role check
    ROLE_CHECK = "role_check"
    POLL = "poll"
    SITUATION = "situation"  # read: the headline and one decision point
    TALK = "talk"  # pledges, offers, messages
    DECIDE = "decide"
    WAIT = "wait"  # handed in, or the round is being computed
    WATCH = "watch"  # the instructor gave the seat to the model
    REVEAL = "reveal"
    DEBRIEF = "debrief"
    CLOSED = "closed"


@dataclass(frozen=True)
class SeatView:
    """All that decides the page of a seat. `stamp` goes back with everything the page sends."""

    session_title: str
    seat: str
    state: str
    role: str
    phase: str
    round: int
    rounds: int
    stamp: str
    started: bool
    caught_up: bool
    role_checked: bool
    poll_answered: bool
    submitted: bool
    bot: bool
    revising: bool = False  # handed in, but the page asked to change it (until the lock)
    devices: int = 0  # of the whole class: a large one polls more slowly


def screen(view: SeatView) -> Screen:
    """The page of a seat. Pure: the same view gives the same page, on any replica."""
    if not view.started:
        return Screen.CLOSED if view.phase == phases.CLOSED else Screen.START
    if view.phase == phases.CLOSED:
        return Screen.CLOSED
    if view.phase == phases.DEBRIEF:
        return Screen.DEBRIEF
    if not view.caught_up:
        return Screen.CATCH_UP
    if view.phase == phases.REVEAL:
        return Screen.REVEAL
    if view.bot and view.phase in phases.IN_ROUND:
        return Screen.WATCH
    if view.phase == phases.ROLE_CHECK:
        return Screen.ROLE_PACKET if view.role_checked else Screen.ROLE_CHECK
    if view.phase == phases.POLL:
        return Screen.WAIT if view.poll_answered else Screen.POLL
    if view.phase == phases.DECIDE:
        return Screen.WAIT if view.submitted and not view.revising else Screen.DECIDE
    return {phases.LOBBY: Screen.ROLE_PACKET, phases.READ: Screen.SITUATION, phases.TALK: Screen.TALK, phases.RESOLVE: Screen.WAIT}[
        view.phase
    ]
