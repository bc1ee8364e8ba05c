"""The store under stress: many writers, racing closers, a killed server, old and newer tables."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from tests.classroom.fakes import CARD, TARIFF, Clock, FakeEngine, Room
from ui.classroom import glance, instructor, resolution, rounds, seats, submissions, view
from ui.classroom import store as store_module
from ui.classroom.card import Card, Plan
from ui.classroom.refused import Busy, Refusal
from ui.classroom.sessions import create
from ui.classroom.store import Store, database_url, forget_engine, locked, open_store
from ui.classroom.tables import Base, ClassSession, Event, Result, Round, Setting
from ui.classroom.tables_play import Submission

CLOSERS = 200


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; their results or refusals."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        gate.wait()
        try:
            return call()
        except Refusal as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def many_seats(count: int) -> Card:
    """A card with so many seats."""
    roles = [{"id": f"s{number}", "state": "ALA", "title": "x"} for number in range(count)]
    return Card.model_validate({**CARD.model_dump(), "roles": roles, "max_seats": count})


def test_the_migrations_make_exactly_the_tables_of_the_program(empty_url: str) -> None:
    """Alembic finds nothing to add, drop or change."""
    store = open_store(empty_url)
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []


def test_replicas_that_start_together_migrate_once(empty_url: str) -> None:
    """Six at once on an empty database."""
    assert all(isinstance(opened, Store) for opened in at_once(*[lambda: open_store(empty_url)] * 6))


def test_a_database_of_a_newer_program_is_refused_and_left_alone(store: Store) -> None:
    """An unknown revision: a sentence, no change."""
    with store.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refusal, match="newer version"):
        open_store(store.url)


@pytest.mark.parametrize("address", ["mysql://a@b/c", "sqlite://", "sqlite:///:memory:", "rubbish", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_used_is_refused_with_a_sentence(address: str) -> None:
    """No trace, no guess, and no password in the sentence."""
    with pytest.raises(Refusal, match="database"):
        open_store(address)


def test_sqlite_runs_in_wal_with_foreign_keys_and_a_busy_timeout(tmp_path: Path) -> None:
    """As measured to hold: WAL, FULL, foreign keys on, 30 s."""
    store = open_store(database_url(tmp_path))
    with store.read() as db:
        names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        asked = {name: db.execute(text(f"PRAGMA {name}")).scalar_one() for name in names}
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 2}
    forget_engine(store.url)


def test_a_write_that_cannot_get_the_lock_says_busy_and_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds the lock for longer than the wait: a sentence instead of "database is locked"."""
    monkeypatch.setattr(store_module, "WAIT_SECONDS", 0)
    store = open_store(database_url(tmp_path))
    with store.write() as db:
        db.add(Setting(name="a", value="1"))
        db.flush()
        with pytest.raises(Busy, match="press again"), store.write() as other:
            other.add(Setting(name="b", value="2"))
    with store.read() as db:
        assert db.execute(select(Setting.name)).scalars().all() == ["a"]
    forget_engine(store.url)


def test_a_failed_block_stores_nothing(store: Store) -> None:
    """One transaction per fact: an error in the middle takes all of it back."""

    def half_way() -> None:
        with store.write() as db:
            db.add(Setting(name="a", value="1"))
            db.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    with store.read() as db:
        assert db.execute(select(func.count()).select_from(Setting)).scalar_one() == 0


def test_forty_writers_at_once_are_all_stored_and_nobody_hears_of_a_lock(store: Store, key: str, engine: FakeEngine, now: Clock) -> None:
    """Forty seats hand in together, three times each: 40 submissions at revision 3, 120 decisions in the log."""
    made = create(store, key, many_seats(40), plan=Plan(skip=("role_check", "poll", "read", "talk")))
    links = [link for _, link in made.links]
    for link in links:
        seats.start(store, link)
    instructor.advance(store, engine, key, made.uid, view.look(store, links[0]).stamp)
    stamp = view.look(store, links[0]).stamp

    def hand_in(link: str) -> Callable[[], object]:
        return lambda: [submissions.submit(store, engine, link, stamp, [TARIFF]) for _ in range(3)]

    answers = at_once(*[hand_in(link) for link in links])
    assert answers == [[1, 2, 3]] * 40
    with store.read() as db:
        assert db.execute(select(func.count(), func.sum(Submission.revision)).select_from(Submission)).one() == (40, 120)
        assert db.execute(select(func.count()).select_from(Event).where(Event.kind == "decision")).scalar_one() == 120


def test_two_closers_racing_two_hundred_times_resolve_each_round_once(store: Store, key: str, now: Clock) -> None:
    """200 rounds, each closed by two requests at the same moment on connections of their own: 200 results, 200 computations."""
    engine = FakeEngine()
    card = Card.model_validate({**CARD.model_dump(), "rounds": CLOSERS})
    made = create(store, key, card, seats=1, plan=Plan(skip=("role_check", "poll", "read", "talk"), seconds={"decide": 60, "reveal": 60}))
    link = made.links[0][1]
    instructor.advance(store, engine, key, made.uid, view.look(store, link).stamp)
    gate = threading.Barrier(2, action=lambda: now.forward(61))

    def close() -> None:
        for _ in range(CLOSERS):
            gate.wait()
            seats.pulse(store, engine, link)  # decide runs out: locked, resolved, revealed
            gate.wait()
            seats.pulse(store, engine, link)  # reveal runs out: next round

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(close), pool.submit(close)]:
            future.result()
    with store.read() as db:
        assert db.execute(select(func.count()).select_from(Result)).scalar_one() == CLOSERS
        assert db.execute(select(func.count()).select_from(Round)).scalar_one() == CLOSERS
        for kind in ("round locked", "round resolved"):
            assert db.execute(select(func.count()).select_from(Event).where(Event.kind == kind)).scalar_one() == CLOSERS
    assert len(engine.calls) == CLOSERS


def test_no_submission_slips_in_after_a_round_was_read(store: Store, key: str, engine: FakeEngine, now: Clock) -> None:
    """Twelve seats hand in while the instructor locks: whoever was told "stored" is in the locked round, all others were refused."""
    made = create(store, key, many_seats(12), plan=Plan(skip=("role_check", "poll", "read", "talk")))
    links = dict(made.links)
    for link in links.values():
        seats.start(store, link)
    first = next(iter(links.values()))
    for _ in range(3):
        while view.look(store, first).phase != "decide":
            instructor.advance(store, engine, key, made.uid, view.look(store, first).stamp)
        stamp = view.look(store, first).stamp
        calls: list[Callable[[], object]] = [partial(submissions.submit, store, engine, link, stamp, [TARIFF]) for link in links.values()]
        calls.insert(6, partial(instructor.advance, store, engine, key, made.uid, stamp))
        answers = at_once(*calls)
        stored = {label for label, answer in zip(links, answers[:6] + answers[7:], strict=True) if answer == 1}
        assert answers[6] == "reveal"
        revealed = view.results(store, first)[-1].decisions
        assert {row.seat for row in revealed if row.how == "people"} == stored
        assert len(engine.calls[-1]["decisions"]) >= len(stored)


def test_eight_requests_that_find_an_expired_lease_compute_once(room: Room, now: Clock) -> None:
    """The claimer was killed; the lease ends; eight requests come at once."""
    room.everybody_starts().to("decide")
    with room.store.write() as db:
        number = db.execute(select(ClassSession.id)).scalar_one()
        rounds.enter(db, now(), locked(db, number, "close"), "resolve", 1, "clock")
    assert resolution.claim(room.store, number) is not None
    now.forward(resolution.LEASE_SECONDS + 1)
    settled = at_once(*[lambda: resolution.settle(room.store, room.engine, number)] * 8)
    assert settled.count(True) == 1
    assert len(room.engine.calls) == 1


def test_two_replicas_share_one_database(url: str, store: Store, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second set of connections (as another server has) sees each fact as soon as it looks again, and continues."""
    monkeypatch.setattr(glance, "FRESH", 0.0)
    room.everybody_starts().to("decide")
    forget_engine(url)  # the next open makes new connections; `room` keeps the old
    second = open_store(url, room.now)
    assert second.engine is not room.store.engine
    submissions.submit(second, room.engine, room.links["aland"], room.stamp, [TARIFF])
    assert view.look(room.store, room.links["aland"]).submitted
    room.to("reveal", 1)
    assert view.look(second, room.links["aland"]).phase == "reveal"
    room.store.engine.dispose()


def test_after_kill_9_every_acknowledged_submission_is_there(url: str) -> None:
    """A server process is killed at four random moments while seats hand in; the long run is `make crash`."""
    script = Path(__file__).parents[1] / "load" / "crash.py"
    done = subprocess.run(
        [sys.executable, str(script), "--moments", "4", "--seed", "11", "--database", url],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills" in done.stdout
