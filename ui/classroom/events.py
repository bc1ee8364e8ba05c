"""The log and the audit: one line per fact, written in the transaction of the fact itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from ui.classroom.tables import EVENT_SCHEMA, Audit, ClassSession, Event, Seat

_APPEND = cast(Table, Event.__table__).insert()
_TOUCH = update(Seat).where(Seat.id == bindparam("seat")).values(version=Seat.version + 1)


def log(
    db: Session, at: datetime, session: ClassSession, kind: str, actor: str, payload: dict[str, Any] | None = None, seat: Seat | None = None
) -> None:
    """Append an event. `actor` is seat, instructor, clock or model."""
    db.flush()  # what the event is about is there before it
    row = {
        "session_id": session.id,
        "at": at,
        "version": EVENT_SCHEMA,
        "kind": kind,
        "actor": actor,
        "seat_id": None if seat is None else seat.id,
        "branch": session.branch,
        "round": session.round,
        "payload": payload or {},
    }
    db.connection().execute(_APPEND, row)


def audit(db: Session, at: datetime, action: str, detail: str = "", session: ClassSession | None = None) -> None:
    """Note what was done over the heads of a class. Never the content of a secret."""
    db.add(Audit(session_id=None if session is None else session.id, at=at, action=action, detail=detail[:500]))


def touch(db: Session, *seat_ids: int) -> None:
    """Tell these seats' pages to redraw. In order of id, so that two transactions never wait for each other in a ring."""
    for seat_id in sorted(set(seat_ids)):
        db.execute(_TOUCH, {"seat": seat_id}, execution_options={"synchronize_session": False})
