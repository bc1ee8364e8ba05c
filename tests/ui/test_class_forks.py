"""Forks of the class's own history on its pages: under the class's own theory, and drawn against what was played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.classroom.fakes import PASSPHRASE
from tests.ui.class_room import ClassRoom, at_home, done, press, words_of
from ui.class_run import run_of
from ui.classroom import forks, instructor, keys, looking_back, sessions, submissions, view
from ui.classroom.engine import card_of
from ui.classroom.refused import Denied
from ui.house import the_model, the_store
from ui.pages.class_forks import against
from ui.text import plain, words

BAN = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.9}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder for this file."""
    with at_home(tmp_path_factory.mktemp("forks")) as folder:
        keys.set_first_passphrase(the_store(), str(keys.setup_code(the_store())), PASSPHRASE, "127.0.0.1")
        yield folder


def a_class(rounds: int) -> ClassRoom:
    """Who-pays under `rally`, everybody in."""
    store = the_store()
    key = keys.login(store, PASSPHRASE, "127.0.0.1")
    card = card_of("who-pays").model_copy(update={"rounds": rounds})
    return ClassRoom(store, key, sessions.create(store, key, card, theory="rally", engine_version=the_model().version)).start()


@pytest.fixture(scope="module")
def room(home: Path) -> ClassRoom:
    """Two rounds, in the debrief: Arden bans imports from Corvane in round 1; the others do nothing."""
    room = a_class(2).to("decide", 1)
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [BAN])
    return room.to("debrief")


def results_view(app: AppTest) -> AppTest:
    """The instructor's view with the forks."""
    next(one for one in app.segmented_control if "Results" in one.options or "results" in one.options).set_value("results")
    return done(app.run())


def pick(app: AppTest, label: str) -> Any:
    """The only box to choose from with this label."""
    return next(one for one in app.selectbox if one.label.startswith(label))


def test_a_fork_without_a_change_is_played_under_the_classs_own_theory_and_comes_out_as_the_class(room: ClassRoom) -> None:
    """Belmora did nothing in round 1, so leaving out what it did changes nothing: the digest is the class's."""
    app = results_view(room.teach())
    pick(app, "This team").set_value("belmora")
    press(app, "Play it")
    row = forks.of_session(room.store, room.key, room.made.uid)[-1]
    played = looking_back.of_session(room.store, room.key, room.made.uid)
    assert played is not None
    assert (row.theory, row.own_theory, row.digest) == ("rally", "rally", played.seen[-1].digest)
    text = words_of(app)
    assert "Nothing comes out otherwise" in text
    assert "0.00 %" not in text
    assert row.title == "If Economic adviser in Belmora had done nothing new"
    assert "This fork was played under the theory" not in text


def test_a_shown_fork_is_drawn_with_its_sentence_on_seats_and_projector_and_says_its_theory(room: ClassRoom) -> None:
    """Arden without its ban, under another theory: everybody's income moves, and no seat may read it before it is shown."""
    app = results_view(room.teach())
    pick(app, "This team").set_value("arden")
    pick(app, "Theory").set_value("alone")
    next(one for one in app.text_input if one.label == "Title").set_value("No ban")
    press(app, "Play it")
    row = forks.of_session(room.store, room.key, room.made.uid)[-1]
    assert row.title == "No ban"
    with pytest.raises(Denied):
        forks.found_by_seat(room.store, room.links["corvane"], row.id)
    with pytest.raises(Denied):
        forks.found_on_projector(room.store, room.made.projector, row.id)
    assert "No ban" not in words_of(room.seat("corvane"))
    forks.show(room.store, room.key, room.made.uid, row.id)
    run = run_of(view.results(room.store, room.links["corvane"]), "who-pays")
    assert run is not None
    for page in (room.seat("corvane"), room.screen(), results_view(room.teach())):
        text = words_of(page)
        assert "No ban (from round 1)" in text.replace("\\", "")
        assert "The fork against what the class played" in text
        assert "This fork was played under the theory" in text
        said = against(forks.found_in_session(room.store, room.key, room.made.uid, row.id), run, words())
        assert plain(said.picture.takeaway) in text
        assert said.policy
        assert plain(said.policy) in text
        assert page.get("vega_lite_chart")


def test_what_a_fork_found_is_read_only_where_it_is_drawn(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that lists forks without drawing one reads none; what was drawn once is kept."""
    number = forks.fork(room.store, the_model(), room.key, room.made.uid, at_round=2, title="Late", changed={"arden": []})
    asked: list[int] = []
    read = forks._found

    def counted(db: Any, session: Any, fork: int) -> dict[str, Any]:
        asked.append(fork)
        return read(db, session, fork)

    monkeypatch.setattr(forks, "_found", counted)
    room.seat("delmar")
    assert number not in asked
    forks.show(room.store, room.key, room.made.uid, number)
    room.seat("delmar")
    room.seat("belmora")
    assert asked.count(number) == 1


def test_a_fork_of_before_a_step_back_is_not_compared_with_what_came_after(home: Path) -> None:
    room = a_class(1).to("debrief")
    store, key, made = room.store, room.key, room.made
    number = forks.fork(store, the_model(), key, made.uid, at_round=1, title="Old")
    forks.show(store, key, made.uid, number)
    instructor.roll_back(store, key, made.uid, 1, "once more")
    room.to("debrief")
    assert [row.present for row in forks.of_session(store, key, made.uid)] == [False]
    assert "before the class went back" in words_of(room.seat("corvane"))
