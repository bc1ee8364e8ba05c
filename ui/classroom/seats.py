"""Seats from the student's side: join by code, press Start, catch up, role check, the pulse a page polls.

Opening a link changes nothing (a messenger's preview must not use up a seat): only the pressed Start does. The same link on
another phone continues the seat.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ui.classroom import clock, phases, throttle
from ui.classroom.access import issue, seat_of, seat_token
from ui.classroom.card import Question, Role
from ui.classroom.contract import Engine
from ui.classroom.events import log, touch
from ui.classroom.glance import LINKS, Glance, SeatNow, glance
from ui.classroom.refused import Busy, Denied, OutOfDate, Refusal
from ui.classroom.resolution import settle
from ui.classroom.rounds import lock_if_all_in, plan_of
from ui.classroom.store import Store, locked
from ui.classroom.tables import ClassSession, Participant, Presence, Seat, Token
from ui.classroom.tables_play import Pledge, RoleAnswer
from ui.classroom.tokens import read_code
from ui.shelf import Shelf

DEVICES_PER_SEAT = 12  # a team of twelve round one seat; bounds what ten thousand joins can do
PRESENCE_SECONDS = 15  # a link reports at most so often
TOGETHER_SECONDS = 2  # and reports are written at most so often, those of a whole class in one go: every write makes others wait
FULL = "All seats of this class are taken: ask your instructor."
_ROLES: Shelf[Role] = Shelf(600)  # a card never changes
_NOTED: OrderedDict[tuple[str, int], datetime] = OrderedDict()  # when a link in use was noted, by this process
_WAITING: dict[str, dict[int, dict[str, object]]] = {}  # by database: notes that the next one to write takes along
_WRITTEN: dict[str, datetime] = {}  # by database: when notes were written last
_GUARD = threading.Lock()
WRONG_CODE = "This code is not right: look at the board again (6 letters and digits)."


@dataclass(frozen=True)
class Pulse:
    """The small thing a page polls. Redraw when `mark` has changed; `seconds_left` is for the clock on the page."""

    mark: tuple[int, int, int]
    phase: str
    round: int
    seconds_left: float | None
    paused: bool
    devices: int = 0  # of the whole class, for a seat's page


def join(store: Store, code: str, address: str) -> str:
    """Take a seat by the code on the board, pressing Start; returns the secret of a link of one's own."""
    throttle.check(store, "join", address)
    read = read_code(code)
    with store.read() as db:
        found = (
            db.execute(select(ClassSession.id, ClassSession.phase).where(ClassSession.join_code == read)).one_or_none() if read else None
        )
    if found is None or found.phase == phases.CLOSED:
        throttle.count(store, "join", address)
        raise Denied(WRONG_CODE)
    with store.read() as db:
        full = _free(db, found.id) is None  # refused without waiting for the lock
    if full:
        throttle.count(store, "join", address)
        raise Refusal(FULL)
    with store.write() as db:
        now = store.now()
        session = locked(db, found.id, "close")
        seat = _free(db, session.id)
        if seat is None:
            raise Refusal(FULL)
        secret = issue(db, now, "seat", session.id, seat.id)
        db.flush()
        _begin(db, now, session, seat, seat_token(db, now, secret).id)
        return secret


def _free(db: Session, session_id: int) -> Seat | None:
    session = db.get_one(ClassSession, session_id)
    devices = select(Participant.seat_id, func.count().label("devices")).group_by(Participant.seat_id).subquery()
    count = func.coalesce(devices.c.devices, 0)
    query = (
        select(Seat, count)
        .outerjoin(devices, devices.c.seat_id == Seat.id)
        .where(Seat.session_id == session_id)
        .order_by(count, Seat.started_at.is_not(None), Seat.place)
        .limit(1)
    )
    seat, taken = db.execute(query).one()
    return seat if taken < (DEVICES_PER_SEAT if plan_of(session).share_seats else 1) else None


def start(store: Store, token: str) -> None:
    """The pressed Start on a seat's link. Pressing again, or on another phone, changes nothing but the list of devices."""
    with store.write() as db:
        now = store.now()
        session, seat = seat_of(db, now, token, "share")
        if session.phase == phases.CLOSED:
            raise OutOfDate("This session is closed.")
        _begin(db, now, session, seat, seat_token(db, now, token).id)


def _begin(db: Session, now: datetime, session: ClassSession, seat: Seat, token_id: int) -> None:
    devices = list(db.execute(select(Participant.token_id).where(Participant.seat_id == seat.id)).scalars())
    if token_id not in devices:
        db.add(Participant(session_id=session.id, seat_id=seat.id, token_id=token_id, started_at=now, round=session.round))
    if seat.started_at is None:
        late = session.phase not in phases.BEFORE and (
            session.round > 1 or session.phase in (phases.RESOLVE, phases.REVEAL, phases.DEBRIEF)
        )
        db.execute(
            update(Seat).where(Seat.id == seat.id, Seat.started_at.is_(None)).values(started_at=now, bot=False, caught_up=not late),
            execution_options={"synchronize_session": False},
        )
        log(db, now, session, "seat started", "seat", {"late": late}, seat)
    touch(db, seat.id)


def done_catching_up(store: Store, token: str) -> None:
    """A late joiner has read what happened so far."""
    with store.write() as db:
        session, seat = seat_of(db, store.now(), token, "share")
        seat.caught_up = True
        db.flush()
        touch(db, seat.id)
        log(db, store.now(), session, "caught up", "seat", seat=seat)


def pulse(store: Store, engine: Engine, token: str, *, exact: bool = False) -> Pulse:
    """What a student's page polls every three seconds or so. Also enforces the clock and, if need be, resolves the round.

    `exact`, when a page is drawn: not half a second late where another server has written.
    """
    seen, seat, link = glance(store, token, exact=exact)
    now = store.now()
    if _is_to_be_noted((store.url, link.token_id), now):
        with suppress(Busy):  # when it was last seen is worth no error page; the next poll notes it
            report(store, link.token_id, seen.session_id, seat.id)
    left_open = exact and seen.waits_to_be_locked and lock_if_all_in(store, seen.session_id)  # by a server that ended before it could lock
    if left_open or seen.is_due(now):
        settle(store, engine, seen.session_id)
        seen, seat, _ = glance(store, token)
    mark = (seen.version, seat.version, seen.pledges)
    return Pulse(mark, seen.phase, seen.round, seen.left(store.now()), seen.status == clock.PAUSED, seen.devices)


def _is_to_be_noted(link: tuple[str, int], now: datetime) -> bool:
    """Whether it is time to note again that this link is in use."""
    with _GUARD:
        last = _NOTED.get(link)
        if last is not None and last <= now < last + timedelta(seconds=PRESENCE_SECONDS):
            return False
        _NOTED[link] = now
        _NOTED.move_to_end(link)
        while len(_NOTED) > LINKS:
            _NOTED.popitem(last=False)
        return True


def pulse_of(db: Session, now: datetime, session: ClassSession, seat_id: int | None) -> Pulse:
    """The pulse of a session for a seat, or for all seats together (instructor and projector)."""
    mine = select(func.coalesce(func.sum(Seat.version), 0)).where(Seat.session_id == session.id)
    if seat_id is not None:
        mine = mine.where(Seat.id == seat_id)
    said = 0
    if session.phase == phases.TALK:  # public words: the only thing of other seats that a student's page redraws for
        said = db.execute(select(func.count()).select_from(Pledge).where(Pledge.session_id == session.id)).scalar_one()
    watch = clock.current(db, session)
    return Pulse(
        (session.version, int(db.execute(mine).scalar_one()), said),
        session.phase,
        session.round,
        clock.left(watch, now),
        watch is not None and watch.status == clock.PAUSED,
    )


def report(store: Store, token_id: int, session_id: int, seat_id: int) -> None:
    """Note that a link is in use: written together with all that have come since the last time."""
    now = store.now()
    with _GUARD:
        waiting = _WAITING.setdefault(store.url, {})
        waiting[token_id] = {"token_id": token_id, "session_id": session_id, "seat_id": seat_id, "seen_at": now}
        last = _WRITTEN.get(store.url)
        if last is not None and last <= now < last + timedelta(seconds=TOGETHER_SECONDS):
            return
        _WRITTEN[store.url], _WAITING[store.url] = now, {}
    with store.write(unseen=True) as db:
        works = select(Token.id).where(Token.session_id == bindparam("session"), Token.revoked_at.is_(None))  # a class may be deleted meanwhile
        classes = {row["session_id"] for row in waiting.values()}
        there = {token for number in classes for token in db.execute(works, {"session": number}).scalars()} & set(waiting)
        rows = [waiting[token] for token in sorted(there)]  # in order, so that two servers never wait for each other in a ring
        if rows:
            insert = (sqlite.insert if store.engine.dialect.name == "sqlite" else postgresql.insert)(Presence.__table__)  # type: ignore[arg-type]
            db.connection().execute(insert.on_conflict_do_update(index_elements=["token_id"], set_={"seen_at": insert.excluded.seen_at}), rows)


def role_of(session: ClassSession, seat: Seat | SeatNow) -> Role:
    """The role of a seat, from the session's own copy of the card."""
    return _ROLES.get((session.uid, seat.role, seat.state), lambda: _role(session, seat))


def role_in(store: Store, now: Glance, seat: SeatNow) -> Role:
    """The same, for a seat that has been looked up."""

    def read() -> Role:
        with store.read() as db:
            return _role(db.get_one(ClassSession, now.session_id), seat)

    return _ROLES.get((now.uid, seat.role, seat.state), read)


def _role(session: ClassSession, seat: Seat | SeatNow) -> Role:
    return next(Role.model_validate(role) for role in session.card["roles"] if role["id"] == seat.role and role["state"] == seat.state)


def answer_role(store: Store, token: str, question: int, option: int) -> bool:
    """Answer a question of the role check; True when right. Tries are counted, the first answer is kept for the grade."""
    with store.write() as db:
        session, seat = seat_of(db, store.now(), token, "share")
        if seat.started_at is None or session.phase in (phases.DEBRIEF, phases.CLOSED):
            raise OutOfDate("The role check is not open.")
        check: tuple[Question, ...] = role_of(session, seat).check
        if not 0 <= question < len(check) or not 0 <= option < len(check[question].options):
            raise Refusal("role check: there is no such question or answer.")
        right = check[question].answer == option
        query = select(RoleAnswer).where(RoleAnswer.seat_id == seat.id).with_for_update()
        answers = {row.question: row for row in db.execute(query).scalars()}
        row = answers.get(question)
        if row is None:
            row = RoleAnswer(session_id=session.id, seat_id=seat.id, question=question, first_right=right, right=right, tries=1)
            db.add(row)
            answers[question] = row
        elif not row.right:
            row.right, row.tries = right, min(row.tries + 1, 99)
        seat.role_checked = all(number in answers and answers[number].right for number in range(len(check)))
        db.flush()
        touch(db, seat.id)
        log(db, store.now(), session, "role answer", "seat", {"question": question, "right": right}, seat)
        return right
