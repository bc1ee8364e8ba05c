"""What a seat may see: its own matters, and of the others only what is public by now.

Before the reveal nobody reads another seat's decision, bet or reason; a draft and a private result are read by their seat alone; the
debrief's numbers by nobody before the debrief.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import projector_session
from ui.classroom.card import Role
from ui.classroom.contract import Move
from ui.classroom.decided import Decisions, Handed, handed
from ui.classroom.glance import SeatNow, glance
from ui.classroom.history import line
from ui.classroom.kept import Part
from ui.classroom.lesson import Lesson
from ui.classroom.refused import Denied
from ui.classroom.rounds import missing
from ui.classroom.screens import SeatView
from ui.classroom.seats import Pulse, pulse_of, role_in
from ui.classroom.store import Store
from ui.classroom.submissions import kept
from ui.classroom.tables import ClassSession, Result, Round, Seat
from ui.classroom.tables_play import Bet, Broadcast, Pledge, Reason, Submission
from ui.shelf import Shelf

_PACKETS: Shelf[Role] = Shelf(600)  # a role's packet never changes; only the seats of this very role get it


@dataclass(frozen=True)
class Said:
    """A public pledge; `kept` is None until the round is revealed."""

    round: int
    seat: str
    state: str
    will: bool
    lever: str
    target: str
    text: str
    kept: bool | None


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A resolved round as a seat may see it; `private` is the seat's own, `debrief` is empty before the debrief."""

    round: int
    digest: str
    public: Mapping[str, Any]
    private: Mapping[str, Any]
    debrief: Mapping[str, Any]
    bet: dict[str, Any] | None
    reason: str
    decisions: Sequence[Handed]


@dataclass(frozen=True)
class Projected:
    """The projector page: no private data."""

    title: str
    question: str
    join_code: str
    pulse: Pulse
    rounds: int
    waiting_for: tuple[str, ...]
    seats: int
    started: int
    notices: tuple[tuple[str, str], ...]
    pledges: tuple[Said, ...]
    results: tuple[RoundSeen, ...]


def look(store: Store, token: str, *, revising: bool = False) -> SeatView:
    """The view of a seat, from which `screens.screen` chooses the page."""
    now, seat, _ = glance(store, token)
    return SeatView(
        session_title=now.title,
        seat=seat.label,
        state=seat.state,
        role=seat.role,
        phase=now.phase,
        round=now.round,
        rounds=now.rounds,
        stamp=now.stamp,
        started=seat.started,
        caught_up=seat.caught_up,
        role_checked=seat.role_checked,
        poll_answered=seat.id in now.answered,
        submitted=seat.id in now.handed,
        bot=seat.bot,
        revising=revising,
        devices=now.devices,
    )


def lesson(store: Store, token: str) -> Lesson:
    """What the lesson is about, for a seat."""
    return glance(store, token)[0].lesson


def role(store: Store, token: str) -> Role:
    """The seat's role packet. The right answers of the check are not in it."""
    now, seat, _ = glance(store, token)

    def read() -> Role:
        found = role_in(store, now, seat)
        return found.model_copy(update={"check": tuple(question.model_copy(update={"answer": 0}) for question in found.check)})

    return _PACKETS.get((store.url, now.uid, seat.role, seat.state), read)


def notices(store: Store, token: str) -> list[tuple[int, str, str]]:
    """Broadcasts and injects so far: (round, title, text)."""
    return list(glance(store, token)[0].notices)


def own_decision(store: Store, token: str) -> Handed | None:
    """What this seat has handed in this round, if anything: the confirmation a page shows."""
    now, seat, _ = glance(store, token)
    if seat.id not in now.handed:
        return None
    with store.read() as db:
        row = db.execute(_OWN, {"round": now.round_id, "seat": seat.id}).scalar_one_or_none()
        return None if row is None else handed(row, seat)


def teams_out(store: Store, token: str) -> list[str]:
    """Labels of the seats that have not handed in."""
    now = glance(store, token)[0]
    return [seat.label for seat in now.seats.values() if seat.started and not seat.bot and seat.id not in now.handed]


def pledges(store: Store, token: str) -> list[Said]:
    """All public pledges of the rounds that count."""
    now, seat, _ = glance(store, token)
    if not seat.started:
        raise Denied("Press Start first.")

    def read() -> tuple[Said, ...]:
        with store.read() as db:
            return tuple(pledges_of(db, db.get_one(ClassSession, now.session_id)))

    return list(_SAID.get(now.serial, read))


def results(store: Store, token: str) -> list[RoundSeen]:
    """The resolved rounds as this seat may see them."""
    now, seat, _ = glance(store, token)
    if not seat.started:
        raise Denied("Press Start first.")

    def read() -> tuple[_Shared, ...]:
        with store.read() as db:
            return _shared(db, db.get_one(ClassSession, now.session_id))

    rounds = _PLAYED.get((store.url, now.uid, now.version), read)
    with store.read() as db:
        return _seen(db, rounds, seat, now.phase in (phases.DEBRIEF, phases.CLOSED))


def project(store: Store, token: str) -> Projected:
    """What the projector shows."""
    with store.read() as db:
        session = projector_session(db, store.now(), token)
        seats = list(db.execute(select(Seat).where(Seat.session_id == session.id)).scalars())
        waiting = missing(db, session) if session.phase == phases.DECIDE else []
        return Projected(
            title=session.title,
            question=str(session.card.get("question", "")),
            join_code=session.join_code,
            pulse=pulse_of(db, store.now(), session, None),
            rounds=session.rounds,
            waiting_for=tuple(seat.label for seat in waiting),
            seats=len(seats),
            started=sum(seat.started_at is not None for seat in seats),
            notices=tuple((title, text) for _, title, text in _notices(db, session)),
            pledges=tuple(pledges_of(db, session)),
            results=tuple(results_of(db, session, None)),
        )


def _notices(db: Session, session: ClassSession) -> list[tuple[int, str, str]]:
    rows = db.execute(select(Broadcast).where(Broadcast.session_id == session.id).order_by(Broadcast.id)).scalars()
    return [(row.round, row.title, row.text) for row in rows]


def _revealed(db: Session, session: ClassSession) -> list[Round]:
    return [row for row in line(db, session) if row.resolved_at is not None]


_OWN = select(Submission).where(Submission.round_id == bindparam("round"), Submission.seat_id == bindparam("seat"))
_DIGESTS = select(Result.round_id, Result.digest).where(Result.session_id == bindparam("session"))
_BETS = select(Bet).where(Bet.seat_id == bindparam("seat"))  # of all branches: a list of the rounds in the question would be a new question each round
_REASONS = select(Reason.round_id, Reason.text).where(Reason.seat_id == bindparam("seat"))
_PLEDGES = (
    select(Pledge, Seat).join(Seat, Seat.id == Pledge.seat_id).where(Pledge.session_id == bindparam("session")).order_by(Pledge.id)
)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Shared:
    """A resolved round as the server keeps it for the whole class: names of what is in the store, read on demand."""

    id: int
    number: int
    digest: str
    public: Part
    debrief: Part
    decisions: Decisions


_PLAYED: Shelf[tuple[_Shared, ...]] = Shelf(8)
_SAID: Shelf[tuple[Said, ...]] = Shelf(8)


def _shared(db: Session, session: ClassSession) -> tuple[_Shared, ...]:
    digests, store = dict(db.execute(_DIGESTS, {"session": session.id}).all()), _store_of(db)
    return tuple(
        _Shared(
            row.id,
            row.number,
            digests[row.id],
            Part(store, row.id, digests[row.id], "public"),
            Part(store, row.id, digests[row.id], "debrief"),
            Decisions(store, row),
        )
        for row in _revealed(db, session)
    )


def _store_of(db: Session) -> Store:
    engine = db.get_bind().engine
    return Store(str(engine.url), engine)


def results_of(db: Session, session: ClassSession, seat: Seat | None) -> list[RoundSeen]:
    """The resolved rounds as a seat (or, with None, everybody) may see them, for a caller that has checked who is asking."""
    return _seen(db, _shared(db, session), seat, session.phase in (phases.DEBRIEF, phases.CLOSED))


def _seen(db: Session, rounds: Sequence[_Shared], seat: Seat | SeatNow | None, open_books: bool) -> list[RoundSeen]:
    bets, why, store = {}, {}, _store_of(db)
    if seat is not None:
        bets = {row.round_id: row for row in db.execute(_BETS, {"seat": seat.id}).scalars()}
        why = dict(db.execute(_REASONS, {"seat": seat.id}).all())
    seen = []
    for row in rounds:
        bet = bets.get(row.id)
        seen.append(
            RoundSeen(
                round=row.number,
                digest=row.digest,
                public=row.public,
                private=_NOTHING if seat is None else Part(store, row.id, row.digest, "private", seat.state),
                debrief=row.debrief if open_books else _NOTHING,
                bet=None if bet is None else {"outcome": bet.outcome, "low": bet.low, "high": bet.high, "sure": bet.sure},
                reason=why.get(row.id, ""),
                decisions=row.decisions,
            )
        )
    return seen


def pledges_of(db: Session, session: ClassSession) -> list[Said]:
    """All public pledges of the rounds that count, for a caller that has checked who is asking."""
    rounds, store = {row.id: row for row in line(db, session)}, _store_of(db)
    rows = [(row, seat) for row, seat in db.execute(_PLEDGES, {"session": session.id}) if row.round_id in rounds]
    moves = {
        (round_id, one.seat): [Move(**move) for move in one.moves]
        for round_id in dict.fromkeys(row.round_id for row, _ in rows)
        if rounds[round_id].resolved_at is not None
        for one in Decisions(store, rounds[round_id])
    }
    return [
        Said(
            rounds[row.round_id].number,
            seat.label,
            seat.state,
            row.will,
            row.lever,
            row.target,
            row.text,
            kept(row.will, row.lever, row.target, moves[row.round_id, seat.label]) if (row.round_id, seat.label) in moves else None,
        )
        for row, seat in rows
    ]
