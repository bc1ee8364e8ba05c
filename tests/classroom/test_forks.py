"""Forks of the class's own history, and the readiness page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.classroom.fakes import TARIFF, Room
from ui.classroom import forks, readiness, seats, view
from ui.classroom.refused import Denied, Refusal


@pytest.fixture
def played(room: Room) -> Room:
    """Aland uses a tariff in each of three rounds."""
    room.everybody_starts()
    for number in (1, 2, 3):
        room.to("decide", number).submit("aland")
    return room.to("debrief")


def test_a_fork_takes_the_past_as_it_was_changes_one_round_and_leaves_the_class_alone(played: Room) -> None:
    """Round 2 without Aland's tariff: moves of quarters 0 and 4 are left (rounds 1 and 3); the class's own results are as before."""
    before = view.results(played.store, played.links["aland"])
    number = forks.fork(played.store, played.engine, played.key, played.uid, at_round=2, title="No tariff", changed={"aland": []})
    asked = played.engine.calls[-1]
    assert [move["quarter"] for move in asked["decisions"]] == [0, 4]
    assert (asked["seed"], asked["first"], asked["upto"]) == (7, 2, 6)
    assert view.results(played.store, played.links["aland"]) == before
    assert forks.of_seat(played.store, played.links["aland"]) == []
    forks.show(played.store, played.key, played.uid, number)
    assert [row.title for row in forks.of_seat(played.store, played.links["aland"])] == ["No tariff"]
    assert [row.title for row in forks.on_projector(played.store, played.made.projector)] == ["No tariff"]


def test_after_the_fork_seats_repeat_rest_or_are_played_by_the_model(played: Room) -> None:
    """own keeps round 3's move and seat; none keeps the seat only; model keeps neither."""
    asked = {}
    for later in ("own", "none", "model"):
        forks.fork(played.store, played.engine, played.key, played.uid, at_round=2, title=later, changed={"aland": []}, later=later)  # type: ignore[arg-type]
        asked[later] = played.engine.calls[-1]
    assert [len(asked[later]["decisions"]) for later in ("own", "none", "model")] == [2, 1, 1]
    assert [["ALA", 4, 5] in asked[later]["held"] for later in ("own", "none", "model")] == [True, True, False]


def test_a_fork_under_another_theory_keeps_every_move(played: Room) -> None:
    """The same moves under another theory."""
    forks.fork(played.store, played.engine, played.key, played.uid, at_round=1, title="Rally", theory="rally")
    assert (played.engine.calls[-1]["theory"], len(played.engine.calls[-1]["decisions"])) == ("rally", 3)


def test_forks_that_cannot_be_are_refused(played: Room) -> None:
    """Rounds not played, unknown seats, moves for others, and students."""
    for_another = {"borland": [{**TARIFF, "state": "ALA"}]}
    for wrong in ({"at_round": 4}, {"at_round": 0}, {"at_round": 1, "changed": {"x": []}}, {"at_round": 1, "changed": for_another}):
        with pytest.raises(Refusal):
            forks.fork(played.store, played.engine, played.key, played.uid, title="t", **wrong)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        forks.fork(played.store, played.engine, played.links["aland"], played.uid, at_round=1, title="t")
    with pytest.raises(Denied):
        forks.show(played.store, played.key, played.uid, 999)


def test_readiness_names_each_thing_that_is_wrong_and_its_cure(room: Room, tmp_path: Path) -> None:
    """One check at a time, good and bad."""
    assert readiness.data_folder(tmp_path).status == "ok"
    missing = readiness.data_folder(tmp_path / "nowhere")
    assert (missing.status, "--data-dir" in missing.sentence) == ("problem", True)
    assert readiness.database(room.store).status == "ok"
    assert readiness.passphrase(room.store).status == "ok"
    assert readiness.disk(tmp_path).sentence.endswith("free.")
    assert readiness.scenario("triangle").status == "ok"
    assert readiness.scenario("triangle", "0" * 64).status == "warning"
    assert readiness.scenario("trangle").status == "problem"
    assert readiness.phone(room.store, room.uid).status == "warning"
    seats.start(room.store, room.links["aland"])
    assert readiness.phone(room.store, room.uid).status == "ok"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://192.168.1.5:8501", "ok"),
        ("https://lab.school.example", "ok"),
        ("http://127.0.0.1:8501", "problem"),
        ("http://localhost:8501", "problem"),
        ("http://0.0.0.0", "problem"),
        ("http://[::1]:8501", "problem"),
        ("lab", "problem"),
        ("", "problem"),
        ("ftp://x", "problem"),
    ],
)
def test_an_address_that_only_this_machine_opens_is_a_problem(url: str, status: str) -> None:
    """Phones in the room cannot reach the loopback address."""
    assert readiness.address(url).status == status
