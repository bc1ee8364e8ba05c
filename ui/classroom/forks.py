"""Forks: what would have happened if the class had decided otherwise from a round on, with the same luck.

The class's own line is not touched. A fork takes the rounds before it as they were, and from its round on either the class's own later
moves, the changed ones, or none (the model's agents then play every seat).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import projector_session, seat_of, session_for
from ui.classroom.contract import Engine, Held, read_move
from ui.classroom.events import audit, log
from ui.classroom.history import inputs, line
from ui.classroom.refused import Denied, Refusal
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Seat
from ui.classroom.tables_play import Fork
from ui.classroom.text import LINE, clean

Later = Literal["own", "none", "model"]
MOST_FORKS = 40


@dataclass(frozen=True)
class ForkSeen:
    """A fork without what it found, which is large: `found_...` reads that. `own_theory` is the class's; `present`: the class has not gone back since."""

    id: int
    at_round: int
    title: str
    theory: str
    own_theory: str
    digest: str
    present: bool
    shown: bool


def fork(
    store: Store,
    engine: Engine,
    key: str,
    uid: str,
    *,
    at_round: int,
    title: str,
    changed: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    later: Later = "own",
    theory: str | None = None,
) -> int:
    """Play the class's history again with other moves in round `at_round`; returns the fork's number.

    `changed`: moves by seat label that replace that seat's moves of the round (an empty list: it does nothing). `later` says what the seats
    do in the rounds after: their own moves again, nothing, or what the model's agents choose. `theory` plays it under another theory.
    """
    name = clean(title, LINE, "title", empty=False)
    if later not in ("own", "none", "model"):
        raise Refusal("fork: later must be 'own', 'none' or 'model'.")
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        rounds = [row for row in line(db, session) if row.resolved_at is not None]
        if not rounds or not 1 <= at_round <= rounds[-1].number:
            raise Refusal(f"fork: round {at_round} has not been played; allowed is 1 to {rounds[-1].number if rounds else 0}.")
        asked = inputs(db, session, rounds)
        seats = {row.label: row.state for row in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
        per = session.quarters_per_round
    first, after = (at_round - 1) * per, at_round * per
    unknown = [label for label in (changed or {}) if label not in seats]
    if unknown:
        raise Refusal(f"fork: there is no seat '{unknown[0][:60]}'; allowed are {', '.join(seats)}.")
    replaced = {seats[label]: [read_move(raw, first, seats[label]) for raw in moves] for label, moves in (changed or {}).items()}
    for listed in replaced.values():
        for move in listed:
            engine.check(asked.scenario, move)
    kept = [
        move
        for move in asked.moves
        if move.quarter < first or (move.quarter < after and move.state not in replaced) or (move.quarter >= after and later == "own")
    ]
    held = [row for row in asked.held if row.first < after or later != "model"]
    held += [Held(state, first, after - 1) for state in replaced]
    played = (*kept, *(move for listed in replaced.values() for move in listed))
    what = replace(asked, moves=tuple(sorted(played, key=lambda move: move.quarter)), held=tuple(held), theory=theory or asked.theory)
    result = engine.resolve(
        what.scenario, what.seed, what.theory, what.moves, what.upto_quarter, first_quarter=first, held=what.held, injects=what.injects
    )
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        if len(db.execute(select(Fork.id).where(Fork.session_id == session.id)).all()) >= MOST_FORKS:
            raise Refusal(f"fork: {MOST_FORKS} are kept for a session.")
        row = Fork(
            session_id=session.id,
            branch=session.branch,
            at_round=at_round,
            title=name,
            theory=what.theory,
            moves=[move.as_dict() for move in what.moves],
            digest=result.digest,
            public=result.public,
            at=now,
            shown=False,
        )
        db.add(row)
        db.flush()
        log(db, now, session, "fork", "instructor", {"fork": row.id, "at_round": at_round, "title": name, "digest": result.digest})
        audit(db, now, "fork", f"round {at_round}: {name}", session)
        return row.id


def show(store: Store, key: str, uid: str, number: int, shown: bool = True) -> None:
    """Show a fork to the class, or take it off again."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        row = db.execute(select(Fork).where(Fork.id == number, Fork.session_id == session.id)).scalar_one_or_none()
        if row is None:
            raise Denied("There is no such fork in this session.")
        row.shown = shown
        session.version += 1


def theory_of(store: Store, key: str, uid: str) -> str:
    """The theory the class plays under; empty for the scenario's own."""
    with store.read() as db:
        return session_for(db, store.now(), key, uid).theory


def of_session(store: Store, key: str, uid: str) -> list[ForkSeen]:
    """All forks, for the instructor."""
    with store.read() as db:
        return _forks(db, session_for(db, store.now(), key, uid))


def of_seat(store: Store, token: str) -> list[ForkSeen]:
    """The forks that are shown, in the debrief."""
    with store.read() as db:
        session, _ = seat_of(db, store.now(), token)
        return _shown(db, session)


def on_projector(store: Store, token: str) -> list[ForkSeen]:
    """The forks that are shown, in the debrief."""
    with store.read() as db:
        return _shown(db, projector_session(db, store.now(), token))


def found_in_session(store: Store, key: str, uid: str, number: int) -> dict[str, Any]:
    """The public result of a fork from its round to the end, for the instructor."""
    with store.read() as db:
        return _found(db, session_for(db, store.now(), key, uid), number)


def found_by_seat(store: Store, token: str, number: int) -> dict[str, Any]:
    """The same of a fork that is shown, in the debrief."""
    with store.read() as db:
        session, _ = seat_of(db, store.now(), token)
        return _found_shown(db, session, number)


def found_on_projector(store: Store, token: str, number: int) -> dict[str, Any]:
    """The same for the projector."""
    with store.read() as db:
        return _found_shown(db, projector_session(db, store.now(), token), number)


def _found_shown(db: Session, session: ClassSession, number: int) -> dict[str, Any]:
    if all(row.id != number for row in _shown(db, session)):
        raise Denied("There is no such fork in this session.")
    return _found(db, session, number)


def _found(db: Session, session: ClassSession, number: int) -> dict[str, Any]:
    found: dict[str, Any] | None = db.execute(select(Fork.public).where(Fork.id == number, Fork.session_id == session.id)).scalar_one_or_none()
    if found is None:
        raise Denied("There is no such fork in this session.")
    return found


def _shown(db: Session, session: ClassSession) -> list[ForkSeen]:
    if session.phase not in (phases.DEBRIEF, phases.CLOSED):
        return []
    return [row for row in _forks(db, session) if row.shown]


def _forks(db: Session, session: ClassSession) -> list[ForkSeen]:
    columns = (Fork.id, Fork.at_round, Fork.title, Fork.theory, Fork.digest, Fork.branch, Fork.shown)
    rows = db.execute(select(*columns).where(Fork.session_id == session.id).order_by(Fork.id))
    return [ForkSeen(row.id, row.at_round, row.title, row.theory, session.theory, row.digest, row.branch == session.branch, row.shown) for row in rows]
