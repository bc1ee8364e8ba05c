"""Private messages between seats: short, seen by the instructor, who may hide them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from ui.classroom.access import playing_seat, seat_named, seat_of, session_for
from ui.classroom.events import audit, log, touch
from ui.classroom.refused import Denied, Refusal, TooMany
from ui.classroom.rounds import plan_of
from ui.classroom.store import Store
from ui.classroom.tables import Seat
from ui.classroom.tables_play import Message
from ui.classroom.text import NOTE, clean

A_MINUTE = 12  # messages of one seat (assumption: faster is not writing but flooding)
HIDDEN = "Hidden by the instructor."


@dataclass(frozen=True)
class MessageSeen:
    """A message as one of its two sides, or the instructor, sees it."""

    id: int
    round: int
    sender: str
    to: str
    text: str
    at: datetime
    hidden: bool


def send(store: Store, token: str, expected: str, *, to: str, text: str) -> None:
    """Write to another seat of the same session."""
    said = clean(text, NOTE, "message", empty=False)
    with store.write() as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        if not plan_of(session).messages:
            raise Refusal("Messages are switched off for this class.")
        other = seat_named(db, session, to)
        if other.id == seat.id:
            raise Refusal("message: it needs another seat.")
        lately = select(func.count()).select_from(Message).where(Message.from_seat == seat.id, Message.at > now - timedelta(minutes=1))
        if db.execute(lately).scalar_one() >= A_MINUTE:
            raise TooMany(f"message: {A_MINUTE} a minute are allowed; please wait.")
        db.add(Message(session_id=session.id, round=session.round, from_seat=seat.id, to_seat=other.id, text=said, at=now, hidden_at=None))
        db.flush()
        touch(db, seat.id, other.id)
        log(db, now, session, "message", "seat", {"to": other.label, "text": said}, seat)


def of_seat(store: Store, token: str) -> list[MessageSeen]:
    """The messages this seat sent or got, oldest first; hidden ones without their words."""
    with store.read() as db:
        session, seat = seat_of(db, store.now(), token)
        rows = _seen(db, Message.session_id == session.id, or_(Message.from_seat == seat.id, Message.to_seat == seat.id))
        return [MessageSeen(**{**vars(row), "text": HIDDEN}) if row.hidden else row for row in rows]


def of_session(store: Store, key: str, uid: str) -> list[MessageSeen]:
    """All messages, for the instructor."""
    with store.read() as db:
        return _seen(db, Message.session_id == session_for(db, store.now(), key, uid).id)


def hide(store: Store, key: str, uid: str, message: int, hidden: bool = True) -> None:
    """Hide a message from its two sides, or show it again. Nothing is deleted."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "share")
        row = db.execute(select(Message).where(Message.id == message, Message.session_id == session.id)).scalar_one_or_none()
        if row is None:
            raise Denied("There is no such message in this session.")
        row.hidden_at = now if hidden else None
        db.flush()
        touch(db, row.from_seat, row.to_seat)
        log(db, now, session, "message hidden" if hidden else "message shown", "instructor", {"message": message})
        audit(db, now, "message hidden" if hidden else "message shown", f"message {message}", session)


def _seen(db: Session, *where: ColumnElement[bool]) -> list[MessageSeen]:
    sender, receiver = aliased(Seat), aliased(Seat)
    query = (
        select(Message, sender.label, receiver.label)
        .join(sender, sender.id == Message.from_seat)
        .join(receiver, receiver.id == Message.to_seat)
        .where(*where)
        .order_by(Message.id)
    )
    return [
        MessageSeen(row.id, row.round, from_label, to_label, row.text, row.at, row.hidden_at is not None)
        for row, from_label, to_label in db.execute(query)
    ]
