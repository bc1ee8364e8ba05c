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
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Engine, Row, ScalarSelect, and_, bindparam, func, select
from sqlalchemy.orm import Session

from ui.classroom import clock, phases
from ui.classroom.access import NO_LINK
from ui.classroom.lesson import Lesson, lesson_of
from ui.classroom.refused import Denied
from ui.classroom.resolution import MOST_TRIES
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Deadline, Participant, Round, Seat, Token
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


class SeatNow(NamedTuple):
    """A seat as it is now. Read again for every seat of a class with every change, and a tuple is the quickest to make."""

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
    told: tuple[int, int | None, int]  # how many such links and answers there are: while it is the same, they are
    locks: bool  # the round is locked when everybody has handed in
    notices: tuple[tuple[int, str, str], ...]
    lesson: Lesson

    @property
    def stamp(self) -> str:
        """The moment as pages send it back."""
        return phases.stamp(self.branch, self.round, self.phase)

    @property
    def waits_to_be_locked(self) -> bool:
        """Whether every seat that people hold has handed in, and the round is to be locked then."""
        return (
            self.locks
            and self.phase == phases.DECIDE
            and all(number in self.handed for number, seat in self.seats.items() if seat.started and not seat.bot)
        )

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
_IN: BindParameter[int] = bindparam("round")  # the questions below are made once: the first two are asked with every change
_ANSWERED = select(PollAnswer.seat_id).join(Poll, Poll.id == PollAnswer.poll_id).where(Poll.session_id == _OF, Poll.key == "before")
_LINKS = select(Token.sha256, Token.id, Token.seat_id, Token.expires_at).where(
    Token.session_id == _OF, Token.kind == "seat", Token.seat_id.is_not(None), Token.revoked_at.is_(None)
)


def _number(what: Any, of: Any = None) -> ScalarSelect[Any]:
    return what.with_only_columns(func.count() if of is None else of).correlate(None).scalar_subquery()


_NOW = (
    select(
        *(ClassSession.uid, ClassSession.title, ClassSession.phase, ClassSession.round, ClassSession.rounds, ClassSession.branch),
        *(ClassSession.version, ClassSession.settings),
        *(Round.id.label("round_id"), Round.opened_at, Round.resolved_at, Round.claim_until, Round.tries),
        *(Deadline.status, Deadline.due_at, Deadline.seconds_left),
        _number(select(Participant).where(Participant.session_id == _OF)).label("devices"),
        _number(select(Pledge).where(Pledge.session_id == _OF)).label("pledges"),
        _number(_ANSWERED).label("answers"),
        _number(_LINKS).label("links"),
        _number(_LINKS, func.max(Token.id)).label("last_link"),
    )
    .outerjoin(Round, and_(Round.session_id == ClassSession.id, Round.branch == ClassSession.branch, Round.number == ClassSession.round))
    .outerjoin(
        Deadline,
        and_(
            Deadline.session_id == ClassSession.id,
            Deadline.branch == ClassSession.branch,
            Deadline.round == ClassSession.round,
            Deadline.phase == ClassSession.phase,
        ),
    )
    .where(ClassSession.id == _OF)
)
_PLACES = (
    select(
        *(Seat.id, Seat.label, Seat.state, Seat.role, Seat.started_at.is_not(None), Seat.caught_up, Seat.role_checked, Seat.bot, Seat.version),
        Submission.id.is_not(None),
    )
    .outerjoin(Submission, and_(Submission.seat_id == Seat.id, Submission.round_id == _IN))
    .where(Seat.session_id == _OF)
    .order_by(Seat.place)
)
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
            session = db.execute(_NOW, {"session": session_id}).one_or_none()
            read = None if session is None else _read(db, session_id, session, last)
        kept.seen = None if read is None else (read, writes, at)
        return read


def waits_to_be_locked(store: Store, session_id: int) -> bool:
    """Whether everybody has handed in and the round is to be locked then: what has been stored before this is asked counts."""
    seen = present(store, session_id)
    return seen is not None and seen.waits_to_be_locked


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


def _read(db: Session, number: int, now: Row[Any], last: Glance | None) -> Glance:
    if last is not None and last.uid != now.uid:
        last = None
    asked = {"session": number, "round": now.round_id or 0}
    places: list[Any] = list(db.execute(_PLACES, asked))
    told = (now.links, now.last_link, now.answers)
    if last is None or last.told != told:
        answered = frozenset(db.execute(_ANSWERED, asked).scalars())
        links = {row.sha256: Link(row.id, row.seat_id, row.expires_at) for row in db.execute(_LINKS, asked)}
    else:
        answered, links = last.answered, last.links
    if last is None or last.version != now.version:
        notices, lesson = _notices(db, number), lesson_of(db, db.get_one(ClassSession, number))
    else:
        notices, lesson = last.notices, last.lesson
    unclaimed = None
    if now.round_id is not None and now.resolved_at is None and now.tries < MOST_TRIES:
        unclaimed = now.claim_until or now.opened_at
    return Glance(
        serial=next(_SERIAL),
        session_id=number,
        uid=now.uid,
        title=now.title,
        phase=now.phase,
        round=now.round,
        rounds=now.rounds,
        branch=now.branch,
        version=now.version,
        round_id=now.round_id or 0,
        unclaimed_from=unclaimed,
        status=now.status or "",
        due_at=now.due_at,
        seconds_left=now.seconds_left,
        pledges=now.pledges if now.phase == phases.TALK else 0,
        devices=now.devices,
        seats={row[0]: SeatNow._make(row[:-1]) for row in places},
        handed=frozenset(row[0] for row in places if row[-1]),
        answered=answered,
        links=links,
        told=told,
        locks=bool(now.settings.get("lock_when_all_in", False)),
        notices=notices,
        lesson=lesson,
    )


def _notices(db: Session, session_id: int) -> tuple[tuple[int, str, str], ...]:
    rows = db.execute(select(Broadcast.round, Broadcast.title, Broadcast.text).where(Broadcast.session_id == session_id).order_by(Broadcast.id))
    return tuple((row.round, row.title, row.text) for row in rows)
