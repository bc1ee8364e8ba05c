"""The class on both databases, with a clock that only moves when a test moves it.

Every test that takes `store` runs on SQLite and on a real PostgreSQL server (mark `postgres`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.classroom.fakes import CARD, PASSPHRASE, Clock, FakeEngine, Room
from ui.classroom import keys
from ui.classroom.card import Plan
from ui.classroom.sessions import create
from ui.classroom.store import Store, database_url, forget_engine, open_store


@pytest.fixture
def now() -> Clock:
    """The class's clock."""
    return Clock()


@pytest.fixture(scope="session")
def class_postgres() -> Iterator[str]:
    """A private PostgreSQL server for the session."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: install the package postgresql")
    with postgres.server(programs, postgres.QUICK) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(class_postgres: str) -> str:
    """A migrated database that others are copied from, which is quicker than migrating each."""
    import psycopg

    with psycopg.connect(postgres.plainly(class_postgres, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_of_class")
    url = class_postgres.format(name="template_of_class")
    open_store(url)
    forget_engine(url)
    return "template_of_class"


@pytest.fixture
def new_postgres(class_postgres: str) -> Iterator[Callable[[str], str]]:
    """Make a fresh database on the server, a copy of the named one, and give its URL."""
    import psycopg

    made: list[str] = []

    def make(template: str) -> str:
        name = "t" + secrets.token_hex(6)
        with psycopg.connect(postgres.plainly(class_postgres, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        made.append(name)
        return class_postgres.format(name=name)

    yield make
    for name in made:
        forget_engine(class_postgres.format(name=name))
        with psycopg.connect(postgres.plainly(class_postgres, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of either kind without tables."""
    address = database_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("new_postgres")("template0")
    yield address
    forget_engine(address)


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of either kind, its tables made."""
    if request.param == "sqlite":
        address = database_url(tmp_path)
    else:
        address = request.getfixturevalue("new_postgres")(request.getfixturevalue("postgres_template"))
    yield address
    forget_engine(address)


@pytest.fixture
def store(url: str, now: Clock) -> Store:
    """An empty, migrated store."""
    return open_store(url, now)


@pytest.fixture
def key(store: Store) -> str:
    """An instructor's key."""
    code = keys.setup_code(store)
    assert code is not None
    return keys.set_first_passphrase(store, code, PASSPHRASE, "127.0.0.1")


@pytest.fixture
def engine() -> FakeEngine:
    """A model that answers at once and counts its calls."""
    return FakeEngine()


@pytest.fixture
def room(store: Store, key: str, engine: FakeEngine, now: Clock) -> Room:
    """A class of three seats in the lobby, nobody started."""
    made = create(store, key, CARD, seats=3, seed=7, plan=Plan(seconds={"decide": 300}))
    return Room(store, key, engine, now, made)
