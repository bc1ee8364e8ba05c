"""Handing in: the decision with its purpose, bet and reason; drafts; public pledges.

Handing in holds the session row together with the others who hand in, and closing holds it alone: a decision is in the round or
refused, never lost between. A confirmation may be shown only after these functions return.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Delete, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ui.classroom import phases
from ui.classroom.access import playing_seat
from ui.classroom.contract import PURPOSES, Engine, Move, read_move
from ui.classroom.events import log, touch
from ui.classroom.glance import glance, waits_to_be_locked
from ui.classroom.refused import OutOfDate, Refusal, nearest
from ui.classroom.rounds import PEOPLE, lock_if_all_in, present_round
from ui.classroom.seats import role_in
from ui.classroom.store import Store
from ui.classroom.tables import Base, ClassSession
from ui.classroom.tables_play import Bet, Draft, Pledge, Reason, Submission
from ui.classroom.text import LINE, clean

MOST_MOVES = 60
MOST_PLEDGES = 8  # of one seat in a round
DRAFT_BYTES = 20_000


def _upsert(row: type[Base], *changed: str, counted: bool = False) -> dict[str, Any]:
    """By dialect, the statement that stores a seat's row of a round; where there is one, what has `changed`. `counted`: counts and returns revisions."""
    table, made = cast(Table, row.__table__), {}
    again = {"revision": table.c.revision + 1} if counted else {}
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
        new = insert(table)
        stored = new.on_conflict_do_update(index_elements=["round_id", "seat_id"], set_={**{name: new.excluded[name] for name in changed}, **again})
        made[dialect] = stored.returning(table.c.revision) if counted else stored
    return made


def _drop(row: type[Base]) -> Delete:
    """The statement that takes back a seat's row of a round."""
    table = cast(Table, row.__table__)
    return delete(table).where(table.c.round_id == bindparam("round_id"), table.c.seat_id == bindparam("seat_id"))


# Made once: a whole class hands in within seconds, and to put a statement together takes longer than to run it.
_HAND_IN = _upsert(Submission, "how", "purpose", "moves", "at", counted=True)
_BET = _upsert(Bet, "outcome", "low", "high", "sure")
_REASON = _upsert(Reason, "text")
_NO_BET, _NO_REASON = _drop(Bet), _drop(Reason)
_KEEP = _upsert(Draft, "form", "at")
_DRAFT = select(Draft.form).where(Draft.round_id == bindparam("round"), Draft.seat_id == bindparam("seat"))


@dataclass(frozen=True)
class Forecast:
    """A bet: what the seat expects of an outcome this round, as a range, and how sure it is (0 to 1)."""

    outcome: str
    low: float
    high: float
    sure: float = 0.8


def submit(
    store: Store,
    engine: Engine,
    token: str,
    expected: str,
    moves: Sequence[Mapping[str, Any]],
    *,
    purpose: str = "",
    bet: Forecast | None = None,
    reason: str = "",
) -> int:
    """Hand in the seat's decision of the round drawn with stamp `expected`; returns its revision (1 for the first).

    May be repeated until the round is locked; the last one counts, with its bet and reason or without, and all stay in the log.
    Empty `moves` = leave everything as it is, on purpose.
    """
    if not isinstance(moves, Sequence) or isinstance(moves, str) or len(moves) > MOST_MOVES:
        raise Refusal(f"decision: up to {MOST_MOVES} moves are allowed.")
    if purpose and purpose not in PURPOSES:
        named = str(purpose)[:40]
        raise Refusal(f"purpose: '{named}' is not known; allowed are {', '.join(PURPOSES)}.{nearest(named, PURPOSES)}")
    why = clean(reason, LINE, "reason")
    seen, place, _ = glance(store, token)  # check the moves before holding anything
    read = [read_move(raw, 0, place.state) for raw in moves]
    _check_bet(seen.lesson.outcomes, bet)
    allowed = role_in(store, seen, place).levers
    for move in read:
        if allowed and move.lever not in allowed:
            raise Refusal(f"decision: '{move.lever}' is not an instrument of this role; allowed are {', '.join(allowed)}.")
        engine.check(seen.lesson.scenario, move)
    with store.write() as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        _in_phase(session, phases.DECIDE)
        present = present_round(db, session)
        assert present is not None
        key = {"session_id": session.id, "round_id": present.id, "seat_id": seat.id}
        quarter = (session.round - 1) * session.quarters_per_round
        plain = [replace(move, quarter=quarter).as_dict() for move in read]
        values = {"how": PEOPLE, "purpose": purpose, "moves": plain, "at": now, "revision": 1}
        connection, dialect = db.connection(), store.engine.dialect.name
        revision = connection.execute(_HAND_IN[dialect], {**key, **values}).scalar_one()
        if bet is not None:
            said = {"outcome": bet.outcome, "low": float(bet.low), "high": float(bet.high), "sure": float(bet.sure)}
            connection.execute(_BET[dialect], {**key, **said})
        elif revision > 1:  # what was said before no longer counts
            connection.execute(_NO_BET, key)
        if why:
            connection.execute(_REASON[dialect], {**key, "text": why})
        elif revision > 1:
            connection.execute(_NO_REASON, key)
        touch(db, seat.id)
        payload = {"moves": plain, "purpose": purpose, "bet": None if bet is None else said, "reason": why, "revision": revision}
        log(db, now, session, "decision", "seat", payload, seat)
    if waits_to_be_locked(store, seen.session_id):  # asked after the commit: of two who hand in last, the later to be stored sees both
        lock_if_all_in(store, seen.session_id)
    return int(revision)


def _check_bet(outcomes: tuple[str, ...], bet: Forecast | None) -> None:
    if bet is None:
        return
    if not isinstance(bet.outcome, str) or len(bet.outcome) > 60 or (outcomes and bet.outcome not in outcomes):
        raise Refusal(f"bet: '{str(bet.outcome)[:60]}' is not an outcome of this scenario; allowed are {', '.join(outcomes)}.")
    numbers = (bet.low, bet.high, bet.sure)
    if not all(isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12 for value in numbers):
        raise Refusal("bet: low, high and how sure you are must be numbers.")
    if bet.low > bet.high:
        raise Refusal(f"bet: the range runs from {bet.low:g} to {bet.high:g}; the first must not be above the second.")
    if not 0 <= bet.sure <= 1:
        raise Refusal(f"bet: how sure you are is {bet.sure:g}; allowed is 0 to 1.")


def save_draft(store: Store, token: str, expected: str, form: Mapping[str, Any]) -> None:
    """Keep an unfinished form, so that a reload or another phone continues it."""
    try:
        plain = json.loads(json.dumps(dict(form), allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        raise Refusal("draft: only plain words and numbers can be kept.") from None
    if len(json.dumps(plain)) > DRAFT_BYTES:
        raise Refusal(f"draft: it is too long to keep; allowed are {DRAFT_BYTES} characters.")
    if "\\u0000" in json.dumps(plain):
        raise Refusal("draft: only plain words and numbers can be kept.")
    with store.write(unseen=True) as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        _in_phase(session, *phases.BEFORE_LOCK)
        present = present_round(db, session)
        assert present is not None
        values = {"session_id": session.id, "round_id": present.id, "seat_id": seat.id, "form": plain, "at": now}
        db.connection().execute(_KEEP[store.engine.dialect.name], values)


def pledge(store: Store, token: str, expected: str, *, lever: str, target: str, will: bool, text: str = "") -> None:
    """Say in public what one will do, or not do. Nothing binds."""
    said = clean(text, LINE, "pledge")
    lever, target = clean(lever, 60, "pledge", empty=False), clean(target, 60, "pledge")
    with store.write() as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        _in_phase(session, phases.TALK, phases.DECIDE)
        present = present_round(db, session)
        assert present is not None
        made = select(func.count()).select_from(Pledge).where(Pledge.round_id == present.id, Pledge.seat_id == seat.id)
        if db.execute(made).scalar_one() >= MOST_PLEDGES:
            raise Refusal(f"pledge: {MOST_PLEDGES} a round are allowed.")
        db.add(
            Pledge(
                session_id=session.id, round_id=present.id, seat_id=seat.id, will=bool(will), lever=lever, target=target, text=said, at=now
            )
        )
        db.flush()
        touch(db, seat.id)
        log(db, now, session, "pledge", "seat", {"will": bool(will), "lever": lever, "target": target, "text": said}, seat)


def kept(will: bool, lever: str, target: str, moves: Sequence[Move]) -> bool:
    """Whether a pledge was kept by the moves of the round: done what was promised, or left what was promised to be left."""
    done = any(move.lever == lever and move.value is not None and (not target or move.target in (target, "", "*")) for move in moves)
    return done == will


def _in_phase(session: ClassSession, *allowed: str) -> None:
    if session.phase not in allowed:
        now = session.phase.replace("_", " ")
        raise OutOfDate(f"This can be done in '{allowed[-1]}' only; the class is in '{now}'. Nothing was stored.")


def read_draft(store: Store, token: str) -> dict[str, Any]:
    """The seat's own draft of the present round, or an empty form."""
    now, seat, _ = glance(store, token)
    with store.read() as db:
        return dict(db.execute(_DRAFT, {"round": now.round_id, "seat": seat.id}).scalar_one_or_none() or {})
