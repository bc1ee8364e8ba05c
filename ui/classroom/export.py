"""Export for teachers and researchers: tidy CSV files with a codebook, one row per fact.

Seats have labels, not names. Text typed by people cannot run as a formula in a spreadsheet. Rounds of abandoned branches are in
the files too, with `counts` 0.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom.access import session_for
from ui.classroom.codebook import COLUMNS, GRADES, OF_THE_RUN
from ui.classroom.contract import Move
from ui.classroom.history import line
from ui.classroom.store import Store
from ui.classroom.submissions import kept
from ui.classroom.tables import ClassSession, Event, Result, Round, Seat
from ui.classroom.tables_play import Bet, Broadcast, Message, Motion, Offer, Pledge, Poll, PollAnswer, Reason, RoleAnswer, Submission, Vote
from ui.classroom.text import cell

Rows = list[dict[str, Any]]
PLACE = ("branch", "round", "counts")


def export_zip(store: Store, key: str, uid: str) -> bytes:
    """All CSV files and the codebook as one zip archive, for the instructor."""
    tables = export_tables(store, key, uid)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


def export_tables(store: Store, key: str, uid: str) -> dict[str, str]:
    """CSV text by name; `columns` is the codebook, that of the gradebook included, which is a file of its own."""
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        rows = _rows(db, session)
    written = {name: as_csv(list(COLUMNS[name]), rows[name]) for name in COLUMNS}
    book = [
        {"file": f"{name}.csv", "column": column, "meaning": means}
        for name, columns in {**COLUMNS, "grades": GRADES}.items()
        for column, means in columns.items()
    ]
    return {**written, "columns": as_csv(["file", "column", "meaning"], book)}


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Rows as CSV text; formulas neutralised, line ends \\n."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(_plain(row[name])) for name in columns})
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows(db: Session, session: ClassSession) -> dict[str, Rows]:
    def all_of(table: Any) -> list[Any]:
        return list(db.execute(select(table).where(table.session_id == session.id).order_by(table.id)).scalars())

    counts = {row.id for row in line(db, session)}
    rounds = {row.id: row for row in all_of(Round)}
    seats = {row.id: row for row in all_of(Seat)}
    results = all_of(Result)
    digests = {row.round_id: row.digest for row in results}
    handed = {(row.round_id, row.seat_id): row for row in all_of(Submission)}
    polls, motions = {row.id: row for row in all_of(Poll)}, {row.id: row for row in all_of(Motion)}

    def where(row: Any, seat: int | None = None) -> dict[str, Any]:
        found = rounds[row.round_id]
        place = {"branch": found.branch, "round": found.number, "counts": found.id in counts}
        return place if seat is None else {**place, "seat": seats[seat].label}

    def judged(row: Pledge) -> bool | None:
        answer = handed.get((row.round_id, row.seat_id))
        if answer is None or rounds[row.round_id].resolved_at is None:
            return None
        return kept(row.will, row.lever, row.target, [Move(**move) for move in answer.moves])

    nothing: dict[str, Any] = {"quarter": None, "lever": "", "target": "", "sector": "", "value": None, "options": {}}
    return {
        "session": [{**{name: getattr(session, name, None) for name in COLUMNS["session"]}, "engine": session.engine_version}],
        "seats": [
            {"seat": row.label, "state": row.state, "role": row.role, "started": row.started_at is not None, "model": row.bot}
            for row in seats.values()
        ],
        "rounds": [
            {
                "branch": row.branch,
                "round": row.number,
                "counts": row.id in counts,
                "opened_at": row.opened_at,
                "locked_at": row.locked_at,
                "resolved_at": row.resolved_at,
                "digest": digests.get(row.id, ""),
            }
            for row in rounds.values()
        ],
        "decisions": [
            {
                **where(row, row.seat_id),
                "state": seats[row.seat_id].state,
                "how": row.how,
                "purpose": row.purpose,
                **{name: move[name] for name in nothing},
                "options": ";".join(f"{name}={option}" for name, option in move["options"].items()),
                "revision": row.revision,
                "at": row.at,
            }
            for row in handed.values()
            for move in (row.moves or [nothing])
        ],
        "bets": [
            {**where(row, row.seat_id), "outcome": row.outcome, "low": row.low, "high": row.high, "sure": row.sure} for row in all_of(Bet)
        ],
        "reasons": [{**where(row, row.seat_id), "text": row.text} for row in all_of(Reason)],
        "pledges": [
            {**where(row, row.seat_id), "will": row.will, "lever": row.lever, "target": row.target, "text": row.text, "kept": judged(row)}
            for row in all_of(Pledge)
        ],
        "offers": [
            {
                **where(row),
                "offer": row.id,
                "from_seat": seats[row.from_seat].label,
                "to_seat": seats[row.to_seat].label,
                **{name: getattr(row, name) for name in ("kind", "gives", "wants", "status", "counters")},
            }
            for row in all_of(Offer)
        ],
        "messages": [
            {
                "round": row.round,
                "from_seat": seats[row.from_seat].label,
                "to_seat": seats[row.to_seat].label,
                "text": row.text,
                "at": row.at,
                "hidden": row.hidden_at is not None,
            }
            for row in all_of(Message)
        ],
        "polls": [
            {
                "poll": polls[row.poll_id].key,
                "question": polls[row.poll_id].question,
                "seat": seats[row.seat_id].label,
                "answer": polls[row.poll_id].options[int(row.value)] if polls[row.poll_id].options else row.value,
                "at": row.at,
            }
            for row in all_of(PollAnswer)
        ],
        "votes": [
            {
                "round": motions[row.motion_id].round,
                "motion": row.motion_id,
                "kind": motions[row.motion_id].kind,
                "text": motions[row.motion_id].text,
                "seat": seats[row.seat_id].label,
                "vote": motions[row.motion_id].options[row.choice],
                "at": row.at,
            }
            for row in all_of(Vote)
        ],
        "role_check": [
            {
                "seat": seats[row.seat_id].label,
                "question": row.question + 1,
                "first_right": row.first_right,
                "right": row.right,
                "tries": row.tries,
            }
            for row in all_of(RoleAnswer)
        ],
        "notices": [{name: getattr(row, name) for name in COLUMNS["notices"]} for row in all_of(Broadcast)],
        **{file: [{**where(row), **line} for row in results for line in _lines(row.public.get(table, {}), file)] for table, file in OF_THE_RUN.items()},
        "log": [
            {
                "id": row.id,
                "at": row.at,
                "kind": row.kind,
                "actor": row.actor,
                "seat": seats[row.seat_id].label if row.seat_id in seats else "",
                "branch": row.branch,
                "round": row.round,
                "payload": json.dumps(row.payload, ensure_ascii=False, sort_keys=True),
            }
            for row in all_of(Event)
        ],
    }


def _lines(table: Mapping[str, Sequence[Any]], file: str) -> Rows:
    """The rows of one of the model's tables; a column that an older version did not write is blank."""
    count = len(next(iter(table.values()), ()))
    columns = [name for name in COLUMNS[file] if name not in PLACE]
    return [{name: table[name][place] if name in table else None for name in columns} for place in range(count)]
