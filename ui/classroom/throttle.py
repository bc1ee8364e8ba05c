"""Brakes on guessing: tries are counted in the database, so that a second replica or a restart gives no new ones.

A whole class often shares one address (school network), so the limit per address on join codes is generous and counts wrong codes
only. Passphrase tries count before the slow hash is computed, so that many at once gain nothing; the limit for all addresses together
spares the machine itself, so that nobody can lock the teacher out of the own laptop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ui.classroom.refused import TooMany
from ui.classroom.store import Store
from ui.classroom.tables import Throttle

EVERYBODY = "*"
OWN_MACHINE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Limit:
    """At most `per_address` tries from one address and `altogether` from all, in each window of `seconds`."""

    seconds: int
    per_address: int
    altogether: int


LIMITS = {  # assumption: three mistyped codes a student for a class of thirty behind one address; 31^6 codes stay out of reach
    "join": Limit(60, 90, 300),
    "passphrase": Limit(900, 5, 50),
    "upload": Limit(600, 30, 60),
}


def check(store: Store, kind: str, address: str) -> None:
    """Refuse when the window is used up. Reads only."""
    with store.read() as db:
        _refuse_if_full(db, store.now(), kind, address)


def count(store: Store, kind: str, address: str) -> None:
    """Count one try, refusing it when the window is used up (then nothing is written: a flood of tries does not grow the table)."""
    check(store, kind, address)
    with store.write() as db:
        now = store.now()
        _refuse_if_full(db, now, kind, address)
        window = _window(kind, now)
        for name in (_short(address), EVERYBODY):
            insert = (sqlite.insert if store.engine.dialect.name == "sqlite" else postgresql.insert)(Throttle)
            row = insert.values(kind=kind, address=name, window=window, tries=1)
            db.execute(row.on_conflict_do_update(index_elements=["kind", "address", "window"], set_={"tries": Throttle.tries + 1}))
        db.execute(delete(Throttle).where(outdated(now)))


def outdated(now: datetime) -> ColumnElement[bool]:
    """Which counts nobody asks for any more: those of windows that have ended, of every kind. They hold addresses, so they go soon."""
    return or_(*(and_(Throttle.kind == kind, Throttle.window < _window(kind, now)) for kind in LIMITS))


def forgive(store: Store, kind: str, address: str) -> None:
    """Forget the tries of an address after a success; they no longer count for all either."""
    with store.write() as db:
        window = _window(kind, store.now())
        here = (Throttle.kind == kind, Throttle.window == window)
        mine = db.execute(select(Throttle.tries).where(*here, Throttle.address == _short(address))).scalar_one_or_none() or 0
        db.execute(delete(Throttle).where(*here, Throttle.address == _short(address)))
        db.execute(update(Throttle).where(*here, Throttle.address == EVERYBODY).values(tries=Throttle.tries - mine))


def _refuse_if_full(db: Session, now: datetime, kind: str, address: str) -> None:
    limit = LIMITS[kind]
    window = _window(kind, now)
    query = select(Throttle.address, Throttle.tries).where(
        Throttle.kind == kind, Throttle.window == window, Throttle.address.in_((_short(address), EVERYBODY))
    )
    tries = {row.address: row.tries for row in db.execute(query)}
    everybody_full = tries.get(EVERYBODY, 0) >= limit.altogether and address not in OWN_MACHINE
    if tries.get(_short(address), 0) >= limit.per_address or everybody_full:
        wait = (window + 1) * limit.seconds - int(now.timestamp())
        raise TooMany(f"Too many tries: please wait {wait} seconds.")


def _window(kind: str, now: datetime) -> int:
    return int(now.timestamp()) // LIMITS[kind].seconds


def _short(address: str) -> str:
    return address[:80].replace(EVERYBODY, "") or "unknown"
