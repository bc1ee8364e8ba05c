"""Resolving a round: exactly once, however many requests race and whoever is killed on the way.

    claim (short transaction, with a lease) -> compute (no transaction, in the model's own process) -> commit once

Who finds an expired lease may claim again; whoever comes back late with an old claim is not heard, and the result's row is unique
per round. The same inputs give the same result, so a repetition changes nothing.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from ui.classroom import phases
from ui.classroom.contract import Engine, RoundResult
from ui.classroom.events import log
from ui.classroom.history import Inputs, inputs, line
from ui.classroom.refused import Refusal
from ui.classroom.rounds import enforce, enter, present_round
from ui.classroom.store import Store, locked
from ui.classroom.tables import ClassSession, Result, Round

LEASE_SECONDS = 150  # longer than the engine's own time limit
REST_SECONDS = 5  # after a failure, before the next try
MOST_TRIES = 4  # then the instructor must press retry
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """The right to compute one round, until the lease ends."""

    session_id: int
    round_id: int
    secret: str
    inputs: Inputs


def settle(store: Store, engine: Engine, session_id: int) -> bool:
    """Enforce the clock and resolve a locked round if nobody else is at it. True when this call brought a result."""
    enforce(store, session_id)
    claimed = claim(store, session_id)
    if claimed is None:
        return False
    try:
        result = compute(engine, claimed.inputs)
    except Exception as problem:  # whatever the model did, the class must hear of it and go on
        _LOG.exception("round %s of session %s could not be resolved", claimed.round_id, session_id)
        _failed(store, claimed, f"{type(problem).__name__}: {problem}")
        return False
    try:
        engine.foresee(store, session_id, claimed.round_id, result)
    except Exception:  # the pages are then drawn when they are asked for
        _LOG.exception("round %s of session %s could not be got ready", claimed.round_id, session_id)
    return commit(store, claimed, result, engine.version)


def claim(store: Store, session_id: int) -> Claim | None:
    """Take the present round for computing, or None when there is nothing to do or somebody is at it."""
    with store.read() as db:  # most requests end here without a lock
        if db.execute(select(ClassSession.phase).where(ClassSession.id == session_id)).scalar_one_or_none() != phases.RESOLVE:
            return None
    with store.write() as db:
        now = store.now()
        session = locked(db, session_id, "close")
        present = present_round(db, session)
        if session.phase != phases.RESOLVE or present is None or present.resolved_at is not None or present.tries >= MOST_TRIES:
            return None
        if present.claim_until is not None and present.claim_until > now:
            return None
        present.claim, present.claim_until = secrets.token_hex(8), now + timedelta(seconds=LEASE_SECONDS)
        present.tries += 1
        if present.tries == MOST_TRIES and not present.problem:
            present.problem = "The round was begun several times without a result."
        return Claim(session.id, present.id, present.claim, inputs(db, session, line(db, session)))


def compute(engine: Engine, asked: Inputs) -> RoundResult:
    """Ask the model. No transaction is open here."""
    return engine.resolve(
        asked.scenario,
        asked.seed,
        asked.theory,
        asked.moves,
        asked.upto_quarter,
        first_quarter=asked.first_quarter,
        held=asked.held,
        injects=asked.injects,
    )


def commit(store: Store, claimed: Claim, result: RoundResult, engine_version: str) -> bool:
    """Store the result, unless the claim is no longer the valid one; go to the reveal if the class still waits for it.

    It does not when the instructor has gone on meanwhile, to the debrief or to the end.
    """
    with store.write() as db:
        now = store.now()
        session = locked(db, claimed.session_id, "close")
        present = present_round(db, session)
        if present is None or present.id != claimed.round_id or present.resolved_at is not None or present.claim != claimed.secret:
            return False
        present.resolved_at, present.claim, present.claim_until, present.problem = now, None, None, ""
        db.add(
            Result(
                session_id=session.id,
                round_id=present.id,
                digest=result.digest,
                engine_version=engine_version,
                public=result.public,
                private=result.private,
                debrief=result.debrief,
            )
        )
        log(db, now, session, "round resolved", "model", {"digest": result.digest, "engine": engine_version})
        if session.phase == phases.RESOLVE:
            enter(db, now, session, phases.REVEAL, session.round, "model")
        else:
            session.version += 1
        return True


def release_claims(store: Store) -> int:
    """Give back the rounds that a server which is gone had begun, so that nobody waits for their leases. Returns how many.

    For the start of the only server on a database file. On a database that several replicas share this would let two of them compute the same
    round (the result would still be stored once), so it does nothing there.
    """
    with store.read() as db:
        if db.get_bind().dialect.name != "sqlite":
            return 0
        begun = select(Round).where(Round.claim.is_not(None), Round.resolved_at.is_(None))
        if db.execute(begun.limit(1)).first() is None:
            return 0
    with store.write() as db:
        rows = db.execute(begun).scalars().all()
        for row in rows:
            row.claim, row.claim_until, row.tries = None, None, max(0, row.tries - 1)
        return len(rows)


def _failed(store: Store, claimed: Claim, sentence: str) -> None:
    with store.write() as db:
        now = store.now()
        session = locked(db, claimed.session_id, "close")
        present = present_round(db, session)
        if present is None or present.id != claimed.round_id or present.claim != claimed.secret:
            return
        present.claim, present.claim_until = None, now + timedelta(seconds=REST_SECONDS)
        present.problem = sentence[:1000]
        session.version += 1
        log(db, now, session, "round failed", "model", {"problem": present.problem, "try": present.tries})


def rebuild(store: Store, engine: Engine, session_id: int) -> list[tuple[int, str, str]]:
    """Play every resolved round of the session again from its decisions: (round, stored digest, digest now)."""
    with store.read() as db:
        session = db.get(ClassSession, session_id)
        if session is None:
            raise Refusal("There is no such session (any more).")
        rounds = [row for row in line(db, session) if row.resolved_at is not None]
        stored = {row.round_id: row.digest for row in db.execute(select(Result).where(Result.session_id == session_id)).scalars()}
        asked = [(row.number, stored[row.id], inputs(db, session, rounds[: place + 1])) for place, row in enumerate(rounds)]
    return [(number, digest, compute(engine, what).digest) for number, digest, what in asked]
