"""Whatever people type, in any field, stays words: on every screen of everybody, and in the instructor's files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.class_room import ClassRoom, done, open_class, press, seat_page, teach_page
from tests.ui.patience import SECONDS
from ui.classroom import export, forks, grades, instructor, messages, offers, polls, submissions
from ui.classroom.store import forget_engine
from ui.house import the_model

HOSTILE = "=1+1 <b>ev1l</b> ![x](http://e.example/x.png) [y](http://e.example) :red[z] `c` https://e.example"
ACTIVE = ("<b>", "![x](", "[y](http", "](http", ":red[", "https://e", "http://e")  # what a renderer would act on
CALLED = "ev1l"  # how the words are found again
FIELDS = 12


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassRoom]:
    """A class in which everybody typed the worst into every field there is, in its first round."""
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.setenv("SANCTIONS_LAB_PUBLIC_URL", "http://class.example:8501")
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    room = open_class().start().to("talk", 1)
    store, key, uid = room.store, room.key, room.made.uid
    for label, secret in room.links.items():
        stamp, other = room.now().stamp, "belmora" if label != "belmora" else "arden"
        submissions.pledge(store, secret, stamp, lever="tariff", target="CORVANE", will=True, text=HOSTILE)
        offers.make(store, secret, stamp, to=other, kind="deal", gives=HOSTILE, wants=HOSTILE)
        polls.table_motion(store, secret, stamp, HOSTILE)
        messages.send(store, secret, stamp, to=other, text=HOSTILE)
    instructor.broadcast(store, key, uid, HOSTILE)
    polls.ask(store, key, uid, name="own", question=HOSTILE, options=[HOSTILE[:60], "no"])
    polls.put_to_vote(store, key, uid, text=HOSTILE, options=[HOSTILE[:60], "no"])
    room.to("decide", 1)
    for secret in room.links.values():
        submissions.submit(store, the_model(), secret, room.now().stamp, [], reason=HOSTILE)
    yield room
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


def drawn(app: AppTest) -> list[str]:
    """Every string of the page that the browser renders as Markdown: texts and labels."""
    found: list[str] = []

    def walk(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            for name in ("value", "label", "body"):
                said = getattr(child, name, None)
                typed = name == "value" and getattr(child, "type", "") in ("text_input", "text_area", "code")
                if isinstance(said, str) and not typed:
                    found.append(said)
            walk(child)

    walk(app.main)
    return found


def look(app: AppTest, who: str) -> int:
    """Check a page; returns how often the hostile words stand on it."""
    said = drawn(done(app))
    for text in said:
        for sign in ACTIVE:
            assert sign not in text.replace("\\", "\\ "), f"{who}: {text[:300]}"
    return sum(CALLED in text for text in said)


def views(app: AppTest, who: str) -> int:
    """The page in each of its views."""
    seen = look(app, who)
    for control in list(app.segmented_control):
        for option in control.options[1:]:
            again = next(one for one in app.segmented_control if one.key == control.key)
            again.set_value(option)
            try:
                app.run()
            except ValueError:
                continue
            seen += look(app, f"{who}, {option}")
    return seen


def test_hostile_words_in_every_field_stay_words_on_every_screen(room: ClassRoom) -> None:
    """Seats, projector and instructor while deciding, at the reveal, and in the debrief."""
    seen: dict[str, int] = {}
    for phase in ("decide", "reveal", "debrief"):
        room.to(phase, 1 if phase != "debrief" else None)
        if phase == "debrief":
            forks.fork(room.store, the_model(), room.key, room.made.uid, at_round=1, title=HOSTILE[:140])
        for label in ("arden", "belmora"):
            seen["seat"] = seen.get("seat", 0) + views(room.seat(label), f"{label} in {phase}")
        seen["screen"] = seen.get("screen", 0) + look(room.screen(), f"screen in {phase}")
        seen["teach"] = seen.get("teach", 0) + views(room.teach(), f"instructor in {phase}")
    assert all(count >= 3 for count in seen.values()), seen


def test_hostile_words_run_no_formula_in_any_file(room: ClassRoom) -> None:
    """Every cell of every table and of the gradebook."""
    room.to("reveal", 1)
    tables = export.export_tables(room.store, room.key, room.made.uid)
    tables["grades"] = grades.gradebook_csv(room.store, room.key, room.made.uid)
    cells = [cell for text in tables.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert sum(CALLED in cell for cell in cells) >= FIELDS
    assert not [cell for cell in cells if cell.strip()[:1] in ("=", "+", "@", "|") or (cell.startswith("-") and CALLED in cell)]


def test_a_hostile_name_of_a_session_is_a_name(room: ClassRoom) -> None:
    """The title is typed by the instructor and shown to all."""
    app = room.teach(session=False)
    app.text_input(key="make-name").set_value(HOSTILE)
    press(app.run(), "make")
    assert look(app, "instructor") >= 1
    link = next(code.value for code in app.code if "/seat?k=" in code.value).partition("k=")[2]
    seat = AppTest.from_function(seat_page, default_timeout=SECONDS)
    seat.query_params["k"] = link
    assert look(seat.run(), "seat") >= 1
    home = AppTest.from_function(teach_page, default_timeout=SECONDS)
    home.session_state["instructor-key"] = room.key
    assert look(home.run(), "home") >= 1
