"""The phases of a session and their order: pure functions, no store.

    lobby, role_check, poll, then for every round read, talk, decide, resolve, reveal, then debrief, closed

A stamp names a moment of the class (branch, round, phase). A page sends back the stamp it was drawn with, and the store refuses
another: a click on a stale page must not land in the next round.
"""

from __future__ import annotations

from collections.abc import Collection

LOBBY, ROLE_CHECK, POLL = "lobby", "role_check", "poll"
READ, TALK, DECIDE, RESOLVE, REVEAL = "read", "talk", "decide", "resolve", "reveal"
DEBRIEF, CLOSED = "debrief", "closed"
BEFORE = (LOBBY, ROLE_CHECK, POLL)
IN_ROUND = (READ, TALK, DECIDE, RESOLVE, REVEAL)
BEFORE_LOCK = (READ, TALK, DECIDE)  # of a round
ORDER = (*BEFORE, *IN_ROUND, DEBRIEF, CLOSED)
MAY_SKIP = (ROLE_CHECK, POLL, READ, TALK)
TIMED = (ROLE_CHECK, POLL, READ, TALK, DECIDE, REVEAL)


def stamp(branch: int, round_number: int, phase: str) -> str:
    """The moment as one word, for pages to send back."""
    return f"{branch}-{round_number}-{phase}"


def following(phase: str, round_number: int, rounds: int, skipped: Collection[str] = ()) -> tuple[str, int]:
    """The phase and round that come next. `skipped` phases are left out; the end is `closed`."""
    while True:
        if phase == REVEAL and round_number < rounds:
            phase, round_number = READ, round_number + 1
        elif phase == CLOSED:
            return CLOSED, round_number
        else:
            phase = ORDER[ORDER.index(phase) + 1]
            if phase == READ:
                round_number += 1
        if phase not in skipped or phase not in MAY_SKIP:
            return phase, round_number
