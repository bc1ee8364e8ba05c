"""Opening a session file: checked for size, depth and shape, then put into the store under new numbers, all or nothing.

The file comes from outside and may be hostile. Every value is checked against the type and length of its column, every reference against
the file itself, the card and the plan by their own rules, moves as if a seat had handed them in.
"""

from __future__ import annotations

import json
import math
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Integer, String, Table, insert
from sqlalchemy.orm import Session

from ui.classroom import phases, throttle
from ui.classroom.access import issue, require_instructor
from ui.classroom.card import read_card, read_plan
from ui.classroom.contract import PURPOSES, read_move
from ui.classroom.events import audit
from ui.classroom.refused import Refusal
from ui.classroom.rounds import DEFAULT, MODEL, PEOPLE
from ui.classroom.sessionfile import FORMAT, FORMAT_VERSION, REFERENCES, check_sum, columns_of, filed, one_row
from ui.classroom.sessions import Created, free_code
from ui.classroom.store import Store
from ui.classroom.tables import Moment

LARGEST, DEEPEST, MOST_ROWS, LONGEST_TEXT = 40_000_000, 24, 300_000, 20_000  # bytes, levels, rows, characters
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("session", "phase"): phases.ORDER,
    ("deadline", "phase"): phases.ORDER,
    ("deadline", "status"): ("running", "paused", "met", "ended"),
    ("submission", "how"): (PEOPLE, DEFAULT, MODEL),
    ("submission", "purpose"): ("", *PURPOSES),
    ("poll", "kind"): ("percent", "choice"),
    ("offer", "kind"): ("deal", "settlement", "coalition", "vote"),
    ("offer", "status"): ("open", "accepted", "refused", "countered", "withdrawn", "expired"),
    ("motion", "kind"): ("resolution", "fork"),
}


def reopen_session(store: Store, key: str, data: bytes, address: str = "127.0.0.1") -> Created:
    """Put a session file into this store as a new session with new links; a running clock comes back paused."""
    with store.read() as db:
        require_instructor(db, store.now(), key)
    throttle.count(store, "upload", address)
    about = parse(data)
    tables = _shape(about)
    rows = {name: [_row(table, tables[name]["columns"], raw) for raw in tables[name]["rows"]] for name, table in filed().items()}
    _meaning(rows, one_row(tables, "session"))
    with store.write() as db:
        require_instructor(db, store.now(), key)
        return _insert(db, store.now(), rows, _moment(about["made_at"], "made_at"))


def parse(data: bytes) -> dict[str, Any]:
    """JSON from outside, refused when too large, too deep or not JSON."""
    if len(data) > LARGEST:
        raise Refusal(f"session file: {len(data) / 1e6:.0f} MB are too many; allowed are {LARGEST / 1e6:.0f}.")
    depth = deepest = 0
    for sign in re.findall(rb"[\[\]{}]", _STRING.sub(b"", data)):
        depth += 1 if sign in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refusal(f"session file: it is nested {deepest} levels deep; allowed are {DEEPEST}.")
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal("session file: this is not a session file (it is not valid JSON).") from None
    if not isinstance(found, dict):
        raise Refusal("session file: this is not a session file.")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number")


def _shape(about: dict[str, Any]) -> dict[str, Any]:
    if about.get("format") != FORMAT or not isinstance(about.get("tables"), dict):
        raise Refusal("session file: this is not a session file.")
    if about.get("version") != FORMAT_VERSION:
        raise Refusal(f"session file: its version is {str(about.get('version'))[:20]}; this program reads version {FORMAT_VERSION}.")
    tables: dict[str, Any] = about["tables"]
    if set(tables) != set(filed()):
        raise Refusal("session file: its tables are not those of a session.")
    if about.get("check") != check_sum(tables):
        raise Refusal("session file: it was damaged or changed after it was saved.")
    for name, table in filed().items():
        part = tables[name]
        if not isinstance(part, dict) or part.get("columns") != columns_of(table) or not isinstance(part.get("rows"), list):
            raise Refusal(f"session file: table '{name}' does not have the columns it should.")
    if sum(len(part["rows"]) for part in tables.values()) > MOST_ROWS:
        raise Refusal(f"session file: it holds too many rows; allowed are {MOST_ROWS}.")
    return tables


def _row(table: Table, names: list[str], raw: Any) -> dict[str, Any]:
    if not isinstance(raw, list) or len(raw) != len(names):
        raise Refusal(f"session file: a row of '{table.name}' does not have {len(names)} values.")
    return {name: _value(table.c[name], value) for name, value in zip(names, raw, strict=True)}


def _value(column: Column[Any], value: Any) -> Any:
    where = f"session file: {column.table.name}.{column.name}"
    if value is None:
        if not column.nullable:
            raise Refusal(f"{where} is missing.")
        return None
    kind, text = column.type, isinstance(value, str)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(kind, Boolean):
        return _or_refuse(value, isinstance(value, bool), where)
    if isinstance(kind, Integer):
        return _or_refuse(value, whole and abs(value) < (2**63 if isinstance(kind, BigInteger) else 2**31), where)
    if isinstance(kind, Float):
        return float(_or_refuse(value, (whole or isinstance(value, float)) and math.isfinite(value) and abs(value) < 1e15, where))
    if isinstance(kind, Moment):
        return _moment(value, where)
    if isinstance(kind, JSON):
        _harmless(value, where)
        wanted = list if column.name in ("moves", "options") else dict
        return _or_refuse(value, isinstance(value, wanted), where)
    longest = kind.length if isinstance(kind, String) and kind.length else LONGEST_TEXT
    _or_refuse(value, text and len(value) <= longest and not _CONTROL.search(value), where)
    allowed = WORDS.get((column.table.name, column.name))
    return _or_refuse(value, allowed is None or value in allowed, where)


def _or_refuse(value: Any, good: bool, where: str) -> Any:
    if not good:
        raise Refusal(f"{where} holds something it cannot hold.")
    return value


def _moment(value: Any, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refusal(f"{where} is not a moment.") from None
    if found.tzinfo is None or not 2000 <= found.year < 3000:
        raise Refusal(f"{where} is not a moment.")
    return found.astimezone(UTC)


def _harmless(value: Any, where: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _harmless(key, where)
            _harmless(inner, where)
    elif isinstance(value, list):
        for inner in value:
            _harmless(inner, where)
    elif isinstance(value, str) and (len(value) > LONGEST_TEXT or _CONTROL.search(value)):
        raise Refusal(f"{where} holds a text it cannot hold.")
    elif isinstance(value, int) and abs(value) >= 2**63:
        raise Refusal(f"{where} holds a number it cannot hold.")


def _meaning(rows: dict[str, list[dict[str, Any]]], session: dict[str, Any]) -> None:
    card, _ = read_card(session["card"]), read_plan(session["settings"])
    if session["seed"] < 0 or not 1 <= session["rounds"] <= 400 or not 1 <= session["quarters_per_round"] <= 20:
        raise Refusal("session file: seed, rounds or quarters per round are out of range.")
    if not 0 <= session["round"] <= session["rounds"] or (session["phase"] in phases.IN_ROUND and session["round"] < 1):
        raise Refusal("session file: the round it is in does not exist.")
    branches = {row["number"]: row["parent"] for row in rows["branch"]}
    if any(parent is not None and not (parent in branches and parent < number) for number, parent in branches.items()) or (
        session["branch"] not in branches
    ):
        raise Refusal("session file: its branches do not fit together.")
    there = {(row["branch"], row["number"]) for row in rows["round"]}
    if session["phase"] in phases.IN_ROUND and (session["branch"], session["round"]) not in there:
        raise Refusal("session file: the round it is in does not exist.")
    resolved = {row["id"] for row in rows["round"] if row["resolved_at"] is not None}
    if resolved != {row["round_id"] for row in rows["result"]}:
        raise Refusal("session file: its results do not fit its rounds.")
    roles = {(role.id, role.state) for role in card.roles}
    if not rows["seat"] or any((row["role"], row["state"]) not in roles for row in rows["seat"]):
        raise Refusal("session file: its seats do not fit its scenario card.")
    states = {row["id"]: row["state"] for row in rows["seat"]}
    for row in rows["submission"]:
        if row["seat_id"] not in states:
            raise Refusal("session file: a decision belongs to no seat.")
        for move in row["moves"]:
            if not isinstance(move, dict) or not isinstance(move.get("quarter"), int):
                raise Refusal("session file: a decision is not a decision.")
            if read_move(move, move["quarter"], states[row["seat_id"]]).as_dict() != move:
                raise Refusal("session file: a decision is not a decision.")
    for name, choice, where in (("vote", "choice", "motion"), ("poll_answer", "value", "poll")):
        options = {row["id"]: row["options"] for row in rows[where]}
        for row in rows[name]:
            given = options.get(row[f"{where}_id"])
            if given is None or (given and not 0 <= row[choice] < len(given)) or not all(isinstance(word, str) for word in given):
                raise Refusal(f"session file: an answer does not fit its {where}.")


def _insert(db: Session, now: datetime, rows: dict[str, list[dict[str, Any]]], saved_at: datetime) -> Created:
    numbers: dict[str, dict[int, int]] = {}
    uid, code = secrets.token_hex(8), free_code(db)
    for name, table in filed().items():
        numbers[name] = {}
        parents = {column.name: next(iter(column.foreign_keys)).column.table.name for column in table.columns if column.foreign_keys}
        parents |= {column: parent for (where, column), parent in REFERENCES.items() if where == name}
        for row in rows[name]:
            fresh = {column: _renumber(numbers, parents, column, value) for column, value in row.items() if column != "id"}
            _ADJUST.get(name, lambda row, saved: None)(fresh, saved_at)
            if name == "session":
                fresh |= {"uid": uid, "join_code": code, "title": f"{fresh['title'][:120]} (reopened)", "created_at": now}
            if row["id"] in numbers[name]:
                raise Refusal(f"session file: two rows of '{name}' have one number.")
            made = db.execute(insert(table).values(**fresh).returning(table.c.id)).scalar_one()
            numbers[name][row["id"]] = made
    session_id = next(iter(numbers["session"].values()))
    links = tuple(
        (row["label"], issue(db, now, "seat", session_id, numbers["seat"][row["id"]]))
        for row in sorted(rows["seat"], key=lambda row: row["place"])
    )
    audit(db, now, "session reopened", rows["session"][0]["title"])
    return Created(uid, code, links, issue(db, now, "projector", session_id))


def _renumber(numbers: dict[str, dict[int, int]], parents: dict[str, str], column: str, value: Any) -> Any:
    if column not in parents or value is None:
        return value
    found = numbers.get(parents[column], {}).get(value)
    if found is None:
        raise Refusal(f"session file: a row points to a {parents[column]} that is not in the file.")
    return found


def _paused(row: dict[str, Any], saved_at: datetime) -> None:
    if row["status"] == "running" and row["due_at"] is not None:
        row["seconds_left"] = max(0.0, (row["due_at"] - saved_at).total_seconds())
        row["status"], row["due_at"] = "paused", None


def _rested(row: dict[str, Any], saved_at: datetime) -> None:
    row["tries"] = 0


_ADJUST: dict[str, Callable[[dict[str, Any], datetime], None]] = {"deadline": _paused, "round": _rested}
