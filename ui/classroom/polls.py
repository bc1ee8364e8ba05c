"""Polls and votes: the opening and the repeat poll, resolutions, and which fork the class wants to see.

Polls belong to the lesson and can be answered while they are open, in whatever phase. Counts are shown, never who said what; the votes of a
motion stay secret until it is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import playing_seat, projector_session, seat_of, session_for
from ui.classroom.events import log, touch
from ui.classroom.refused import Denied, OutOfDate, Refusal
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Seat
from ui.classroom.tables_play import Motion, Poll, PollAnswer, Vote
from ui.classroom.text import LINE, NOTE, clean

VOTES = ("for", "against", "abstain")
BEFORE, AFTER = "before", "after"  # the opening and the repeat poll
MOST_MOTIONS = 3  # open resolutions tabled by one seat


@dataclass(frozen=True)
class PollSeen:
    """A poll with its answers as counts; `mine` is this seat's own answer. The repeat poll also has, for everybody who answered the opening poll
    too, `twice`: (before, after)."""

    key: str
    kind: str
    question: str
    options: tuple[str, ...]
    open: bool
    answers: tuple[float, ...]
    mine: float | None
    twice: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class MotionSeen:
    """A motion; `counts` and `votes` (seat, option) only after it is closed."""

    id: int
    kind: str
    by: str
    text: str
    options: tuple[str, ...]
    open: bool
    cast: int
    mine: int | None
    counts: tuple[int, ...]
    votes: tuple[tuple[str, str], ...]


def ask(store: Store, key: str, uid: str, *, name: str, question: str, options: Sequence[str] = ()) -> None:
    """Open a poll of the instructor's own: of percent, or a choice when options are given."""
    name, question = clean(name, 40, "poll", empty=False), clean(question, NOTE, "poll", empty=False)
    words = [clean(option, LINE, "poll option", empty=False) for option in options]
    if len(words) > 10 or len(words) == 1:
        raise Refusal("poll: give no options (answers in percent) or 2 to 10.")
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        if db.execute(select(Poll.id).where(Poll.session_id == session.id, Poll.key == name)).first():
            raise Refusal(f"poll: '{name}' exists already; give another name.")
        db.add(
            Poll(
                session_id=session.id,
                key=name,
                kind="choice" if words else "percent",
                question=question,
                options=words,
                open=True,
                at=store.now(),
            )
        )
        session.version += 1
        log(db, store.now(), session, "poll opened", "instructor", {"poll": name, "question": question, "options": words})


def close_poll(store: Store, key: str, uid: str, name: str) -> None:
    """Close a poll."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        poll = _poll(db, session, name)
        poll.open = False
        session.version += 1
        log(db, store.now(), session, "poll closed", "instructor", {"poll": name})


def reopen_poll(store: Store, key: str, uid: str, name: str) -> None:
    """Open a closed poll again; answers given before stay, and may be changed."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        poll = _poll(db, session, name)
        if session.phase == phases.CLOSED:
            raise OutOfDate("This poll is closed.")
        poll.open = True
        session.version += 1
        log(db, store.now(), session, "poll opened", "instructor", {"poll": name, "question": poll.question, "options": poll.options})


def answer(store: Store, token: str, name: str, value: float) -> None:
    """Answer an open poll: 0 to 100 percent, or the position of an option. May be changed while the poll is open."""
    with store.write() as db:
        now = store.now()
        session, seat = seat_of(db, now, token, "share")
        if seat.started_at is None:
            raise Denied("Press Start first.")
        poll = _poll(db, session, name)
        if not poll.open or session.phase == phases.CLOSED:
            raise OutOfDate("This poll is closed.")
        highest = 100 if poll.kind == "percent" else len(poll.options) - 1
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= highest or (poll.kind == "choice" and value != int(value)):
            raise Refusal(f"poll: the answer must be 0 to {highest}.")
        insert = (sqlite.insert if store.engine.dialect.name == "sqlite" else postgresql.insert)(PollAnswer)
        row = insert.values(session_id=session.id, poll_id=poll.id, seat_id=seat.id, value=float(value), at=now)
        db.execute(row.on_conflict_do_update(index_elements=["poll_id", "seat_id"], set_={"value": float(value), "at": now}))
        touch(db, seat.id)
        log(db, now, session, "poll answer", "seat", {"poll": name, "value": float(value)}, seat)


def of_seat(store: Store, token: str) -> list[PollSeen]:
    """All polls as this seat may see them: others' answers as a heap of numbers, and only once one has answered or the poll is closed."""
    with store.read() as db:
        session, seat = seat_of(db, store.now(), token)
        return [poll if poll.mine is not None or not poll.open else _without_answers(poll) for poll in _polls(db, session, seat.id)]


def on_projector(store: Store, token: str) -> list[PollSeen]:
    """All polls for the projector; answers of open polls stay hidden, so that nobody follows the others."""
    with store.read() as db:
        session = projector_session(db, store.now(), token)
        return [_without_answers(poll) if poll.open else poll for poll in _polls(db, session, 0)]


def of_session(store: Store, key: str, uid: str) -> list[PollSeen]:
    """All polls with answers, for the instructor."""
    with store.read() as db:
        return _polls(db, session_for(db, store.now(), key, uid), 0)


def table_motion(store: Store, token: str, expected: str, text: str) -> int:
    """Table a resolution; the votes are for, against and abstain. It is open until the instructor closes it."""
    said = clean(text, NOTE, "motion", empty=False)
    with store.write() as db:
        session, seat = playing_seat(db, store.now(), token, expected)
        if session.phase not in (phases.TALK, phases.DECIDE):
            raise OutOfDate("Resolutions are tabled in 'talk' and 'decide'. Nothing was stored.")
        mine = select(func.count()).select_from(Motion).where(Motion.seat_id == seat.id, Motion.open)
        if db.execute(mine).scalar_one() >= MOST_MOTIONS:
            raise Refusal(f"motion: {MOST_MOTIONS} of yours are open already.")
        return _motion(db, store, session, seat, "resolution", said, list(VOTES))


def put_to_vote(store: Store, key: str, uid: str, *, text: str, options: Sequence[str] = VOTES, kind: str = "resolution") -> int:
    """The instructor puts something to the vote: a resolution, or which fork to play."""
    if kind not in ("resolution", "fork"):
        raise Refusal("motion: kind must be 'resolution' or 'fork'.")
    said, words = clean(text, NOTE, "motion", empty=False), [clean(option, LINE, "option", empty=False) for option in options]
    if not 2 <= len(words) <= 10:
        raise Refusal("motion: give 2 to 10 options.")
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        return _motion(db, store, session, None, kind, said, words)


def _motion(db: Session, store: Store, session: ClassSession, seat: Seat | None, kind: str, text: str, options: list[str]) -> int:
    motion = Motion(
        session_id=session.id,
        round=session.round,
        seat_id=None if seat is None else seat.id,
        kind=kind,
        text=text,
        options=options,
        open=True,
        at=store.now(),
    )
    db.add(motion)
    db.flush()
    if seat is None:
        session.version += 1
    else:
        touch(db, *db.execute(select(Seat.id).where(Seat.session_id == session.id)).scalars())
    payload = {"motion": motion.id, "kind": kind, "text": text, "options": options}
    log(db, store.now(), session, "motion", "seat" if seat else "instructor", payload, seat)
    return motion.id


def vote(store: Store, token: str, motion: int, choice: int) -> None:
    """Vote on an open motion: the position of an option. May be changed until it is closed."""
    with store.write() as db:
        now = store.now()
        session, seat = seat_of(db, now, token, "share")
        if seat.started_at is None:
            raise Denied("Press Start first.")
        row = _open_motion(db, session, motion)
        if isinstance(choice, bool) or not isinstance(choice, int) or not 0 <= choice < len(row.options):
            raise Refusal("vote: there is no such option.")
        insert = (sqlite.insert if store.engine.dialect.name == "sqlite" else postgresql.insert)(Vote)
        cast = insert.values(session_id=session.id, motion_id=row.id, seat_id=seat.id, choice=choice, at=now)
        db.execute(cast.on_conflict_do_update(index_elements=["motion_id", "seat_id"], set_={"choice": choice, "at": now}))
        touch(db, seat.id)
        log(db, now, session, "vote", "seat", {"motion": row.id, "choice": choice}, seat)


def close_motion(store: Store, key: str, uid: str, motion: int) -> None:
    """Close a motion; its votes become public."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        row = _open_motion(db, session, motion)
        row.open = False
        session.version += 1
        log(db, store.now(), session, "motion closed", "instructor", {"motion": row.id})


def motions(store: Store, token: str) -> list[MotionSeen]:
    """The motions as a seat sees them."""
    with store.read() as db:
        session, seat = seat_of(db, store.now(), token)
        return _motions(db, session, seat.id)


def motions_on_projector(store: Store, token: str) -> list[MotionSeen]:
    """The motions as the projector shows them."""
    with store.read() as db:
        return _motions(db, projector_session(db, store.now(), token), 0)


def motions_of_session(store: Store, key: str, uid: str) -> list[MotionSeen]:
    """The motions as the instructor sees them; even here open votes are counted only."""
    with store.read() as db:
        return _motions(db, session_for(db, store.now(), key, uid), 0)


def _poll(db: Session, session: ClassSession, name: str) -> Poll:
    row = db.execute(select(Poll).where(Poll.session_id == session.id, Poll.key == str(name)[:40])).scalar_one_or_none()
    if row is None:
        raise Denied("There is no such poll in this session.")
    return row


def _open_motion(db: Session, session: ClassSession, motion: int) -> Motion:
    query = select(Motion).where(Motion.id == motion, Motion.session_id == session.id).with_for_update(read=True)
    row = db.execute(query.execution_options(populate_existing=True)).scalar_one_or_none() if isinstance(motion, int) else None
    if row is None:
        raise Denied("There is no such motion in this session.")
    if not row.open or session.phase == phases.CLOSED:
        raise OutOfDate("This vote is closed.")
    return row


def _polls(db: Session, session: ClassSession, seat_id: int) -> list[PollSeen]:
    seen = []
    opening: dict[int, float] = {}
    for row in db.execute(select(Poll).where(Poll.session_id == session.id).order_by(Poll.id)).scalars():
        given = dict(db.execute(select(PollAnswer.seat_id, PollAnswer.value).where(PollAnswer.poll_id == row.id)).all())
        if row.key == BEFORE:
            opening = given
        twice = tuple(sorted((opening[seat], given[seat]) for seat in opening.keys() & given.keys())) if row.key == AFTER else ()
        answers = tuple(sorted(given.values()))
        seen.append(PollSeen(row.key, row.kind, row.question, tuple(row.options), row.open, answers, given.get(seat_id), twice))
    return seen


def _without_answers(poll: PollSeen) -> PollSeen:
    return PollSeen(poll.key, poll.kind, poll.question, poll.options, poll.open, (), poll.mine)


def _motions(db: Session, session: ClassSession, seat_id: int) -> list[MotionSeen]:
    names = dict(db.execute(select(Seat.id, Seat.label).where(Seat.session_id == session.id).order_by(Seat.place)).all())
    seen = []
    for row in db.execute(select(Motion).where(Motion.session_id == session.id).order_by(Motion.id)).scalars():
        cast = dict(db.execute(select(Vote.seat_id, Vote.choice).where(Vote.motion_id == row.id)).all())
        counted = Counter(cast.values())
        counts = () if row.open else tuple(counted[place] for place in range(len(row.options)))
        votes = () if row.open else tuple((label, row.options[cast[seat]]) for seat, label in names.items() if seat in cast)
        by = names.get(row.seat_id, "") if row.seat_id is not None else ""
        seen.append(MotionSeen(row.id, row.kind, by, row.text, tuple(row.options), row.open, len(cast), cast.get(seat_id), counts, votes))
    return seen
