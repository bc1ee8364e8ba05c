"""The instructor's hand on the class: move on, lock, pause, roll back, broadcast, inject, seats and links.

Every function takes the instructor's key and the session's uid, checks both, and writes its audit line in the same transaction. Where
a double click could do harm, the page sends the stamp it was drawn with.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from sqlalchemy import delete, func, select, update

from ui.classroom import clock, phases
from ui.classroom.access import fresh, issue, seat_named, session_for
from ui.classroom.contract import Engine
from ui.classroom.events import audit, log, touch
from ui.classroom.refused import Refusal, nearest
from ui.classroom.resolution import LEASE_SECONDS, rebuild, settle
from ui.classroom.rounds import enter, expire_offers, move_on, plan_of, present_round
from ui.classroom.sessions import free_code
from ui.classroom.store import Store
from ui.classroom.tables import Branch, ClassSession, Participant, Presence, Seat, Token
from ui.classroom.tables_play import Broadcast
from ui.classroom.text import LINE, NOTE, PARAGRAPH, clean

A_LOOK = 0.25  # seconds between two looks at a round that another request computes


def advance(store: Store, engine: Engine, key: str, uid: str, expected: str) -> str:
    """Go to the next phase ("lock now" in decide; the round is then resolved). Returns the phase the class is in afterwards."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        fresh(session, expected)
        if session.phase != phases.RESOLVE:
            move_on(db, now, session, "instructor")
        session_id = session.id
    settle(store, engine, session_id)
    with store.read() as db:
        return db.get_one(ClassSession, session_id).phase


def go_to_debrief(store: Store, key: str, uid: str, expected: str) -> None:
    """Leave the remaining rounds out and go to the debrief; also reopens a closed session there."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        if session.phase != phases.CLOSED:
            fresh(session, expected)
        if session.phase == phases.DEBRIEF:
            raise Refusal("The class is in the debrief already.")
        enter(db, now, session, phases.DEBRIEF, session.round, "instructor")
        audit(db, now, "went to debrief", f"round {session.round}", session)


def close(store: Store, key: str, uid: str) -> None:
    """Close the session: nothing more can be handed in. Everything can still be read and exported."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        if session.phase == phases.CLOSED:
            raise Refusal("This session is closed already.")
        enter(db, now, session, phases.CLOSED, session.round, "instructor")
        audit(db, now, "closed", "", session)


def pause(store: Store, key: str, uid: str) -> None:
    """Stop the clock."""
    _clock(store, key, uid, lambda db, now, session: clock.pause(db, now, session, "instructor"))


def resume(store: Store, key: str, uid: str) -> None:
    """Let the clock run on."""
    _clock(store, key, uid, lambda db, now, session: clock.resume(db, now, session, "instructor"))


def add_time(store: Store, key: str, uid: str, seconds: float) -> None:
    """Give more time in this phase; negative seconds take it away."""
    _clock(store, key, uid, lambda db, now, session: clock.add(db, now, session, seconds, "instructor"))


def _clock(store: Store, key: str, uid: str, act: Callable[..., None]) -> None:
    with store.write() as db:
        now = store.now()
        act(db, now, session_for(db, now, key, uid, "close"))


def broadcast(store: Store, key: str, uid: str, text: str, title: str = "") -> None:
    """Tell everybody something."""
    _say(store, key, uid, "", clean(title, LINE, "title"), clean(text, PARAGRAPH, "broadcast", empty=False))


def inject(store: Store, key: str, uid: str, name: str) -> None:
    """Release one of the scenario's prepared headlines; the model learns of it with this round."""
    with store.read() as db:
        card = session_for(db, store.now(), key, uid).card
    known = {row["id"]: row for row in card.get("injects", ())}
    if name not in known:
        raise Refusal(f"inject: there is no '{name[:60]}'; allowed are {', '.join(known) or 'none'}.{nearest(name[:60], known)}")
    _say(store, key, uid, name, known[name]["title"], known[name].get("text", ""))


def _say(store: Store, key: str, uid: str, name: str, title: str, text: str) -> None:
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        if name:
            if session.phase not in phases.BEFORE_LOCK:
                raise Refusal("inject: it is released between the reading and the lock of a round.")
            present = present_round(db, session)
            assert present is not None
            same = select(Broadcast.id).where(
                Broadcast.session_id == session.id, Broadcast.inject == name, Broadcast.branch == session.branch
            )
            if db.execute(same).first():
                raise Refusal(f"inject: '{name}' was released already.")
        db.add(Broadcast(session_id=session.id, branch=session.branch, round=session.round, inject=name, title=title, text=text, at=now))
        session.version += 1
        log(db, now, session, "inject" if name else "broadcast", "instructor", {"inject": name, "title": title, "text": text})


def hand_to_model(store: Store, key: str, uid: str, seat: str, by_model: bool = True) -> None:
    """Let the model's own agent play a seat, or give it back to people."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        row = seat_named(db, session, seat)
        row.bot = by_model
        session.version += 1
        what = "seat to the model" if by_model else "seat to people"
        log(db, now, session, what, "instructor", seat=row)
        audit(db, now, what, row.label, session)


def reissue(store: Store, key: str, uid: str, seat: str) -> str:
    """A new link for a seat; all its old ones stop working. Returns the secret, shown once."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        row = seat_named(db, session, seat)
        db.execute(update(Token).where(Token.seat_id == row.id, Token.revoked_at.is_(None)).values(revoked_at=now))
        secret = issue(db, now, "seat", session.id, row.id)
        log(db, now, session, "link issued again", "instructor", seat=row)
        audit(db, now, "link issued again", row.label, session)
        return secret


def another_link(store: Store, key: str, uid: str, seat: str) -> str:
    """One more link for a seat, the others keep working: cards to print for a session made earlier."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        row = seat_named(db, session, seat)
        audit(db, store.now(), "link issued", row.label, session)
        return issue(db, store.now(), "seat", session.id, row.id)


def reissue_projector(store: Store, key: str, uid: str) -> str:
    """A new projector link; the old one stops working."""
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        old = (Token.session_id == session.id, Token.kind == "projector", Token.revoked_at.is_(None))
        db.execute(update(Token).where(*old).values(revoked_at=now))
        audit(db, now, "projector link issued again", "", session)
        return issue(db, now, "projector", session.id)


def free_seat(store: Store, key: str, uid: str, seat: str) -> str:
    """Empty a seat for somebody else: its devices are out, its links stop, its past stays. Returns a fresh link."""
    secret = reissue(store, key, uid, seat)
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        row = seat_named(db, session, seat)
        row.started_at, row.bot, row.role_checked = None, False, False
        db.flush()
        db.execute(delete(Presence).where(Presence.seat_id == row.id))
        db.execute(delete(Participant).where(Participant.seat_id == row.id))
        touch(db, row.id)
        log(db, now, session, "seat freed", "instructor", seat=row)
        audit(db, now, "seat freed", row.label, session)
    return secret


def new_join_code(store: Store, key: str, uid: str) -> str:
    """Another join code; the old one stops working."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        session.join_code = free_code(db)
        session.version += 1
        audit(db, store.now(), "join code changed", "", session)
        return session.join_code


def roll_back(store: Store, key: str, uid: str, to_round: int, why: str) -> None:
    """Play round `to_round` again. What was played stays in the store on its branch; the reason is audited."""
    reason = clean(why, NOTE, "reason", empty=False)
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        if not 1 <= to_round <= session.round:
            raise Refusal(f"roll back: round {to_round} has not been played; allowed is 1 to {session.round}.")
        was = f"round {session.round}, {session.phase}, branch {session.branch}"
        clock.stop(db, now, session)
        expire_offers(db, now, session)
        number = 1 + db.execute(select(func.max(Branch.number)).where(Branch.session_id == session.id)).scalar_one()
        db.add(Branch(session_id=session.id, number=number, parent=session.branch, from_round=to_round, reason=reason, made_at=now))
        log(db, now, session, "rolled back", "instructor", {"to_round": to_round, "branch": number, "reason": reason})
        audit(db, now, "rolled back", f"from {was} to round {to_round}: {reason}", session)
        session.branch = number
        phase, to = phases.following(phases.POLL, to_round - 1, session.rounds, plan_of(session).skip)
        enter(db, now, session, phase, to, "instructor")


def retry(store: Store, engine: Engine, key: str, uid: str) -> bool:
    """Try again to resolve a round that failed."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        present = present_round(db, session)
        if session.phase != phases.RESOLVE or present is None:
            raise Refusal("There is no round to resolve.")
        present.tries, present.claim_until, present.claim, present.problem = 0, None, secrets.token_hex(4), ""
        session_id = session.id
        audit(db, store.now(), "resolve again", f"round {session.round}", session)
    return settle(store, engine, session_id)


def finish_with_bots(
    store: Store,
    engine: Engine,
    key: str,
    uid: str,
    progress: Callable[[int, int], bool] | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Let the model play all seats to the debrief. `progress(round, rounds)` may return False to stop after a finished round.

    A round without a result that could not be computed here, as another page's request is at it, is looked at again after `wait(seconds)`, no
    longer than such a request's lease. Raises `Refusal` where the model has failed, or where no result came by then.
    """
    with store.write() as db:
        now = store.now()
        session = session_for(db, now, key, uid, "close")
        db.execute(update(Seat).where(Seat.session_id == session.id).values(bot=True))
        session.version += 1
        log(db, now, session, "finish with bots", "instructor")
        audit(db, now, "finish with bots", f"from round {session.round}", session)
        session_id, waited = session.id, 0.0
    while True:
        settle(store, engine, session_id)
        with store.read() as db:
            now = store.now()
            session = session_for(db, now, key, uid)
            reached, rounds, phase = session.round, session.rounds, session.phase
            seen = phases.stamp(session.branch, reached, phase)
            present = present_round(db, session)
        if phase in (phases.DEBRIEF, phases.CLOSED):
            return
        if phase == phases.RESOLVE:
            claimed = present is not None and present.claim is not None and present.claim_until is not None and present.claim_until > now
            if not claimed and present is not None and present.problem:
                raise Refusal(f"Round {reached} could not be resolved yet: {present.problem}")
            if waited >= LEASE_SECONDS:
                raise Refusal(f"Round {reached} could not be resolved yet: nobody came to a result within {LEASE_SECONDS} seconds.")
            wait(A_LOOK)
            waited += A_LOOK
            continue
        waited = 0.0
        if phase == phases.REVEAL and progress is not None and not progress(reached, rounds):  # no transaction waits for who is told
            return
        with store.write() as db:
            session = session_for(db, store.now(), key, uid, "close")
            if phases.stamp(session.branch, session.round, session.phase) == seen:  # else somebody has gone on meanwhile
                move_on(db, store.now(), session, "model")


def replay(store: Store, engine: Engine, key: str, uid: str) -> tuple[bool, str]:
    """Play every resolved round again from the stored decisions: whether all digests are equal, and a sentence that says so."""
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        session_id, made_with = session.id, session.engine_version
    rounds = rebuild(store, engine, session_id)
    for number, stored, again in rounds:
        if stored != again:
            other = f" It was played with {made_with}, this is {engine.version}." if made_with not in ("", engine.version) else ""
            return False, f"Round {number} comes out differently now.{other}"
    return True, f"All {len(rounds)} rounds come out exactly as they were."
