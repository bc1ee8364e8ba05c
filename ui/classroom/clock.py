"""The clock: one row per phase. Nobody watches it; whichever request comes next on any replica finds that it is due.

All functions but the last expect the session row held by the caller ("close").
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ui.classroom.card import LONGEST_PHASE_SECONDS
from ui.classroom.events import log
from ui.classroom.refused import Refusal
from ui.classroom.store import Store, locked
from ui.classroom.tables import ClassSession, Deadline, Presence

RUNNING, PAUSED, MET, ENDED = "running", "paused", "met", "ended"
SILENCE_SECONDS = 45  # nobody was served for so long: the server was down (links report at least every 15 s)
_PRESENT = (  # made once: it is asked with every page
    select(Deadline)
    .where(
        Deadline.session_id == bindparam("session"),
        Deadline.branch == bindparam("branch"),
        Deadline.round == bindparam("round"),
        Deadline.phase == bindparam("phase"),
    )
    .execution_options(populate_existing=True)
)


def current(db: Session, session: ClassSession) -> Deadline | None:
    """The clock row of the session's present phase."""
    of = {"session": session.id, "branch": session.branch, "round": session.round, "phase": session.phase}
    return db.execute(_PRESENT, of).scalar_one_or_none()


def begin(db: Session, now: datetime, session: ClassSession, seconds: float) -> None:
    """Start the clock of the present phase."""
    clock = current(db, session)
    if clock is None:
        clock = Deadline(session_id=session.id, branch=session.branch, round=session.round, phase=session.phase)
        db.add(clock)
    clock.status, clock.due_at, clock.seconds_left = RUNNING, now + timedelta(seconds=seconds), None
    db.flush()


def stop(db: Session, now: datetime, session: ClassSession) -> None:
    """Leave the present phase: its clock is met when it had run out, ended otherwise."""
    clock = current(db, session)
    if clock is not None and clock.status in (RUNNING, PAUSED):
        clock.status = MET if is_due(clock, now) else ENDED
        db.flush()


def is_due(clock: Deadline | None, now: datetime) -> bool:
    """Whether the clock is running and has run out."""
    return clock is not None and clock.status == RUNNING and clock.due_at is not None and clock.due_at <= now


def left(clock: Deadline | None, now: datetime) -> float | None:
    """Seconds left, or None where no clock runs."""
    if clock is None or clock.status not in (RUNNING, PAUSED):
        return None
    if clock.status == PAUSED:
        return clock.seconds_left
    assert clock.due_at is not None
    return max(0.0, (clock.due_at - now).total_seconds())


def pause(db: Session, now: datetime, session: ClassSession, actor: str, since: datetime | None = None) -> None:
    """Stop the clock where it is, or where it was at `since`."""
    clock = current(db, session)
    if clock is None or clock.status != RUNNING or clock.due_at is None:
        raise Refusal("clock: it is not running.")
    clock.seconds_left = max(0.0, (clock.due_at - (since or now)).total_seconds())
    clock.status, clock.due_at = PAUSED, None
    session.version += 1
    log(db, now, session, "clock paused", actor, {"seconds_left": clock.seconds_left})


def resume(db: Session, now: datetime, session: ClassSession, actor: str) -> None:
    """Let a paused clock run on."""
    clock = current(db, session)
    if clock is None or clock.status != PAUSED:
        raise Refusal("clock: it is not paused.")
    clock.status, clock.due_at, clock.seconds_left = RUNNING, now + timedelta(seconds=clock.seconds_left or 0.0), None
    session.version += 1
    log(db, now, session, "clock resumed", actor)


def add(db: Session, now: datetime, session: ClassSession, seconds: float, actor: str) -> None:
    """Give more time (or start a clock where none ran); negative seconds take time away."""
    if not -LONGEST_PHASE_SECONDS <= seconds <= LONGEST_PHASE_SECONDS:
        raise Refusal(f"clock: {seconds:g} seconds are out of range; allowed are up to {LONGEST_PHASE_SECONDS} either way.")
    clock = current(db, session)
    if clock is not None and clock.status == PAUSED:
        clock.seconds_left = max(0.0, (clock.seconds_left or 0.0) + seconds)
    elif clock is not None and clock.status == RUNNING and clock.due_at is not None:
        clock.due_at = max(clock.due_at, now) + timedelta(seconds=seconds)
    elif seconds <= 0:
        raise Refusal("clock: it is not running, so no time can be taken away.")
    else:
        begin(db, now, session, seconds)
    session.version += 1
    log(db, now, session, "time added", actor, {"seconds": seconds})


def pause_after_silence(store: Store) -> int:
    """At the start of a server: pause every clock that ran on while nobody was served. Returns how many.

    Where another replica kept serving, links were seen a moment ago and nothing is paused.
    """
    paused = 0
    with store.read() as db:
        running = list(db.execute(select(Deadline.session_id).where(Deadline.status == RUNNING)).scalars())
    for session_id in running:
        with store.write() as db:
            now = store.now()
            session = locked(db, session_id, "close")
            seen = db.execute(select(func.max(Presence.seen_at)).where(Presence.session_id == session_id)).scalar_one()
            clock = current(db, session)
            if clock is None or clock.status != RUNNING or seen is None or (now - seen).total_seconds() < SILENCE_SECONDS:
                continue
            pause(db, now, session, "clock", since=seen)
            paused += 1
    return paused
