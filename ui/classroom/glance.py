"""What a page asks of a class every few seconds, read once for everybody and kept until something is written.

A class of a hundred and fifty asks some twenty times a second whether anything has changed; nearly always nothing has. So the facts that
decide a page (phase, clock, seats, who has handed in) are read together and shared, read-only, by all seats of the class. What this process
writes is seen at once: every write makes what is kept out of date. What another process writes to the same database is seen after `FRESH`
seconds. Nothing of a seat's own (draft, message, bet, role) is in here, and whoever acts is checked again in the transaction of the act.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from sqlalchemy import BindParameter, Engine, bindparam, func, select
from sqlalchemy.orm import Session

from ui.classroom import clock, phases
from ui.classroom.access import NO_LINK
from ui.classroom.lesson import Lesson, lesson_of
from ui.classroom.refused import Denied
from ui.classroom.resolution import MOST_TRIES
from ui.classroom.rounds import present_round
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Participant, Seat, Token
from ui.classroom.tables_play import Broadcast, Pledge, Poll, PollAnswer, Submission
from ui.classroom.tokens import fingerprint
from ui.shelf import Shelf

FRESH = 0.5  # seconds: how late another process's writes may be seen
CLASSES, LINKS = 32, 10_000  # kept in memory at most


@dataclass(frozen=True)
class Link:
    """A seat's link: which device it is, which seat it opens, until when."""

    token_id: int
    seat_id: int
    expires_at: datetime | None


@dataclass(frozen=True)
class SeatNow:
    """A seat as it is now."""

    id: int
    label: str
    state: str
    role: str
    started: bool
    caught_up: bool
    role_checked: bool
    bot: bool
    version: int


@dataclass(frozen=True)
class Glance:
    """A class as it is now. Shared by all its pages: not to be changed."""

    serial: int  # no two readings have the same
    session_id: int
    uid: str
    title: str
    phase: str
    round: int
    rounds: int
    branch: int
    version: int
    round_id: int  # of the present round; 0 where there is none
    unclaimed_from: datetime | None  # when the present round may be computed by whoever comes; None: not now
    status: str  # of the clock; empty where there is none
    due_at: datetime | None
    seconds_left: float | None
    pledges: int
    devices: int
    seats: dict[int, SeatNow]  # in order of their places
    handed: frozenset[int]  # seats that have handed in this round
    answered: frozenset[int]  # seats that have answered the opening poll
    links: dict[str, Link]  # by the SHA-256 of their secret; only those that work
    notices: tuple[tuple[int, str, str], ...]
    lesson: Lesson

    @property
    def stamp(self) -> str:
        """The moment as pages send it back."""
        return phases.stamp(self.branch, self.round, self.phase)

    def left(self, now: datetime) -> float | None:
        """Seconds left on the clock, or None where none runs."""
        if self.status == clock.PAUSED:
            return self.seconds_left
        return max(0.0, (self.due_at - now).total_seconds()) if self.status == clock.RUNNING and self.due_at is not None else None

    def is_due(self, now: datetime) -> bool:
        """Whether something waits to be done by whoever comes next: the clock has run out, or the round has to be computed."""
        if self.phase == phases.RESOLVE:
            return self.unclaimed_from is not None and self.unclaimed_from <= now
        return self.status == clock.RUNNING and self.due_at is not None and self.due_at <= now


@dataclass
class _Kept:
    """What is kept of one class: the glance, how many writes there had been before it was read, and when that was."""

    seen: tuple[Glance, int, float] | None = None
    reading: threading.Lock = field(default_factory=threading.Lock)


_KEPT: OrderedDict[tuple[Engine, int], _Kept] = OrderedDict()
_GUARD = threading.Lock()
_SERIAL = itertools.count(1)
_SESSIONS: Shelf[int] = Shelf(LINKS)  # which class a link belongs to: this never changes


_OF: BindParameter[int] = bindparam("session")
_IN: BindParameter[int] = bindparam("round")  # the questions below are made once: they are asked with every change
_PLACES = (
    select(
        Seat.id, Seat.label, Seat.state, Seat.role, Seat.started_at.is_not(None), Seat.caught_up, Seat.role_checked, Seat.bot, Seat.version
    )
    .where(Seat.session_id == _OF)
    .order_by(Seat.place)
)
_HANDED = select(Submission.seat_id).where(Submission.round_id == _IN)
_ANSWERED = select(PollAnswer.seat_id).join(Poll, Poll.id == PollAnswer.poll_id).where(Poll.session_id == _OF, Poll.key == "before")
_LINKS = select(Token.sha256, Token.id, Token.seat_id, Token.expires_at).where(
    Token.session_id == _OF, Token.kind == "seat", Token.seat_id.is_not(None), Token.revoked_at.is_(None)
)
_PLEDGES = select(func.count()).select_from(Pledge).where(Pledge.session_id == _OF)
_DEVICES = select(func.count()).select_from(Participant).where(Participant.session_id == _OF)
_VERSIONS = select(ClassSession.version, select(func.sum(Seat.version)).where(Seat.session_id == _OF).scalar_subquery()).where(
    ClassSession.id == _OF
)


def glance(store: Store, secret: str, *, exact: bool = False) -> tuple[Glance, SeatNow, Link]:
    """The class, the seat and the link behind a seat's secret. Raises `Denied` for a link that does not work (any more).

    `exact`, for who draws a page: also another process's last write counts; costs one small question to the database.
    """
    mark = fingerprint(secret)
    session_id = _SESSIONS.get((store.url, mark), lambda: _session_of(store, mark))
    now = store.now()
    if exact:
        _forget_if_old(store, session_id)
    for again in (False, True):  # a link made a moment ago by another process is looked for once more
        seen = present(store, session_id, fresh=again)
        link = seen.links.get(mark) if seen is not None else None
        if seen is not None and link is not None:
            if link.expires_at is not None and link.expires_at <= now:
                break
            return seen, seen.seats[link.seat_id], link
    raise Denied(NO_LINK)


def present(store: Store, session_id: int, *, fresh: bool = False) -> Glance | None:
    """The class as it is now, or None when there is no such class (any more). `fresh`: read now, whatever is kept."""
    asked = monotonic()
    with _GUARD:
        kept = _KEPT.setdefault((store.engine, session_id), _Kept())
        _KEPT.move_to_end((store.engine, session_id))
        while len(_KEPT) > CLASSES:
            _KEPT.popitem(last=False)
    if not fresh and (found := _good(kept, store)) is not None:
        return found
    with kept.reading:  # one reads, the others wait here and then find it
        found = _good(kept, store)
        if found is not None and kept.seen is not None and (not fresh or kept.seen[2] > asked):
            return found
        writes, at = store.writes, monotonic()
        last = kept.seen[0] if kept.seen is not None else None
        with store.read() as db:
            session = db.get(ClassSession, session_id)
            read = None if session is None else _read(db, session, last)
        kept.seen = None if read is None else (read, writes, at)
        return read


def _forget_if_old(store: Store, session_id: int) -> None:
    kept = _KEPT.get((store.engine, session_id))
    seen = kept.seen if kept is not None else None
    if kept is None or seen is None or seen[1] != store.writes:
        return
    with store.read() as db:
        now = db.execute(_VERSIONS, {"session": session_id}).one_or_none()
    if now != (seen[0].version, sum(seat.version for seat in seen[0].seats.values())) and kept.seen is seen:
        kept.seen = None


def _good(kept: _Kept, store: Store) -> Glance | None:
    seen = kept.seen
    return seen[0] if seen is not None and seen[1] == store.writes and monotonic() - seen[2] < FRESH else None


def _session_of(store: Store, mark: str) -> int:
    with store.read() as db:
        found = db.execute(select(Token.session_id).where(Token.sha256 == mark, Token.kind == "seat")).scalar_one_or_none()
    if found is None:
        raise Denied(NO_LINK)
    return found


def _read(db: Session, session: ClassSession, last: Glance | None) -> Glance:
    number = session.id
    round_now, watch = present_round(db, session), clock.current(db, session)
    asked = {"session": number, "round": round_now.id if round_now is not None else 0}
    same = last is not None and (last.uid, last.version) == (session.uid, session.version)
    unclaimed = None
    if round_now is not None and round_now.resolved_at is None and round_now.tries < MOST_TRIES:
        unclaimed = round_now.claim_until or round_now.opened_at
    return Glance(
        serial=next(_SERIAL),
        session_id=number,
        uid=session.uid,
        title=session.title,
        phase=session.phase,
        round=session.round,
        rounds=session.rounds,
        branch=session.branch,
        version=session.version,
        round_id=round_now.id if round_now is not None else 0,
        unclaimed_from=unclaimed,
        status=watch.status if watch is not None else "",
        due_at=watch.due_at if watch is not None else None,
        seconds_left=watch.seconds_left if watch is not None else None,
        pledges=db.execute(_PLEDGES, asked).scalar_one() if session.phase == phases.TALK else 0,
        devices=db.execute(_DEVICES, asked).scalar_one(),
        seats={row[0]: SeatNow(*row) for row in db.execute(_PLACES, asked)},
        handed=frozenset(db.execute(_HANDED, asked).scalars()),
        answered=frozenset(db.execute(_ANSWERED, asked).scalars()),
        links={row.sha256: Link(row.id, row.seat_id, row.expires_at) for row in db.execute(_LINKS, asked)},
        notices=last.notices if same and last is not None else _notices(db, number),
        lesson=last.lesson if same and last is not None else lesson_of(db, session),
    )


def _notices(db: Session, session_id: int) -> tuple[tuple[int, str, str], ...]:
    rows = db.execute(select(Broadcast.round, Broadcast.title, Broadcast.text).where(Broadcast.session_id == session_id).order_by(Broadcast.id))
    return tuple((row.round, row.title, row.text) for row in rows)
