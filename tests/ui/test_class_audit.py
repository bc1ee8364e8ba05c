"""The instructor reads again what the instructor did, in the class's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.ui.class_room import at_home, done, open_class
from ui.classroom import board, instructor, polls
from ui.pages.teach_audit import LINES, audit_words
from ui.pages.teach_desk import TeachDesk
from ui.text import FOLDER, words

HOSTILE = "<b>late</b> ![x](http://evil.example/x.png)"
DETAILS = {  # as the store writes them
    "went to debrief": ("round 2", "in round 2"),
    "resolve again": ("round 3", "Round 3 worked"),
    "finish with bots": ("from round 1", "from round 1"),
    "fork": ("round 2: milder", "at round 2: milder"),
    "rolled back": ("from round 3, reveal, branch 0 to round 2: too\nearly", "Back from round 3 (Reveal) to round 2: too"),
    "message hidden": ("message 7", "Message 7 hidden"),
    "message shown": ("message 7", "Message 7 shown"),
    "login": ("from 10.0.0.1", "from 10.0.0.1"),
    "login refused": ("from 10.0.0.1", "from 10.0.0.1"),
    "round locked": ("round 2", "Round 2 locked"),
    "time added": ("-60 seconds", "by -60 seconds"),
    "seat freed": ("arden", "the seat of arden"),
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data folder of its own."""
    with at_home(tmp_path):
        yield tmp_path


def actions() -> set[str]:
    """Every action that the store notes."""
    found = set()
    for path in sorted((FOLDER.parent / "classroom").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "audit":
                said = node.args[2]
                choices = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
                found |= {one.value for one in choices if isinstance(one, ast.Constant)}
    return found | set(board.IN_CLASS) | {"seat to the model", "seat to people"}  # put together in a name


def desk(language: str) -> TeachDesk:
    """As much of a desk as the words need."""
    return cast(TeachDesk, SimpleNamespace(w=words(language), title_of=lambda label: f"the seat of {label}"))




def test_every_action_that_is_noted_has_words_in_every_language() -> None:
    assert len(actions()) >= 20
    for action in actions():
        detail, expected = DETAILS.get(action, ("something", ""))
        told = {language: audit_words(desk(language), action, detail).replace("\\", "") for language in ("en", "es")}
        assert expected in told["en"], told
        assert told["en"] != told["es"]
        assert f"{action} {detail}" not in told.values(), action
        assert "{" not in told["en"] + told["es"]


def test_a_line_of_another_version_is_shown_as_it_is() -> None:
    assert audit_words(desk("en"), "tidied", "up").replace("\\", "") == "tidied up"
    assert audit_words(desk("en"), "rolled back", "somehow").replace("\\", "") == "rolled back somehow"


def test_the_instructor_reads_what_was_done_newest_first(home: Path) -> None:
    """Of this session and the door, none of another session's, and no sign of a title acts as Markdown."""
    room = open_class().start()
    room.to("decide", 1)
    instructor.hand_to_model(room.store, room.key, room.made.uid, "arden")
    instructor.roll_back(room.store, room.key, room.made.uid, 1, HOSTILE)
    lines = board.audit_of(room.store, room.key, room.made.uid, LINES)
    assert [action for _, action, _ in lines] == ["rolled back", "seat to the model", "session made", "passphrase set"]
    app = room.teach()
    next(one for one in app.segmented_control if "Files" in one.options).set_value("files")
    rows = [tuple(row) for row in done(app.run()).table[0].value.itertuples(index=False)]
    told = [what for _, what in rows]
    assert told[0].startswith("Back from round 1 (Decide) to round 1: &lt;b&gt;")
    assert "![" not in told[0]
    assert told[1] == "Seat handed to the model: Trade minister of Arden"
    assert told[2].startswith("Session made: ")
    assert told[3:] == ["Passphrase set"]
    assert all(len(when) == len("2026-03-02 09:00") for when, _ in rows)


def test_what_the_instructor_did_in_class_is_told_between_the_rest(home: Path) -> None:
    """The clock, news, a vote and a poll, in order of time; what the clock or a seat did is not the instructor's."""
    room = open_class().start().to("decide", 1)
    store, key, uid = room.store, room.key, room.made.uid
    instructor.add_time(store, key, uid, 90)
    instructor.pause(store, key, uid)
    instructor.resume(store, key, uid)
    instructor.broadcast(store, key, uid, "Five more minutes.", "Time")
    motion = polls.put_to_vote(store, key, uid, text="Relief now?")
    polls.vote(store, room.links["arden"], motion, 0)
    polls.close_motion(store, key, uid, motion)
    polls.ask(store, key, uid, name="mood", question="How likely?")
    lines = [audit_words(desk("en"), action, detail).replace("\\", "") for _, action, detail in reversed(board.audit_of(store, key, uid, LINES))]
    did = ["Time changed by 90 seconds", "Clock paused", "Clock running again", "Told everybody: Time"]
    assert lines[-7:] == [*did, "Put to the vote: Relief now?", "A vote was counted", "A poll was opened"]
    assert not {action for _, action, _ in board.audit_of(store, key)} & set(board.IN_CLASS)


def test_at_most_fifty_lines_are_shown(home: Path) -> None:
    room = open_class()
    for _ in range(LINES):
        instructor.new_join_code(room.store, room.key, room.made.uid)
    lines = board.audit_of(room.store, room.key, room.made.uid, LINES)
    assert {action for _, action, _ in lines} == {"join code changed"}
    assert len(lines) == LINES
