"""What the server keeps of the rounds played, and what it does before a result is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.classroom.fakes import CARD, Clock, FakeEngine, Room
from ui.classroom import ahead, instructor, kept, seats, view
from ui.classroom.contract import RoundResult
from ui.classroom.kept import Part
from ui.classroom.store import Store
from ui.classroom.tables import Presence
from ui.shelf import Shelf


@dataclass
class Watching(FakeEngine):
    """Notes what the class sees when it is told of a result; fails when told to."""

    told: list[tuple[str, int]] = field(default_factory=list)
    link: str = ""
    fails: bool = False

    def foresee(self, store: Store, session_id: int, round_id: int, result: RoundResult) -> None:
        """Look at the class as a student does."""
        class_ = ahead.coming(store, session_id, round_id, result)
        self.told.append((view.look(store, self.link).phase, len(class_.seen)))
        assert class_.resolved[-1] == class_.seen[-1].digest == result.digest
        assert class_.seen[-1].private == {}
        if self.fails:
            raise RuntimeError("no paper")


@pytest.mark.parametrize("fails", [False, True])
def test_pages_can_be_got_ready_before_anybody_sees_the_result_and_a_failure_stops_nobody(room: Room, fails: bool) -> None:
    room.everybody_starts()
    watching = Watching(link=room.links["aland"], fails=fails)
    room.engine = watching
    room.to("reveal", 2)
    assert watching.told == [("resolve", 1), ("resolve", 2)]
    assert [row.round for row in view.results(room.store, room.links["aland"])] == [1, 2]


def test_only_the_last_rounds_are_in_memory_and_the_others_are_read_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.everybody_starts().to("reveal", 2)
    for name in ("public", "private", "debrief"):
        monkeypatch.setitem(kept._PARTS, name, Shelf(1))
    seen = view.results(room.store, room.links["borland"])
    assert [row.private for row in seen] == [{"resolve": "secret of BOR"}] * 2
    assert [row.public["quarter"] for row in seen] == [CARD.quarters_per_round, 2 * CARD.quarters_per_round]
    assert [row.debrief for row in seen] == [{}, {}]
    assert len(kept._PARTS["public"]) == len(kept._PARTS["private"]) == 1
    assert len(kept._PARTS["debrief"]) == 0


def test_a_seat_is_given_nothing_but_its_own_states_part(room: Room) -> None:
    room.everybody_starts().to("reveal", 1)
    for label, state in (("aland", "ALA"), ("borland", "BOR")):
        part = view.results(room.store, room.links[label])[0].private
        assert isinstance(part, Part)
        assert dict(part) == {"resolve": f"secret of {state}"}
        assert "BOR" not in part and len(part) == 1


def test_links_in_use_are_noted_together(room: Room, now: Clock) -> None:
    """The first poll writes its note; those of the next two seconds wait for whoever comes after."""
    later = room.store.at(lambda: now() + timedelta(hours=1))

    def noted() -> int:
        with room.store.read() as db:
            return len(db.execute(select(Presence)).all())

    for link in room.links.values():
        seats.pulse(later, room.engine, link)
    assert noted() == 1
    after = room.store.at(lambda: now() + timedelta(hours=1, seconds=seats.PRESENCE_SECONDS + 1))
    seats.pulse(after, room.engine, room.links["aland"])
    assert noted() == 3


def test_a_link_taken_away_meanwhile_is_not_noted_again(room: Room, now: Clock) -> None:
    later = room.store.at(lambda: now() + timedelta(hours=1))
    for link in room.links.values():
        seats.pulse(later, room.engine, link)
    instructor.reissue(room.store, room.key, room.uid, "borland")
    after = room.store.at(lambda: now() + timedelta(hours=1, seconds=seats.PRESENCE_SECONDS + 1))
    seats.pulse(after, room.engine, room.links["aland"])
    with room.store.read() as db:
        assert len(db.execute(select(Presence)).all()) == 2
