"""Rounds: entering phases, locking decisions. Every function expects the session row held by the caller ("close").

Locking a round fills in who did not decide, in the same transaction, so that a locked round is complete for ever: a seat held by
people continues its current policy, marked as a default; a seat nobody holds is played by the model's own agent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from ui.classroom import clock, phases
from ui.classroom.card import Plan
from ui.classroom.events import log, touch
from ui.classroom.store import Store, locked
from ui.classroom.tables import ClassSession, Round, Seat
from ui.classroom.tables_play import Offer, Poll, Submission

_PRESENT = (  # made once: it is asked with every page
    select(Round)
    .where(Round.session_id == bindparam("session"), Round.branch == bindparam("branch"), Round.number == bindparam("number"))
    .execution_options(populate_existing=True)
)
_MISSING = select(Seat).where(
    Seat.session_id == bindparam("session"),
    Seat.started_at.is_not(None),
    Seat.bot.is_(False),
    Seat.id.not_in(select(Submission.seat_id).where(Submission.round_id == bindparam("round"))),
)
_ANYBODY = _MISSING.with_only_columns(Seat.id).limit(1)
PEOPLE, DEFAULT, MODEL = "people", "default", "model"


def plan_of(session: ClassSession) -> Plan:
    """The teacher's settings."""
    return Plan.model_validate(session.settings)


def present_round(db: Session, session: ClassSession) -> Round | None:
    """The round the class is in, on its present branch."""
    return db.execute(_PRESENT, {"session": session.id, "branch": session.branch, "number": session.round}).scalar_one_or_none()


def enter(db: Session, now: datetime, session: ClassSession, phase: str, number: int, actor: str) -> None:
    """Leave the present phase and enter another."""
    clock.stop(db, now, session)
    for key, where in (("before", phases.POLL), ("after", phases.DEBRIEF)):
        if session.phase == where:
            db.execute(update(Poll).where(Poll.session_id == session.id, Poll.key == key).values(open=False))
        if phase == where:
            _open_poll(db, now, session, key)
    session.phase, session.round = phase, number
    session.version += 1
    session.closed_at = now if phase == phases.CLOSED else None
    if phase in phases.IN_ROUND and present_round(db, session) is None:
        db.add(Round(session_id=session.id, branch=session.branch, number=number, opened_at=now, tries=0, problem=""))
        db.flush()
    log(db, now, session, "phase", actor, {"phase": phase})
    if phase == phases.RESOLVE:
        _lock(db, now, session, actor)
    seconds = plan_of(session).seconds.get(phase)
    if seconds:
        clock.begin(db, now, session, seconds)
    db.flush()


def move_on(db: Session, now: datetime, session: ClassSession, actor: str) -> None:
    """Enter the phase that comes next."""
    phase, number = phases.following(session.phase, session.round, session.rounds, plan_of(session).skip)
    enter(db, now, session, phase, number, actor)


def enforce(store: Store, session_id: int) -> bool:
    """Move on if the clock of the present phase has run out. Any request may call this; it happens once."""
    with store.read() as db:  # most requests end here without a lock
        session = db.get_one(ClassSession, session_id)
        if session.phase == phases.RESOLVE or not clock.is_due(clock.current(db, session), store.now()):
            return False
    with store.write() as db:
        now = store.now()
        session = locked(db, session_id, "close")
        if session.phase == phases.RESOLVE or not clock.is_due(clock.current(db, session), now):
            return False
        move_on(db, now, session, "clock")
        return True


def lock_if_all_in(store: Store, session_id: int) -> bool:
    """Lock the round when every seat that people hold has handed in and the plan says so."""
    with store.read() as db:  # of two who hand in last, the later to be stored sees both
        session = db.get_one(ClassSession, session_id)
        if session.phase != phases.DECIDE or not plan_of(session).lock_when_all_in or not all_in(db, session):
            return False
    with store.write() as db:
        session = locked(db, session_id, "close")
        if session.phase != phases.DECIDE or not all_in(db, session):
            return False
        enter(db, store.now(), session, phases.RESOLVE, session.round, "clock")
        return True


def missing(db: Session, session: ClassSession) -> list[Seat]:
    """Seats held by people that have not handed in this round."""
    return list(db.execute(_MISSING.order_by(Seat.place), _asked(db, session)).scalars())


def all_in(db: Session, session: ClassSession) -> bool:
    """Whether there is no such seat: asked by everybody who hands in, so it reads one row and not all."""
    return db.execute(_ANYBODY, _asked(db, session)).first() is None


def _asked(db: Session, session: ClassSession) -> dict[str, int]:
    present = present_round(db, session)
    return {"session": session.id, "round": present.id if present else 0}


def _open_poll(db: Session, now: datetime, session: ClassSession, key: str) -> None:
    found = db.execute(select(Poll).where(Poll.session_id == session.id, Poll.key == key)).scalar_one_or_none()
    if found is not None:
        found.open = True
        return
    question = session.card.get("poll") or "How likely is a concession by the end?"
    db.add(Poll(session_id=session.id, key=key, kind="percent", question=question, options=[], open=True, at=now))


def _lock(db: Session, now: datetime, session: ClassSession, actor: str) -> None:
    present = present_round(db, session)
    assert present is not None
    present.locked_at = now
    absent = MODEL if plan_of(session).absent == "model" else DEFAULT
    seats = {seat.id: seat for seat in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
    query = select(Submission).where(Submission.round_id == present.id)
    handed = {row.seat_id: row for row in db.execute(query.execution_options(populate_existing=True)).scalars()}
    for seat in seats.values():
        if seat.id not in handed:
            how = MODEL if seat.bot else (DEFAULT if seat.started_at is not None else absent)
            row = Submission(session_id=session.id, round_id=present.id, seat_id=seat.id, how=how, purpose="", moves=[], revision=0, at=now)
            db.add(row)
            handed[seat.id] = row
    decided = [
        {"seat": seats[row.seat_id].label, "state": seats[row.seat_id].state, "how": row.how, "purpose": row.purpose, "moves": row.moves}
        for row in sorted(handed.values(), key=lambda row: seats[row.seat_id].place)
    ]
    log(db, now, session, "round locked", actor, {"decisions": decided})
    expire_offers(db, now, session, upto=session.round)


def expire_offers(db: Session, now: datetime, session: ClassSession, upto: int | None = None) -> None:
    """Close the open offers that nobody answered: those due by round `upto`, or all."""
    query = select(Offer).where(Offer.session_id == session.id, Offer.status == "open")
    if upto is not None:
        query = query.where(Offer.expires_round <= upto)
    for offer in db.execute(query).scalars().all():
        offer.status, offer.answered_at = "expired", now
        touch(db, offer.from_seat, offer.to_seat)
