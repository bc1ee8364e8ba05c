"""Who is calling, and may they. Every public function of the class begins here.

A link's secret is looked up by its SHA-256. The answer to an unknown, revoked, expired or foreign link is the same sentence, so that trying
tells nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ui.classroom.phases import CLOSED, stamp
from ui.classroom.refused import Denied, OutOfDate
from ui.classroom.store import locked
from ui.classroom.tables import ClassSession, Seat, Token
from ui.classroom.tokens import fingerprint, new_token

NO_LINK = "This link does not work (any more): ask your instructor for a new one."
NO_KEY = "Only the instructor may do this: log in with the passphrase."
NO_SESSION = "There is no such session (any more)."
_TOKEN = select(Token).where(Token.sha256 == bindparam("mark"), Token.kind == bindparam("kind"))  # made once: asked with every act
_SEAT = select(Seat).where(Seat.id == bindparam("number")).execution_options(populate_existing=True)
Lock = Literal["close", "share"] | None


def issue(
    db: Session, at: datetime, kind: str, session_id: int | None = None, seat_id: int | None = None, until: datetime | None = None
) -> str:
    """Make a link or key; the secret is returned once and only its SHA-256 is kept."""
    secret = new_token()
    db.add(
        Token(sha256=fingerprint(secret), kind=kind, session_id=session_id, seat_id=seat_id, made_at=at, expires_at=until, revoked_at=None)
    )
    return secret


def _valid(db: Session, now: datetime, secret: str, kind: str) -> Token | None:
    token = db.execute(_TOKEN, {"mark": fingerprint(secret), "kind": kind}).scalar_one_or_none()
    if token is None or token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= now):
        return None
    return token


def seat_token(db: Session, now: datetime, secret: str) -> Token:
    """The seat link behind a secret, or `Denied`."""
    token = _valid(db, now, secret, "seat")
    if token is None or token.seat_id is None:
        raise Denied(NO_LINK)
    return token


def seat_of(db: Session, now: datetime, secret: str, lock: Lock = None) -> tuple[ClassSession, Seat]:
    """The session and seat of a link, the session row held as asked. Raises `Denied`."""
    token = seat_token(db, now, secret)
    assert token.session_id is not None
    session = locked(db, token.session_id, lock) if lock else db.get_one(ClassSession, token.session_id)
    seat = db.execute(_SEAT, {"number": token.seat_id}).scalar_one()
    return session, seat


def playing_seat(db: Session, now: datetime, secret: str, expected: str) -> tuple[ClassSession, Seat]:
    """The seat of a link that wants to act on a page drawn with stamp `expected`: started, and the class still there."""
    session, seat = seat_of(db, now, secret, "share")
    if seat.started_at is None:
        raise Denied("Press Start first.")
    fresh(session, expected)
    return session, seat


def fresh(session: ClassSession, expected: str) -> None:
    """Refuse a page drawn for another round or phase."""
    if session.phase == CLOSED:
        raise OutOfDate("This session is closed; nothing more can be handed in.")
    if expected != stamp(session.branch, session.round, session.phase):
        where = f"round {session.round}, " if session.round else ""
        raise OutOfDate(f"This page is out of date: the class is now in {where}'{session.phase.replace('_', ' ')}'. Nothing was stored.")


def require_instructor(db: Session, now: datetime, key: str) -> Token:
    """Refuse everybody but the holder of an instructor's key."""
    token = _valid(db, now, key, "instructor")
    if token is None:
        raise Denied(NO_KEY)
    return token


def session_for(db: Session, now: datetime, key: str, uid: str, lock: Lock = None) -> ClassSession:
    """The session an instructor names, held as asked."""
    require_instructor(db, now, key)
    found = db.execute(select(ClassSession.id).where(ClassSession.uid == str(uid)[:64])).scalar_one_or_none()
    if found is None:
        raise Denied(NO_SESSION)
    return locked(db, found, lock) if lock else db.get_one(ClassSession, found)


def projector_session(db: Session, now: datetime, secret: str) -> ClassSession:
    """The session a projector link shows."""
    token = _valid(db, now, secret, "projector")
    if token is None or token.session_id is None:
        raise Denied(NO_LINK)
    return db.get_one(ClassSession, token.session_id)


def seat_named(db: Session, session: ClassSession, label: str) -> Seat:
    """A seat of this very session by its label."""
    seat = db.execute(select(Seat).where(Seat.session_id == session.id, Seat.label == str(label)[:60])).scalar_one_or_none()
    if seat is None:
        raise Denied("There is no such seat in this session.")
    return seat
