"""What is needed to get the pages of a round ready before its result is stored, that is before anybody may see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ui.classroom.contract import RoundResult
from ui.classroom.kept import keep
from ui.classroom.lesson import lesson_of
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Seat
from ui.classroom.view import RoundSeen, results_of


@dataclass(frozen=True)
class Coming:
    """A class as it will be when the result is stored: its rounds with the new one, as everybody may see them, and the states of its seats."""

    uid: str
    scenario: str
    resolved: tuple[str, ...]
    seen: tuple[RoundSeen, ...]
    states: tuple[str, ...]


def coming(store: Store, session_id: int, round_id: int, result: RoundResult) -> Coming:
    """Look ahead, and keep the result for the pages that will show it."""
    keep(store, round_id, result)
    with store.read() as db:
        session = db.get_one(ClassSession, session_id)
        seen, resolved = results_of(db, session, None), lesson_of(db, session).resolved
        states = dict.fromkeys(db.execute(select(Seat.state).where(Seat.session_id == session_id).order_by(Seat.place)).scalars())
        fresh = RoundSeen(session.round, result.digest, result.public, {}, {}, None, "", ())
        return Coming(session.uid, session.scenario, (*resolved, result.digest), (*seen, fresh), tuple(states))
