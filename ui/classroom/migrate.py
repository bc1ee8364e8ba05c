"""Bring a database up to date by the migrations in `migrations/`, which travel with the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from ui.classroom.refused import Refusal

_LOCK = 6_117_203  # any number; names the lock that replicas take while they migrate


def bring_up_to_date(engine: Engine) -> None:
    """Run what is missing, once, however many replicas start together. Raises `Refusal` for a newer or unreachable database."""
    where = engine.url.render_as_string(hide_password=True)
    try:
        with engine.connect().execution_options(writes=False) as connection, connection.begin():
            if _current(connection) == _newest():
                return
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            current = _current(connection)
            if current is not None and current not in _known():
                raise Refusal(f"database: {where} was made by a newer version of the program; install that version.")
            if current != _newest():
                command.upgrade(_config(connection), "head")
    except DatabaseError as problem:
        reason = str(problem.orig).strip().splitlines() or [""]
        raise Refusal(f"database: {where} cannot be used ({reason[0]}).") from problem


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this version."""
    return _current(connection) == _newest()
