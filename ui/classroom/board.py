"""What the instructor reads: the seats table, what the class waits for, reasons and bets, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ui.classroom import clock, phases
from ui.classroom.access import projector_session, require_instructor, session_for
from ui.classroom.card import Card
from ui.classroom.contract import Engine
from ui.classroom.history import line
from ui.classroom.resolution import MOST_TRIES, settle
from ui.classroom.rounds import lock_if_all_in, missing, present_round
from ui.classroom.seats import Pulse, pulse_of
from ui.classroom.store import Store
from ui.classroom.tables import Audit, Branch, ClassSession, Event, Participant, Presence, Seat
from ui.classroom.tables_play import Bet, Broadcast, Reason, Submission
from ui.classroom.text import LINE
from ui.classroom.view import RoundSeen, Said, pledges_of, results_of

IN_CLASS = (  # kinds of event that the instructor's audit tells of a session
    *("clock paused", "clock resumed", "time added", "round locked", "inject", "broadcast"),
    *("poll opened", "poll closed", "motion", "motion closed"),
)


@dataclass(frozen=True)
class SeatLine:
    """A seat in the instructor's table. `waits` says what the class waits for from it, or is empty."""

    label: str
    state: str
    role: str
    started: bool
    bot: bool
    devices: int
    seen_at: datetime | None
    role_checked: bool
    handed_in: bool
    waits: str


@dataclass(frozen=True)
class Board:
    """The instructor's page."""

    uid: str
    title: str
    join_code: str
    stamp: str
    pulse: Pulse
    rounds: int
    branch: int
    seats: tuple[SeatLine, ...]
    problem: str  # why the round could not be resolved
    stuck: bool  # no more tries by itself: press retry
    branches: tuple[tuple[int, int, str], ...]  # (number, from round, reason)
    objectives: tuple[str, ...]
    injects: tuple[tuple[str, str], ...]  # prepared headlines not released yet (id, what it says); none once all rounds are played
    scenario_digest: str  # of the scenario file as it was when the session was made
    rehearsal: bool  # played by the model's own agents, to see how it goes


@dataclass(frozen=True)
class Heard:
    """What a seat decided, bet and wrote in a round."""

    round: int
    seat: str
    how: str
    purpose: str
    moves: tuple[dict[str, Any], ...]
    bet: tuple[str, float, float, float] | None
    reason: str


def board(store: Store, key: str, uid: str) -> Board:
    """Everything the instructor's running page shows."""
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        present = present_round(db, session)
        seats = db.execute(select(Seat).where(Seat.session_id == session.id).order_by(Seat.place)).scalars().all()
        devices = dict(
            db.execute(
                select(Participant.seat_id, func.count()).where(Participant.session_id == session.id).group_by(Participant.seat_id)
            ).all()
        )
        seen = dict(
            db.execute(
                select(Presence.seat_id, func.max(Presence.seen_at)).where(Presence.session_id == session.id).group_by(Presence.seat_id)
            ).all()
        )
        handed = set(db.execute(select(Submission.seat_id).where(Submission.round_id == (present.id if present else 0))).scalars())
        late = {seat.id for seat in missing(db, session)}
        lines = tuple(
            SeatLine(
                seat.label,
                seat.state,
                seat.role,
                seat.started_at is not None,
                seat.bot,
                devices.get(seat.id, 0),
                seen.get(seat.id),
                seat.role_checked,
                seat.id in handed,
                _waits(session.phase, seat, seat.id in late),
            )
            for seat in seats
        )
        branches = db.execute(select(Branch).where(Branch.session_id == session.id).order_by(Branch.number)).scalars()
        return Board(
            session.uid,
            session.title,
            session.join_code,
            phases.stamp(session.branch, session.round, session.phase),
            pulse_of(db, store.now(), session, None),
            session.rounds,
            session.branch,
            lines,
            present.problem if present is not None and session.phase == phases.RESOLVE else "",
            present is not None and session.phase == phases.RESOLVE and present.tries >= MOST_TRIES,
            tuple((row.number, row.from_round, row.reason) for row in branches),
            tuple(session.card.get("objectives", ())),
            _unreleased(db, session),
            session.scenario_digest,
            session.rehearsal,
        )


def _unreleased(db: Session, session: ClassSession) -> tuple[tuple[str, str], ...]:
    """The scenario's headlines that can still be released on the session's branch: id and what it says."""
    last_played = session.phase in (phases.RESOLVE, phases.REVEAL) and session.round >= session.rounds
    if last_played or session.phase in (phases.DEBRIEF, phases.CLOSED):
        return ()
    asked = select(Broadcast.inject).where(Broadcast.session_id == session.id, Broadcast.branch == session.branch)
    told = set(db.execute(asked).scalars())
    return tuple((row["id"], _headline(row)) for row in session.card.get("injects", ()) if row["id"] not in told)


def _headline(row: Mapping[str, str]) -> str:
    """What a headline says: its title, or the text of which the title is the beginning (and which alone has a translation)."""
    title, text = row["title"], row.get("text", "")
    return text if text.startswith(title) else title


def _waits(phase: str, seat: Seat, late: bool) -> str:
    if seat.bot:
        return ""
    if seat.started_at is None:
        return "Start" if phase in phases.BEFORE else ""
    if phase == phases.ROLE_CHECK and not seat.role_checked:
        return "role check"
    return "decision" if phase == phases.DECIDE and late else ""


def pulse(store: Store, key: str, uid: str, engine: Engine | None = None) -> Pulse:
    """The pulse for the instructor's page: its mark changes with everything any seat does.

    With an engine it also enforces the clock and resolves a locked round, like a student's poll.
    """
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
    return _beat(store, session.id, engine)


def projector_pulse(store: Store, token: str, engine: Engine | None = None) -> Pulse:
    """The pulse for the projector's page."""
    with store.read() as db:
        session = projector_session(db, store.now(), token)
    return _beat(store, session.id, engine)


def _beat(store: Store, session_id: int, engine: Engine | None) -> Pulse:
    if engine is not None:
        with store.read() as db:
            session = db.get_one(ClassSession, session_id)
            phase = session.phase
            due = phase == phases.RESOLVE or clock.is_due(clock.current(db, session), store.now())
        if due or (phase == phases.DECIDE and lock_if_all_in(store, session_id)):
            settle(store, engine, session_id)
    with store.read() as db:
        return pulse_of(db, store.now(), db.get_one(ClassSession, session_id), None)


def results(store: Store, key: str, uid: str) -> list[RoundSeen]:
    """The resolved rounds as everybody may see them by now."""
    with store.read() as db:
        return results_of(db, session_for(db, store.now(), key, uid), None)


def card(store: Store, key: str, uid: str) -> Card:
    """The session's own copy of the scenario card, packets included: for printing."""
    with store.read() as db:
        return Card.model_validate(session_for(db, store.now(), key, uid).card)


def listen(store: Store, key: str, uid: str, round_number: int | None = None) -> list[Heard]:
    """Decisions, bets and reasons, also before the reveal: for the instructor's eyes only, not for the projector."""
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        rounds = {row.id: row.number for row in line(db, session) if round_number in (None, row.number)}
        seats = {row.id: row for row in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
        bets = {(row.round_id, row.seat_id): row for row in db.execute(select(Bet).where(Bet.round_id.in_(rounds))).scalars()}
        why = {(row.round_id, row.seat_id): row.text for row in db.execute(select(Reason).where(Reason.round_id.in_(rounds))).scalars()}
        rows = db.execute(select(Submission).where(Submission.round_id.in_(rounds))).scalars()
        heard = []
        for row in sorted(rows, key=lambda row: (rounds[row.round_id], seats[row.seat_id].place)):
            bet = bets.get((row.round_id, row.seat_id))
            heard.append(
                Heard(
                    rounds[row.round_id],
                    seats[row.seat_id].label,
                    row.how,
                    row.purpose,
                    tuple(dict(move) for move in row.moves),
                    None if bet is None else (bet.outcome, bet.low, bet.high, bet.sure),
                    why.get((row.round_id, row.seat_id), ""),
                )
            )
        return heard


def pledges(store: Store, key: str, uid: str) -> list[Said]:
    """What the seats said in public that they will do."""
    with store.read() as db:
        return pledges_of(db, session_for(db, store.now(), key, uid))


def audit_of(store: Store, key: str, uid: str | None = None, most: int = 1000) -> list[tuple[datetime, str, str]]:
    """The audit, newest first: (at, action, detail). Of the whole installation, or with `uid` what touches this session or none, with what the
    log says that the instructor did in class."""
    with store.read() as db:
        asked = select(Audit).order_by(Audit.id.desc()).limit(most)
        in_class: list[tuple[datetime, str, str]] = []
        if uid is not None:
            session = session_for(db, store.now(), key, uid)
            asked = asked.where(or_(Audit.session_id == session.id, Audit.session_id.is_(None)))
            logged = select(Event).where(Event.session_id == session.id, Event.actor == "instructor", Event.kind.in_(IN_CLASS))
            in_class = [(row.at, row.kind, _detail(row)) for row in db.execute(logged.order_by(Event.id.desc()).limit(most)).scalars()]
        else:
            require_instructor(db, store.now(), key)
        noted = [(row.at, row.action, row.detail) for row in db.execute(asked).scalars()]
        return sorted([*noted, *in_class], key=lambda line: line[0], reverse=True)[:most]


def _detail(event: Event) -> str:
    """What an event of the log was about, as the audit writes it."""
    if event.kind == "time added":
        return f"{event.payload['seconds']:.0f} seconds"
    if event.kind == "round locked":
        return f"round {event.round}"
    return str(event.payload.get("title") or event.payload.get("text") or "")[:LINE]
