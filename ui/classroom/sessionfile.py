"""One file that holds a session and opens it anywhere: JSON, versioned, without links, keys or addresses of devices.

Writing: every table of the session as rows. Secrets are left out; links and the join code are issued anew when the file is opened. Opening
is in `reopening`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Table, inspect, select

from ui.classroom.access import session_for
from ui.classroom.events import audit
from ui.classroom.refused import Refusal
from ui.classroom.store import Store
from ui.classroom.tables import Base, Branch, ClassSession, Deadline, Event, Participant, Result, Round, Seat
from ui.classroom.tables_play import (
    Bet,
    Broadcast,
    Draft,
    Fork,
    Message,
    Motion,
    Offer,
    Pledge,
    Poll,
    PollAnswer,
    Reason,
    RoleAnswer,
    Submission,
    Vote,
)

FORMAT, FORMAT_VERSION = "sanctions-lab session", 1
_MODELS: tuple[type[Base], ...] = (
    ClassSession,
    Branch,
    Seat,
    Participant,
    Round,
    Result,
    Deadline,
    Submission,
    Bet,
    Reason,
    Draft,
    Pledge,
    Poll,
    PollAnswer,
    RoleAnswer,
    Offer,
    Message,
    Broadcast,
    Motion,
    Vote,
    Fork,
    Event,
)  # fmt: skip  (parents before children: rows are put back in this order)
LEFT_OUT = {"session": {"uid", "join_code"}, "participant": {"token_id"}, "round": {"claim", "claim_until"}}
REFERENCES = {("event", "seat_id"): "seat", ("motion", "seat_id"): "seat", ("offer", "counters"): "offer"}  # without a foreign key


def filed() -> dict[str, Table]:
    """The tables of the file, in the order of writing."""
    return {table.name: table for table in (inspect(model).local_table for model in _MODELS) if isinstance(table, Table)}


def columns_of(table: Table) -> list[str]:
    """The columns of a table that go into the file."""
    return [column.name for column in table.columns if column.name not in LEFT_OUT.get(table.name, set())]


def check_sum(tables: dict[str, Any]) -> str:
    """SHA-256 of the tables as written: tells a damaged file, not a forged one."""
    return hashlib.sha256(json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def save_session(store: Store, key: str, uid: str) -> bytes:
    """The session as one file."""
    with store.write() as db:
        session = session_for(db, store.now(), key, uid, "close")
        tables = {}
        for name, table in filed().items():
            own = table.c.id == session.id if name == "session" else table.c.session_id == session.id
            names = columns_of(table)
            rows = db.execute(select(*(table.c[column] for column in names)).where(own).order_by(table.c.id))
            tables[name] = {"columns": names, "rows": [[_plain(value) for value in row] for row in rows]}
        audit(db, store.now(), "exported", "session file", session)
        about = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "made_at": store.now().isoformat(),
            "check": check_sum(tables),
            "tables": tables,
        }
    return (json.dumps(about, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def one_row(tables: dict[str, Any], name: str) -> dict[str, Any]:
    """The only row of a table of the file."""
    rows = tables[name]["rows"]
    if len(rows) != 1:
        raise Refusal(f"session file: it must hold one {name}, not {len(rows)}.")
    return dict(zip(tables[name]["columns"], rows[0], strict=True))
