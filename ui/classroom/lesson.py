"""What the lesson is about, the same for everybody in the class: words of the card, seats, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import projector_session, session_for
from ui.classroom.history import line
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Result, Seat


@dataclass(frozen=True)
class Place:
    """A seat as everybody in the class knows it."""

    label: str
    state: str
    title: str


@dataclass(frozen=True)
class Lesson:
    """What the lesson is about, for any page: the public parts of the card, no packet of anybody."""

    uid: str
    title: str
    scenario: str
    question: str
    briefing: str
    content_note: str
    objectives: tuple[str, ...]
    leaves_out: tuple[str, ...]
    debrief_questions: tuple[str, ...]
    outcomes: tuple[str, ...]
    quarters_per_round: int
    rounds: int
    messages: bool
    places: tuple[Place, ...]
    resolved: tuple[str, ...]  # digests of the rounds that count, in order: a name for everything that has happened
    open_books: bool  # the debrief has begun


def lesson_of(db: Session, session: ClassSession) -> Lesson:
    """The lesson of a session, for a caller that has checked who is asking."""
    card = session.card
    titles = {(role["id"], role["state"]): role["title"] for role in card["roles"]}
    seats = db.execute(select(Seat).where(Seat.session_id == session.id).order_by(Seat.place)).scalars()
    digests = dict(db.execute(select(Result.round_id, Result.digest).where(Result.session_id == session.id)).all())
    return Lesson(
        uid=session.uid,
        title=session.title,
        scenario=session.scenario,
        question=str(card.get("question", "")),
        briefing=str(card.get("briefing", "")),
        content_note=str(card.get("content_note", "")),
        objectives=tuple(card.get("objectives", ())),
        leaves_out=tuple(card.get("leaves_out", ())),
        debrief_questions=tuple(card.get("debrief_questions", ())),
        outcomes=tuple(card.get("outcomes", ())),
        quarters_per_round=session.quarters_per_round,
        rounds=session.rounds,
        messages=bool(session.settings.get("messages", True)),
        places=tuple(Place(seat.label, seat.state, titles.get((seat.role, seat.state), seat.label)) for seat in seats),
        resolved=tuple(digests[row.id] for row in line(db, session) if row.id in digests),
        open_books=session.phase in (phases.DEBRIEF, phases.CLOSED),
    )


def lesson_on_projector(store: Store, token: str) -> Lesson:
    """What the lesson is about, for the projector."""
    with store.read() as db:
        return lesson_of(db, projector_session(db, store.now(), token))


def lesson_for_instructor(store: Store, key: str, uid: str) -> Lesson:
    """What the lesson is about, for the instructor."""
    with store.read() as db:
        return lesson_of(db, session_for(db, store.now(), key, uid))
