"""What a seat may see: its own matters, and of the others only what is public by now.

Before the reveal nobody reads another seat's decision, bet or reason; a draft and a private result are read by their seat alone; the
debrief's numbers by nobody before the debrief.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import projector_session
from ui.classroom.card import Role
from ui.classroom.contract import Move
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

ROUNDS_KEPT = 24  # of decisions
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


@dataclass(frozen=True)
class Handed:
    """A decision of a round: of one's own seat at any time, of all seats after the reveal."""

    seat: str
    state: str
    how: str
    purpose: str
    moves: tuple[dict[str, Any], ...]
    revision: int


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
    decisions: tuple[Handed, ...]


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
        query = select(Submission).where(Submission.round_id == now.round_id, Submission.seat_id == seat.id)
        row = db.execute(query).scalar_one_or_none()
        return None if row is None else _handed(row, seat)


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
            return tuple(_pledges(db, db.get_one(ClassSession, now.session_id)))

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
            pledges=tuple(_pledges(db, session)),
            results=tuple(results_of(db, session, None)),
        )


def _notices(db: Session, session: ClassSession) -> list[tuple[int, str, str]]:
    rows = db.execute(select(Broadcast).where(Broadcast.session_id == session.id).order_by(Broadcast.id)).scalars()
    return [(row.round, row.title, row.text) for row in rows]


def _handed(row: Submission, seat: Seat | SeatNow) -> Handed:
    return Handed(seat.label, seat.state, row.how, row.purpose, tuple(dict(move) for move in row.moves), row.revision)


def _revealed(db: Session, session: ClassSession) -> list[Round]:
    return [row for row in line(db, session) if row.resolved_at is not None]


def _decisions(db: Session, session: ClassSession, rounds: list[Round]) -> dict[int, tuple[Handed, ...]]:
    """Everybody's decisions of revealed rounds by round. They do not change any more, so they are read once for the whole class."""
    seats: dict[int, Seat] = {}

    def read(round_id: int) -> tuple[Handed, ...]:
        if not seats:
            seats.update({seat.id: seat for seat in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()})
        rows = db.execute(select(Submission).where(Submission.round_id == round_id)).scalars()
        return tuple(_handed(row, seats[row.seat_id]) for row in sorted(rows, key=lambda row: seats[row.seat_id].place))

    url = str(db.get_bind().engine.url)
    return {row.id: _DECIDED.get((url, session.uid, row.id, row.resolved_at), partial(read, row.id)) for row in rounds}


_DIGESTS = select(Result.round_id, Result.digest)
_DECIDED: Shelf[tuple[Handed, ...]] = Shelf(ROUNDS_KEPT)


@dataclass(frozen=True)
class _Shared:
    """A resolved round as the server keeps it for the whole class."""

    id: int
    number: int
    digest: str
    decisions: tuple[Handed, ...]


_PLAYED: Shelf[tuple[_Shared, ...]] = Shelf(8)
_SAID: Shelf[tuple[Said, ...]] = Shelf(8)


def _shared(db: Session, session: ClassSession) -> tuple[_Shared, ...]:
    decisions = _decisions(db, session, rounds := _revealed(db, session))
    digests = dict(db.execute(_DIGESTS.where(Result.round_id.in_([row.id for row in rounds]))).all())
    return tuple(_Shared(row.id, row.number, digests[row.id], decisions[row.id]) for row in rounds)


def results_of(db: Session, session: ClassSession, seat: Seat | None) -> list[RoundSeen]:
    """The resolved rounds as a seat (or, with None, everybody) may see them, for a caller that has checked who is asking."""
    return _seen(db, _shared(db, session), seat, session.phase in (phases.DEBRIEF, phases.CLOSED))


def _seen(db: Session, rounds: Sequence[_Shared], seat: Seat | SeatNow | None, open_books: bool) -> list[RoundSeen]:
    ids, mine = [row.id for row in rounds], seat.id if seat is not None else 0
    bets = {row.round_id: row for row in db.execute(select(Bet).where(Bet.round_id.in_(ids), Bet.seat_id == mine)).scalars()}
    why = {row.round_id: row.text for row in db.execute(select(Reason).where(Reason.round_id.in_(ids), Reason.seat_id == mine)).scalars()}
    seen, engine = [], db.get_bind().engine
    store, state = Store(str(engine.url), engine), seat.state if seat is not None else None
    for row in rounds:
        bet = bets.get(row.id)
        seen.append(
            RoundSeen(
                round=row.number,
                digest=row.digest,
                public=Part(store, row.id, row.digest, "public"),
                private=Part(store, row.id, row.digest, "private", state),
                debrief=Part(store, row.id, row.digest, "debrief") if open_books else {},
                bet=None if bet is None else {"outcome": bet.outcome, "low": bet.low, "high": bet.high, "sure": bet.sure},
                reason=why.get(row.id, ""),
                decisions=row.decisions,
            )
        )
    return seen


def _pledges(db: Session, session: ClassSession) -> list[Said]:
    rounds = line(db, session)
    number = {row.id: row.number for row in rounds}
    revealed = [row for row in rounds if row.resolved_at is not None]
    moves = {
        (round_id, handed.seat): [Move(**move) for move in handed.moves]
        for round_id, all_handed in _decisions(db, session, revealed).items()
        for handed in all_handed
    }
    rows = db.execute(
        select(Pledge, Seat).join(Seat, Seat.id == Pledge.seat_id).where(Pledge.round_id.in_(number)).order_by(Pledge.id)
    ).all()
    return [
        Said(
            number[row.round_id],
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
