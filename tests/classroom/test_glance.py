"""What is read once for the whole class: as fresh as it must be, and never another seat's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.classroom.fakes import TARIFF, Clock, Room, refusal
from ui.classroom import glance, instructor, seats, submissions, view
from ui.classroom.refused import Denied
from ui.classroom.store import Store, forget_engine, open_store
from ui.shelf import once


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    said: list[str] = []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(store.engine, "before_cursor_execute", hear)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock for what is kept, which moves only when a test moves it."""
    clock = Clock()
    monkeypatch.setattr(glance, "monotonic", lambda: clock.moment.timestamp())
    return clock


def test_a_poll_that_finds_nothing_new_asks_the_database_nothing(room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    first = seats.pulse(room.store, room.engine, room.links["aland"])
    with statements(room.store) as said:
        assert seats.pulse(room.store, room.engine, room.links["aland"]) == first
    assert said == []


def test_a_new_round_is_read_once_for_all_seats(room: Room, still: Clock) -> None:
    """However many seats look, the facts that decide their pages are read once after each write."""
    room.everybody_starts().to("decide")
    for link in room.links.values():  # which class a link belongs to is looked up once
        view.look(room.store, link)
    submissions.submit(room.store, room.engine, room.links["aland"], room.stamp, [TARIFF])
    asked: list[int] = []
    for links in (list(room.links.values())[:1], list(room.links.values())):
        with statements(room.store) as said:
            submissions.submit(room.store, room.engine, room.links["aland"], room.stamp, [TARIFF])
            for link in links:
                view.look(room.store, link)
                view.lesson(room.store, link)
                view.notices(room.store, link)
        asked.append(len(said))
    assert asked[0] == asked[1] > 0


def test_handing_in_and_the_page_after_it_ask_the_database_few_things(room: Room, still: Clock) -> None:
    """A whole class does so within seconds: nothing is asked twice, however many seats there are."""
    room.everybody_starts().to("decide")
    link = room.links["aland"]
    seats.pulse(room.store, room.engine, link, exact=True)
    with statements(room.store) as said:
        submissions.submit(room.store, room.engine, link, room.stamp, [TARIFF])
        seats.pulse(room.store, room.engine, link, exact=True)
        assert view.look(room.store, link).submitted
        assert view.own_decision(room.store, link) is not None
    asked = [one for one in said if not one.startswith("BEGIN")]
    assert len(asked) <= 14, asked


def test_what_this_process_writes_is_seen_at_once(room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    before = seats.pulse(room.store, room.engine, room.links["aland"]).mark
    submissions.submit(room.store, room.engine, room.links["aland"], room.stamp, [TARIFF])
    assert view.look(room.store, room.links["aland"]).submitted
    assert seats.pulse(room.store, room.engine, room.links["aland"]).mark != before
    assert not view.look(room.store, room.links["borland"]).submitted


def test_what_another_process_writes_is_seen_after_half_a_second(url: str, room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    assert not view.look(room.store, room.links["aland"]).submitted
    forget_engine(url)
    other = open_store(url, room.now)
    submissions.submit(other, room.engine, room.links["aland"], room.stamp, [TARIFF])
    still.forward(glance.FRESH / 2)
    assert not view.look(room.store, room.links["aland"]).submitted
    still.forward(glance.FRESH / 2)
    assert view.look(room.store, room.links["aland"]).submitted
    room.store.engine.dispose()


def test_a_draft_makes_nobody_read_again_and_is_read_by_its_seat_alone(room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    kept = glance.present(room.store, 1)
    submissions.save_draft(room.store, room.links["aland"], room.stamp, {"reason": "mine"})
    assert glance.present(room.store, 1) is kept
    assert submissions.read_draft(room.store, room.links["aland"]) == {"reason": "mine"}
    assert submissions.read_draft(room.store, room.links["borland"]) == {}


READS: list[Callable[[Store, str], object]] = [
    view.look, view.role, view.lesson, view.notices, view.own_decision, view.teams_out, view.pledges, view.results, submissions.read_draft,
]  # fmt: skip


@pytest.mark.parametrize("read", READS)
def test_a_revoked_link_reads_nothing_from_that_moment(read: Callable[[Store, str], object], room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    old = room.links["aland"]
    read(room.store, old)
    fresh = instructor.reissue(room.store, room.key, room.uid, "aland")
    assert "does not work" in refusal(lambda: read(room.store, old), Denied)
    read(room.store, fresh)


@pytest.mark.parametrize("read", READS)
def test_links_that_are_not_a_seats_read_nothing(read: Callable[[Store, str], object], room: Room, still: Clock) -> None:
    """A projector's link, an instructor's key and an invented secret: the same sentence."""
    room.everybody_starts().to("decide")
    said = {refusal(lambda secret=secret: read(room.store, secret), Denied) for secret in (room.made.projector, room.key, "x" * 32)}
    assert said == {"This link does not work (any more): ask your instructor for a new one."}


def test_a_link_made_by_another_process_a_moment_ago_opens(url: str, room: Room, still: Clock) -> None:
    room.everybody_starts()
    view.look(room.store, room.links["aland"])
    forget_engine(url)
    other = open_store(url, room.now)
    fresh = instructor.another_link(other, room.key, room.uid, "aland")
    assert view.look(room.store, fresh).seat == "aland"
    room.store.engine.dispose()


def test_every_role_gets_its_own_packet_in_whatever_order_they_ask(room: Room, still: Clock) -> None:
    room.everybody_starts()
    for _ in range(2):
        for seat, link in room.links.items():
            assert view.role(room.store, link).id == seat
            assert all(question.answer == 0 for question in view.role(room.store, link).check)


def test_memory_of_classes_is_bounded(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "CLASSES", 3)
    for number in range(1, 20):
        glance.present(room.store, number)
    assert len(glance._KEPT) <= 3


def test_a_page_that_is_drawn_knows_what_another_process_wrote_a_moment_ago(url: str, room: Room, still: Clock) -> None:
    room.everybody_starts().to("decide")
    link = room.links["aland"]
    before = seats.pulse(room.store, room.engine, link).mark
    forget_engine(url)
    submissions.submit(open_store(url, room.now), room.engine, link, room.stamp, [TARIFF])
    assert seats.pulse(room.store, room.engine, link).mark == before
    assert seats.pulse(room.store, room.engine, link, exact=True).mark != before
    assert view.look(room.store, link).submitted
    room.store.engine.dispose()


def test_texts_of_a_result_are_kept_once_and_nothing_else_changes() -> None:
    raw = '{"a": ["BOR", "BOR", 1.5, null, {"b": "BOR"}], "c": "BOR", "d": [[true]]}'
    kept = once(json.loads(raw))
    assert kept == json.loads(raw)
    assert kept["a"][0] is kept["a"][1] is kept["a"][4]["b"] is kept["c"]
