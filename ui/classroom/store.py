"""Where the class is kept: one database, SQLite in a folder by default, PostgreSQL by URL.

A fact is one transaction. On SQLite every write begins with BEGIN IMMEDIATE: a transaction that begins as a reader and turns into
a writer cannot wait for the lock and loses the write (measured: 87 of 150). On PostgreSQL `locked` takes the session row:
FOR NO KEY UPDATE to close a round, FOR SHARE to hand in, so that nothing slips in after a round was read.
Engines live in a module-level table, made on demand.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session

from ui.classroom.refused import Busy, Refusal
from ui.classroom.tables import ClassSession

FILE = "classroom.sqlite"
CACHE = 512  # kB a connection: there are up to eighty, and the system keeps the file in memory anyway
STATEMENTS = 64  # prepared questions a connection keeps, some 5 kB each: a class asks about as many different ones
WAIT_SECONDS = 30  # for the write lock, before a person is told to press again
BUSY = "The class is busy and nothing was stored: please press again."
_ENGINES: dict[str, Engine] = {}
_WRITES: WeakKeyDictionary[Engine, int] = WeakKeyDictionary()
_TURNS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_GUARD = threading.Lock()


def utc_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """A database and a clock. Cheap to make; `open_store` shares engines by URL."""

    url: str
    engine: Engine
    now: Callable[[], datetime] = utc_now

    def at(self, now: Callable[[], datetime]) -> Store:
        """The same database with another clock."""
        return replace(self, now=now)

    @property
    def writes(self) -> int:
        """How often this process has written what pages show. Equal numbers: nothing has changed here."""
        return _WRITES.get(self.engine, 0)

    @contextmanager
    def write(self, *, unseen: bool = False) -> Iterator[Session]:
        """One transaction that writes: committed at the end of the block, or nothing happened. `unseen`: no page shows what is written."""
        try:
            with self._turn(), self._begin(True) as db:
                yield db
        finally:
            if not unseen:
                with _GUARD:
                    _WRITES[self.engine] = _WRITES.get(self.engine, 0) + 1

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that only reads, of one consistent state on SQLite."""
        with self._begin(False) as db:
            yield db

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """On SQLite the writers of this process queue here, where the next one wakes at once.

        In the database's own queue a writer sleeps longer and longer between looks, and others overtake it.
        """
        if self.engine.dialect.name != "sqlite":
            yield
            return
        with _GUARD:
            turn = _TURNS.setdefault(self.engine, threading.Lock())
        if not turn.acquire(timeout=WAIT_SECONDS):
            raise Busy(BUSY)
        try:
            yield
        finally:
            turn.release()

    @contextmanager
    def _begin(self, writes: bool) -> Iterator[Session]:
        try:
            with self.engine.connect().execution_options(writes=writes) as connection, connection.begin() as work:
                with Session(bind=connection, expire_on_commit=False, autoflush=True) as db:
                    yield db
                    db.flush()
                if not writes:
                    work.rollback()
        except OperationalError as problem:
            if _is_waiting(problem):
                raise Busy(BUSY) from problem
            raise
        except NoConnectionLeft as problem:
            raise Busy(BUSY) from problem


def _is_waiting(problem: OperationalError) -> bool:
    state = getattr(problem.orig, "sqlstate", None)
    return state in ("55P03", "40P01", "57014") or "database is locked" in str(problem.orig)


def database_url(data_folder: str | Path | None = None, url: str | None = None) -> str:
    """The database to use: `url` when given, else the SQLite file in the data folder (which is made)."""
    if url:
        return _normal(url).render_as_string(hide_password=False)
    if data_folder is None:
        raise Refusal("data folder: give a folder or a database URL.")
    folder = Path(data_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refusal(f"data folder: {folder} cannot be made ({problem.strerror}).") from None
    return URL.create("sqlite", database=str(folder.resolve() / FILE)).render_as_string()


def _normal(url: str) -> URL:
    try:
        found = make_url(url)
    except ArgumentError:
        raise Refusal("database: this is not a database URL; allowed is postgresql://user:password@host/name or sqlite:///file.") from None
    if found.drivername in ("postgresql", "postgres"):
        found = found.set(drivername="postgresql+psycopg")
    if found.drivername not in ("postgresql+psycopg", "sqlite"):
        raise Refusal(f"database: '{found.drivername}' is not supported; allowed are postgresql and sqlite.")
    if found.drivername == "sqlite" and found.database in (None, "", ":memory:"):
        raise Refusal("database: SQLite needs a file, so that the class survives a restart.")
    return found


def engine_for(url: str) -> Engine:
    """The engine of a database, one per URL and process."""
    address = _normal(url)
    key = address.render_as_string(hide_password=False)
    with _GUARD:
        if key not in _ENGINES:
            _ENGINES[key] = _sqlite(address) if address.drivername == "sqlite" else _postgres(address)
        return _ENGINES[key]


def forget_engine(url: str) -> None:
    """Close the connections of a database and drop its engine (tests, and after a fork of the process)."""
    key = _normal(url).render_as_string(hide_password=False)
    with _GUARD:
        engine = _ENGINES.pop(key, None)
    if engine is not None:
        engine.dispose()


_DUMPS = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _sqlite(address: URL) -> Engine:
    engine = create_engine(
        address,
        json_serializer=_DUMPS,
        pool_size=20,
        max_overflow=60,
        pool_use_lifo=True,  # the same few connections work all the time: what each keeps in memory is kept a few times and not twenty
        pool_timeout=WAIT_SECONDS,
        connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False, "cached_statements": STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        settings = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"busy_timeout = {WAIT_SECONDS * 1000}", f"cache_size = -{CACHE}")
        for pragma in settings:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _start(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(address: URL) -> Engine:
    options = f"-c lock_timeout={WAIT_SECONDS * 1000} -c idle_in_transaction_session_timeout=120000"
    return create_engine(
        address,
        json_serializer=_DUMPS,
        pool_size=20,
        max_overflow=40,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 10},
    )


def open_store(url: str, now: Callable[[], datetime] = utc_now) -> Store:
    """Open a database, bringing its tables up to date. Raises `Refusal` when it cannot be reached or is newer than this program."""
    from ui.classroom.migrate import bring_up_to_date

    engine = engine_for(url)
    bring_up_to_date(engine)
    return Store(url, engine, now)


_ROW = select(ClassSession).where(ClassSession.id == bindparam("session")).execution_options(populate_existing=True)
_CLOSE, _SHARE = _ROW.with_for_update(key_share=True), _ROW.with_for_update(read=True)


def locked(db: Session, session_id: int, how: Literal["close", "share"]) -> ClassSession:
    """Read the session row and hold it: alone ("close") or together with others who only hand in ("share")."""
    return db.execute(_CLOSE if how == "close" else _SHARE, {"session": session_id}).scalar_one()
