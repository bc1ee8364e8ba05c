"""Making a session, its seats and links; finding, keeping and deleting sessions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import issue, require_instructor, session_for
from ui.classroom.card import Card, Plan, Role
from ui.classroom.events import audit, log
from ui.classroom.refused import Refusal
from ui.classroom.store import Store
from ui.classroom.tables import Audit, Branch, ClassSession, Seat, Throttle
from ui.classroom.text import LINE, clean
from ui.classroom.throttle import outdated
from ui.classroom.tokens import new_code

KEPT_DAYS = 180  # stated retention: a session is deleted so long after it was made, unless it is deleted before (assumption: one term)


@dataclass(frozen=True)
class Created:
    """A new session: links are shown once (cards, QR) and can be issued again, never read back."""

    uid: str
    join_code: str
    links: tuple[tuple[str, str], ...]  # (seat label, secret)
    projector: str


@dataclass(frozen=True)
class SessionLine:
    """A session in the instructor's list."""

    uid: str
    title: str
    scenario: str
    phase: str
    round: int
    rounds: int
    made_at: datetime
    deleted_on: datetime
    rehearsal: bool


def create(
    store: Store,
    key: str,
    card: Card,
    *,
    seats: int | None = None,
    seed: int = 1,
    theory: str | None = None,
    plan: Plan | None = None,
    title: str = "",
    engine_version: str = "",
    rehearsal: bool = False,
) -> Created:
    """Make a session from a scenario card: `seats` of the card's roles in order, the others played by the model."""
    most = min(card.max_seats, len(card.roles))
    wanted = most if seats is None else seats
    if not card.min_seats <= wanted <= most:
        raise Refusal(f"seats: {wanted} are asked for; '{card.id}' allows {card.min_seats} to {most}.")
    if not 0 <= seed < 2**63:
        raise Refusal(f"seed: {seed} is out of range; allowed is 0 to {2**63 - 1}.")
    chosen = (plan or Plan()).checked()
    name = clean(title, LINE, "title") or card.title
    with store.write() as db:
        now = store.now()
        require_instructor(db, now, key)
        session = ClassSession(
            uid=secrets.token_hex(8),
            join_code=free_code(db),
            title=name,
            scenario=card.id,
            scenario_digest=card.digest,
            card=card.model_dump(mode="json"),
            seed=seed,
            theory=theory or card.theory,
            engine_version=engine_version,
            settings=chosen.model_dump(mode="json"),
            rounds=card.rounds,
            quarters_per_round=card.quarters_per_round,
            phase=phases.LOBBY,
            round=0,
            branch=0,
            version=1,
            rehearsal=rehearsal,
            created_at=now,
        )
        db.add(session)
        db.flush()
        db.add(Branch(session_id=session.id, number=0, parent=None, from_round=0, reason="", made_at=now))
        links = tuple(_seat(db, now, session, role, place, label) for place, (role, label) in enumerate(_labelled(card.roles[:wanted])))
        projector = issue(db, now, "projector", session.id)
        log(db, now, session, "session made", "instructor", {"scenario": card.id, "seed": seed, "theory": session.theory, "seats": wanted})
        audit(db, now, "session made", name, session)
        return Created(session.uid, session.join_code, links, projector)


def _labelled(roles: Sequence[Role]) -> list[tuple[Role, str]]:
    return [
        (role, role.id if [other.id for other in roles].count(role.id) == 1 else f"{role.id} {place + 1}")
        for place, role in enumerate(roles)
    ]


def _seat(db: Session, now: datetime, session: ClassSession, role: Role, place: int, label: str) -> tuple[str, str]:
    seat = Seat(
        session_id=session.id,
        label=label,
        role=role.id,
        state=role.state,
        place=place,
        bot=False,
        caught_up=True,
        role_checked=False,
        version=1,
    )
    db.add(seat)
    db.flush()
    return label, issue(db, now, "seat", session.id, seat.id)


def free_code(db: Session) -> str:
    """A join code that no session has."""
    while True:
        code = new_code()
        if db.execute(select(ClassSession.id).where(ClassSession.join_code == code)).scalar_one_or_none() is None:
            return code


def listed(store: Store, key: str) -> list[SessionLine]:
    """All sessions of this installation, newest first."""
    with store.read() as db:
        require_instructor(db, store.now(), key)
        rows = db.execute(select(ClassSession).order_by(ClassSession.id.desc())).scalars()
        return [
            SessionLine(
                row.uid,
                row.title,
                row.scenario,
                row.phase,
                row.round,
                row.rounds,
                row.created_at,
                row.created_at + timedelta(days=KEPT_DAYS),
                row.rehearsal,
            )
            for row in rows
        ]


def delete_session(store: Store, key: str, uid: str) -> None:
    """Delete a session with everything in it. What stays is one line of the audit that says a session was deleted."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        _delete(db, store.now(), session, "deleted by the instructor")


def purge(store: Store) -> int:
    """Delete the sessions older than the stated retention, and addresses counted in windows that have ended. Returns how many sessions.

    Called at the start of the app, every few minutes while it runs, and when sessions are listed.
    """
    now = store.now()
    aged, noted = (column < now - timedelta(days=KEPT_DAYS) for column in (ClassSession.created_at, Audit.at))
    counted = outdated(now)
    with store.read() as db:
        if not any(db.execute(select(1).where(old).limit(1)).first() for old in (aged, noted, counted)):
            return 0
    with store.write() as db:
        old = db.execute(select(ClassSession).where(aged)).scalars().all()
        for session in old:
            _delete(db, now, session, f"older than {KEPT_DAYS} days")
        db.execute(delete(Audit).where(noted))
        db.execute(delete(Throttle).where(counted))
        return len(old)


def _delete(db: Session, now: datetime, session: ClassSession, why: str) -> None:
    db.execute(delete(Audit).where(Audit.session_id == session.id))
    db.delete(session)  # everything else goes by its foreign key
    db.flush()
    audit(db, now, "session deleted", why)
