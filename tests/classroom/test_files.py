"""Export, grades, the session file and hostile uploads."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.classroom.fakes import PASSPHRASE, TARIFF, Clock, FakeEngine, Room, refusal
from ui.classroom import board, export, grades, instructor, keys, messages, offers, polls, reopening, seats, sessionfile, submissions, view
from ui.classroom.refused import Denied, Refusal, TooMany
from ui.classroom.store import database_url, forget_engine, open_store
from ui.classroom.tables import ClassSession

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def played(room: Room) -> Room:
    """Two rounds played with everything in them, round 2 rolled back once and played again; Corland is absent."""
    for seat in ("aland", "borland"):
        seats.start(room.store, room.links[seat])
    seats.answer_role(room.store, room.links["aland"], 0, 0)
    room.to("poll")
    polls.answer(room.store, room.links["aland"], "before", 40)
    room.to("decide", 1)
    link = room.links["aland"]
    submissions.pledge(room.store, link, room.stamp, lever="tariff", target="BOR", will=False, text=FORMULA)
    offers.make(room.store, link, room.stamp, to="borland", kind="deal", gives=FORMULA, wants="b")
    messages.send(room.store, link, room.stamp, to="borland", text=FORMULA)
    motion = polls.table_motion(room.store, link, room.stamp, FORMULA)
    polls.vote(room.store, link, motion, 2)
    instructor.broadcast(room.store, room.key, room.uid, FORMULA)
    room.submit("aland", purpose="coerce", bet=submissions.Forecast("concession", 0.1, 0.2), reason=FORMULA)
    room.to("decide", 2).submit("aland")
    room.to("reveal", 2)
    instructor.roll_back(room.store, room.key, room.uid, 2, "again")
    room.to("decide", 2).submit("borland")
    return room.to("reveal", 2)


def read(text: str) -> list[dict[str, str]]:
    """CSV text as rows."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_is_tidy_complete_and_runs_no_formula(played: Room) -> None:
    """Every table has its columns, the codebook names every one, no cell begins like a formula."""
    tables = export.export_tables(played.store, played.key, played.uid)
    book = {(row["file"], row["column"]) for row in read(tables["columns"])}
    for name, text in tables.items():
        rows = read(text)
        if name != "columns":
            assert rows, name
            assert {(f"{name}.csv", column) for column in rows[0]} <= book
        for row in rows:
            assert not [value for value in row.values() if value[:1] in ("=", "+", "@", "\t")], name
    how = [(row["branch"], row["round"], row["counts"], row["seat"], row["how"]) for row in read(tables["decisions"])]
    assert how[:3] == [("0", "1", "1", "aland", "people"), ("0", "1", "1", "borland", "default"), ("0", "1", "1", "corland", "model")]
    assert ("0", "2", "0", "aland", "people") in how
    assert ("1", "2", "1", "borland", "people") in how
    assert [row["kept"] for row in read(tables["pledges"])] == ["0"]
    assert [row["vote"] for row in read(tables["votes"])] == ["abstain"]
    income = [(row["branch"], row["round"], row["counts"], row["state"], row["real_income"]) for row in read(tables["run-states"])]
    assert income == [("0", "1", "1", "ALA", "9.5"), ("0", "2", "0", "ALA", "9.5"), ("1", "2", "1", "ALA", "9.5")]
    assert "resolve_sender" not in read(tables["run-disputes"])[0]
    book_of_grades = {column for file, column in book if file == "grades.csv"}
    assert book_of_grades == set(read(grades.gradebook_csv(played.store, played.key, played.uid))[0])
    archive = zipfile.ZipFile(io.BytesIO(export.export_zip(played.store, played.key, played.uid)))
    assert sorted(archive.namelist()) == sorted(f"{name}.csv" for name in tables)


def test_the_process_grade_follows_the_weights_and_winning_counts_nothing(played: Room) -> None:
    """Aland: 1 of 2 rounds decided, 1 of 2 reasons, 1 of 2 bets, role check and poll right.

    (40 x 0.5 + 20 x 0.5 + 20 x 0.5 + 10 + 10) / 100 = 60. Borland: decided 1 of 2, nothing else, no check to fail: 20 + 10 = 30.
    Corland never came: 0.
    """
    lines = {row.seat: row for row in grades.gradebook(played.store, played.key, played.uid)}
    assert [lines[seat].grade for seat in ("aland", "borland", "corland")] == [60.0, 30.0, 0.0]
    won = grades.gradebook(played.store, played.key, played.uid, winning={"borland": 1.0})
    assert won[1].grade == 30.0
    with pytest.raises(Refusal, match="weights"):
        grades.gradebook(played.store, played.key, played.uid, {"beauty": 1})
    assert read(grades.gradebook_csv(played.store, played.key, played.uid))[0]["grade"] == "60.0"


def test_a_session_file_opens_in_another_store_and_replays_to_equal_digests(played: Room, tmp_path: Path) -> None:
    """A fresh SQLite file: same rounds, same digests, new links; the class goes on there with round 3."""
    saved = sessionfile.save_session(played.store, played.key, played.uid)
    other = open_store(database_url(tmp_path / "other"), played.now)
    key = keys.set_first_passphrase(other, str(keys.setup_code(other)), PASSPHRASE, "127.0.0.1")
    made = reopening.reopen_session(other, key, saved)
    room = Room(other, key, FakeEngine(), played.now, made)
    assert instructor.replay(other, room.engine, key, made.uid) == (True, "All 2 rounds come out exactly as they were.")
    before, after = view.results(played.store, played.links["aland"]), view.results(other, room.links["aland"])
    assert [(row.round, row.digest, row.decisions) for row in before] == [(row.round, row.digest, row.decisions) for row in after]
    with pytest.raises(Denied):
        view.look(other, played.links["aland"])
    room.to("decide", 3).submit("aland")
    room.to("reveal", 3)
    again = {**export.export_tables(played.store, played.key, played.uid)}
    there = export.export_tables(other, key, made.uid)
    for name in ("decisions", "bets", "reasons", "pledges", "messages", "polls", "role_check"):
        assert there[name].startswith(again[name]) or read(again[name])[0] in read(there[name]), name
    forget_engine(other.url)


def test_an_engine_that_answers_otherwise_is_told_round_by_round(played: Room) -> None:
    """Another engine version: the first differing round is named."""

    class Other(FakeEngine):
        def resolve(self, scenario_ref: str, seed: int, *given: Any, **more: Any) -> Any:
            return super().resolve(scenario_ref, seed + 1, *given, **more)

    equal, sentence = instructor.replay(played.store, Other(), played.key, played.uid)
    assert not equal
    assert "Round 1" in sentence


def test_a_running_clock_comes_back_paused(room: Room, now: Clock) -> None:
    """300 s of decide, saved after 100: 200 left, paused."""
    room.everybody_starts().to("decide", 1)
    now.forward(100)
    made = reopening.reopen_session(room.store, room.key, sessionfile.save_session(room.store, room.key, room.uid))
    now.forward(5000)
    pulse = seats.pulse(room.store, room.engine, made.links[0][1])
    assert (pulse.phase, pulse.paused, pulse.seconds_left) == ("decide", True, 200)


def test_the_session_file_holds_no_secret(played: Room) -> None:
    """No link, key, code of the board, hash."""
    saved = sessionfile.save_session(played.store, played.key, played.uid).decode()
    for secret in (*played.links.values(), played.key, played.made.projector, played.made.join_code, played.uid, "scrypt"):
        assert secret not in saved


def changed(saved: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file with a change and a check sum that fits it, as a hostile author would make it."""
    about = json.loads(saved)
    change(about["tables"])
    about["check"] = sessionfile.check_sum(about["tables"])
    return json.dumps(about).encode()


def put(table: str, column: str, value: Any, row: int = 0) -> Callable[[dict[str, Any]], None]:
    """A change of one cell."""

    def change(tables: dict[str, Any]) -> None:
        tables[table]["rows"][row][tables[table]["columns"].index(column)] = value

    return change


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "unknown table": lambda tables: tables.update(token={"columns": [], "rows": []}),
    "missing table": lambda tables: tables.pop("vote"),
    "unknown column": lambda tables: tables["seat"]["columns"].append("x"),
    "short row": lambda tables: tables["seat"]["rows"][0].pop(),
    "row of another kind": lambda tables: tables["seat"]["rows"].append("x"),
    "text for a number": put("session", "round", "1"),
    "truth for a number": put("session", "rounds", True),
    "huge number": put("session", "seed", 2**80),
    "number out of range": put("session", "rounds", 10**9),
    "negative seed": put("session", "seed", -1),
    "unknown phase": put("session", "phase", "admin"),
    "round that is not": put("session", "round", 3),
    "broken card": put("session", "card", {"id": 1}),
    "card with more": put("session", "card", {"evil": 1}),
    "broken plan": put("session", "settings", {"seconds": {"decide": -5}}),
    "branch in a ring": put("branch", "parent", 1, 1),
    "branch of itself": put("branch", "parent", 0, 0),
    "present branch unknown": put("session", "branch", 9),
    "seat of no role": put("seat", "role", "king"),
    "seat of another state": put("seat", "state", "BOR"),
    "long label": put("seat", "label", "x" * 61),
    "control characters": put("seat", "label", "a\x00b"),
    "missing value": put("seat", "label", None),
    "moment without zone": put("event", "at", "2026-01-01T00:00:00"),
    "no moment": put("event", "at", "yesterday"),
    "dangling seat": put("submission", "seat_id", 999_999),
    "dangling round": put("submission", "round_id", 999_999),
    "decision of another state": put("submission", "moves", [{**TARIFF, "quarter": 0, "state": "COR", "sector": "", "options": {}}]),
    "decision that is none": put("submission", "moves", [["drop table"]]),
    "unknown way": put("submission", "how", "cheat"),
    "result without round": lambda tables: tables["result"]["rows"].pop(),
    "double number": lambda tables: tables["seat"]["rows"].append(list(tables["seat"]["rows"][0])),
    "list for a set": put("result", "public", [1]),
    "vote out of range": put("vote", "choice", 99),
    "long text inside": put("event", "payload", {"a": "x" * 30_000}),
}


def test_hostile_session_files_are_refused_with_a_sentence_and_nothing_is_stored(played: Room, now: Clock) -> None:
    """Each change alone, with a check sum that fits."""
    saved = sessionfile.save_session(played.store, played.key, played.uid)
    for name, change in HOSTILE.items():
        now.forward(60)
        sentence = refusal(lambda change=change: reopening.reopen_session(played.store, played.key, changed(saved, change)))  # type: ignore[misc]
        assert sentence.startswith(("session file", "scenario card", "plan", "decision")), f"{name}: {sentence}"
        assert len(sentence) < 400
    with played.store.read() as db:
        assert db.execute(select(func.count()).select_from(ClassSession)).scalar_one() == 1


NO_SESSION_FILE = (
    b"",
    b"\xff\xfe",
    b"[]",
    b"{}",
    b"null",
    b'{"format": NaN}',
    b"[" * 100_000,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b"1" * 100_000,
    b'"' + b"a" * 1_000_000,
    b"PK\x03\x04" + b"\x00" * 1000,
    b"\x80\x04\x95",
    b"x" * (reopening.LARGEST + 1),
    b'{"format": "sanctions-lab session", "version": 99, "tables": {}}',
)


def test_anything_that_is_not_a_session_file_is_refused(room: Room, now: Clock) -> None:
    """Empty, binary, too deep, too large, not JSON, a pickle, an archive, a later version."""
    for data in NO_SESSION_FILE:
        now.forward(60)
        assert refusal(lambda data=data: reopening.reopen_session(room.store, room.key, data)).startswith("session file"), data[:12]  # type: ignore[misc]


def test_uploads_are_counted_and_stopped(room: Room) -> None:
    """Thirty in ten minutes from one address."""
    for _ in range(30):
        refusal(lambda: reopening.reopen_session(room.store, room.key, b""))
    with pytest.raises(TooMany):
        reopening.reopen_session(room.store, room.key, b"")


def test_a_damaged_file_is_told_from_a_good_one(played: Room) -> None:
    """One digit changed and the check sum left."""
    saved = sessionfile.save_session(played.store, played.key, played.uid)
    with pytest.raises(Refusal, match="damaged"):
        reopening.reopen_session(played.store, played.key, saved.replace(b'"rows":[[', b'"rows":[[9', 1))


def test_only_the_instructor_exports_grades_saves_and_reopens(played: Room) -> None:
    """A student's link opens none of it."""
    saved = sessionfile.save_session(played.store, played.key, played.uid)
    link = played.links["aland"]
    for call in (
        lambda: export.export_tables(played.store, link, played.uid),
        lambda: export.export_zip(played.store, link, played.uid),
        lambda: grades.gradebook(played.store, link, played.uid),
        lambda: sessionfile.save_session(played.store, link, played.uid),
        lambda: reopening.reopen_session(played.store, link, saved),
        lambda: instructor.replay(played.store, played.engine, link, played.uid),
        lambda: board.audit_of(played.store, link),
    ):
        with pytest.raises(Denied):
            call()
