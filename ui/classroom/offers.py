"""Offers: anything that needs two sides. Make, answer, counter, withdraw; silence is refusal when the round is locked.

An accepted offer binds nobody: like a pledge it can be kept or broken, and the reveal shows which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from ui.classroom import phases
from ui.classroom.access import playing_seat, seat_named, seat_of, session_for
from ui.classroom.contract import read_move
from ui.classroom.events import log, touch
from ui.classroom.glance import glance
from ui.classroom.history import line
from ui.classroom.refused import Denied, OutOfDate, Refusal, nearest
from ui.classroom.rounds import present_round
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Seat
from ui.classroom.tables_play import Offer
from ui.classroom.text import NOTE, clean

KINDS = ("deal", "settlement", "coalition", "vote")
ANSWERS = ("accepted", "refused")
MOST_OPEN = 10  # open offers of one seat
MOST_TERMS = 12


@dataclass(frozen=True)
class OfferSeen:
    """An offer as its two sides see it."""

    id: int
    kind: str
    mine: bool
    other: str
    gives: str
    wants: str
    terms: dict[str, Any]
    status: str
    counters: int | None
    expires_round: int


@dataclass(frozen=True)
class OfferMade:
    """An offer as the instructor sees it."""

    by: str
    to: str
    kind: str
    gives: str
    wants: str
    status: str


def make(
    store: Store,
    token: str,
    expected: str,
    *,
    to: str,
    kind: str,
    gives: str,
    wants: str,
    gives_moves: Sequence[Mapping[str, Any]] = (),
    wants_moves: Sequence[Mapping[str, Any]] = (),
    rounds: int = 1,
    counters: int | None = None,
) -> int:
    """Offer something to another seat; returns the offer's number. It stays open until the lock of this round, or `rounds` - 1 later."""
    if kind not in KINDS:
        raise Refusal(f"offer: kind '{str(kind)[:40]}' is not known; allowed are {', '.join(KINDS)}.{nearest(str(kind)[:40], KINDS)}")
    if not 1 <= rounds <= 10:
        raise Refusal("offer: it may stay open for 1 to 10 rounds.")
    if len(gives_moves) > MOST_TERMS or len(wants_moves) > MOST_TERMS:
        raise Refusal(f"offer: up to {MOST_TERMS} moves a side are allowed.")
    gives, wants = clean(gives, NOTE, "We give", empty=False), clean(wants, NOTE, "We want", empty=False)
    with store.write() as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        _open_phase(session)
        other = seat_named(db, session, to)
        if other.id == seat.id:
            raise Refusal("offer: it needs another seat.")
        mine = (
            select(func.count())
            .select_from(Offer)
            .where(Offer.session_id == session.id, Offer.from_seat == seat.id, Offer.status == "open")
        )
        if db.execute(mine).scalar_one() >= MOST_OPEN:
            raise Refusal(f"offer: {MOST_OPEN} may be open at once; withdraw one first.")
        quarter = session.round * session.quarters_per_round
        terms = {
            "gives": [read_move(raw, quarter, seat.state).as_dict() for raw in gives_moves],
            "wants": [read_move(raw, quarter, other.state).as_dict() for raw in wants_moves],
        }
        if counters is not None:
            _answer(db, store, session, seat, counters, "countered")
        present = present_round(db, session)
        assert present is not None
        offer = Offer(
            session_id=session.id,
            round_id=present.id,
            from_seat=seat.id,
            to_seat=other.id,
            kind=kind,
            gives=gives,
            wants=wants,
            terms=terms,
            status="open",
            counters=counters,
            expires_round=session.round + rounds - 1,
            made_at=now,
        )
        db.add(offer)
        db.flush()
        touch(db, seat.id, other.id)
        payload = {"offer": offer.id, "to": other.label, "kind": kind, "gives": gives, "wants": wants, "terms": terms, "counters": counters}
        log(db, now, session, "offer made", "seat", payload, seat)
        return offer.id


def answer(store: Store, token: str, expected: str, offer: int, said: str) -> None:
    """Accept or refuse an offer made to this seat."""
    if said not in ANSWERS:
        raise Refusal(f"offer: '{str(said)[:40]}' is no answer; allowed are {', '.join(ANSWERS)}.")
    with store.write() as db:
        session, seat = playing_seat(db, store.now(), token, expected)
        _open_phase(session)
        touch(db, *_answer(db, store, session, seat, offer, said))


def withdraw(store: Store, token: str, expected: str, offer: int) -> None:
    """Take back an offer of one's own that nobody has answered."""
    with store.write() as db:
        now = store.now()
        session, seat = playing_seat(db, now, token, expected)
        row = _open_offer(db, session, offer)
        if row.from_seat != seat.id:
            raise Denied("This offer is not yours.")
        row.status, row.answered_at = "withdrawn", now
        db.flush()
        touch(db, row.from_seat, row.to_seat)
        log(db, now, session, "offer withdrawn", "seat", {"offer": offer}, seat)


def of_seat(store: Store, token: str) -> list[OfferSeen]:
    """The offers this seat made or got, open ones first."""
    with store.read() as db:
        session, seat = seat_of(db, store.now(), token)
        names = dict(db.execute(select(Seat.id, Seat.label).where(Seat.session_id == session.id)).all())
        query = select(Offer).where(Offer.session_id == session.id, or_(Offer.from_seat == seat.id, Offer.to_seat == seat.id))
        rows = sorted(db.execute(query).scalars(), key=lambda row: (row.status != "open", -row.id))
        return [_seen(row, seat.id, names) for row in rows]


def agreed(store: Store, token: str) -> list[OfferSeen]:
    """What this seat and others have agreed on in the present round."""
    now, seat, _ = glance(store, token)
    with store.read() as db:
        rows = db.execute(_AGREED, {"round": now.round_id, "seat": seat.id}).scalars()
        return [_seen(row, seat.id, {number: one.label for number, one in now.seats.items()}) for row in rows]


_AGREED = (
    select(Offer)
    .where(Offer.round_id == bindparam("round"), Offer.status == "accepted")
    .where(or_(Offer.from_seat == bindparam("seat"), Offer.to_seat == bindparam("seat")))
    .order_by(Offer.id)
)


def _seen(row: Offer, seat: int, names: Mapping[int, str]) -> OfferSeen:
    mine = row.from_seat == seat
    other = names[row.to_seat if mine else row.from_seat]
    return OfferSeen(row.id, row.kind, mine, other, row.gives, row.wants, row.terms, row.status, row.counters, row.expires_round)


def unheld(store: Store, token: str) -> frozenset[str]:
    """Labels of the seats in which nobody sits now, so that nobody reads what is sent there."""
    now, seat, _ = glance(store, token)
    if not seat.started:
        raise Denied("Press Start first.")
    return frozenset(one.label for one in now.seats.values() if one.bot or not one.started)


def of_session(store: Store, key: str, uid: str, round_number: int) -> list[OfferMade]:
    """The offers made in a round of the line that counts, for the instructor."""
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        rounds = [row.id for row in line(db, session) if row.number == round_number]
        names = dict(db.execute(select(Seat.id, Seat.label).where(Seat.session_id == session.id)).all())
        rows = db.execute(select(Offer).where(Offer.session_id == session.id, Offer.round_id.in_(rounds)).order_by(Offer.id)).scalars()
        return [OfferMade(names[row.from_seat], names[row.to_seat], row.kind, row.gives, row.wants, row.status) for row in rows]


def _open_phase(session: ClassSession) -> None:
    if session.phase not in phases.BEFORE_LOCK:
        raise OutOfDate("Offers are made and answered between the reading and the lock of a round. Nothing was stored.")


def _open_offer(db: Session, session: ClassSession, offer: int) -> Offer:
    query = select(Offer).where(Offer.id == offer, Offer.session_id == session.id).with_for_update()
    row = db.execute(query.execution_options(populate_existing=True)).scalar_one_or_none() if isinstance(offer, int) else None
    if row is None:
        raise Denied("There is no such offer.")
    if row.status != "open":
        raise OutOfDate(f"This offer is no longer open: it was {row.status}.")
    return row


def _answer(db: Session, store: Store, session: ClassSession, seat: Seat, offer: int, said: str) -> tuple[int, int]:
    row = _open_offer(db, session, offer)
    if row.to_seat != seat.id:
        raise Denied("There is no such offer.")
    row.status, row.answered_at = said, store.now()
    db.flush()
    log(db, store.now(), session, f"offer {said}", "seat", {"offer": offer}, seat)
    return row.from_seat, row.to_seat
