"""What the debrief may look at: the whole history as the model needs it to play it again, and all bets. Closed to everybody before the debrief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import projector_session, seat_of, session_for
from ui.classroom.history import inputs, line
from ui.classroom.refused import Denied
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Seat
from ui.classroom.tables_play import Bet
from ui.classroom.view import RoundSeen, results_of

TOO_EARLY = "The debrief has not begun."


@dataclass(frozen=True)
class Placed:
    """A bet of any seat, known by its state only."""

    round: int
    state: str
    outcome: str
    low: float
    high: float
    sure: float


@dataclass(frozen=True)
class LookBack:
    """A session seen from its end. `played` is what the model is told to play it again (as `contract.Engine.resolve` takes it, in plain data)."""

    uid: str
    played: dict[str, Any]
    bets: tuple[Placed, ...]
    seen: tuple[RoundSeen, ...]


def of_seat(store: Store, token: str) -> LookBack | None:
    """For a seat; None while no round has been played."""
    with store.read() as db:
        session, seat = seat_of(db, store.now(), token)
        if seat.started_at is None:
            raise Denied("Press Start first.")
        return _look(db, session)


def on_projector(store: Store, token: str) -> LookBack | None:
    """For the projector."""
    with store.read() as db:
        return _look(db, projector_session(db, store.now(), token))


def of_session(store: Store, key: str, uid: str) -> LookBack | None:
    """For the instructor, in any phase: to prepare the debrief."""
    with store.read() as db:
        return _look(db, session_for(db, store.now(), key, uid), early=True)


def _look(db: Session, session: ClassSession, early: bool = False) -> LookBack | None:
    if session.phase not in (phases.DEBRIEF, phases.CLOSED) and not early:
        raise Denied(TOO_EARLY)
    rounds = [row for row in line(db, session) if row.resolved_at is not None]
    if not rounds:
        return None
    asked = inputs(db, session, rounds)
    number = {row.id: row.number for row in rounds}
    states = {seat.id: seat.state for seat in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
    bets = db.execute(select(Bet).where(Bet.round_id.in_(number)).order_by(Bet.round_id, Bet.seat_id)).scalars()
    played = {
        "scenario": asked.scenario,
        "seed": asked.seed,
        "theory": asked.theory,
        "moves": [move.as_dict() for move in asked.moves],
        "held": [[row.state, row.first, row.last] for row in asked.held],
        "injects": [list(row) for row in asked.injects],
        "upto": asked.upto_quarter,
        "per_round": session.quarters_per_round,
    }
    return LookBack(
        session.uid,
        played,
        tuple(Placed(number[row.round_id], states[row.seat_id], row.outcome, row.low, row.high, row.sure) for row in bets),
        tuple(results_of(db, session, None)),
    )
