"""A class of many rounds takes no more memory than one of a few: what is left of a settled round is names of what is in the store.

Measured in the process itself: the words of the questions to the database (each connection keeps what it has prepared), and the bytes of all that
the class keeps in memory, found by following references.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, event

from sim import api
from tests.classroom.fakes import CARD, PASSPHRASE, FakeEngine
from ui.classroom import decided, instructor, kept, keys, played, seats, submissions, view
from ui.classroom.card import Card, Plan
from ui.classroom.sessions import Created, create
from ui.classroom.store import Store, database_url, forget_engine, open_store

ROUNDS, FULL = 30, 14  # from FULL on the caches hold what they may hold
A_ROUND = 10_000  # bytes a round of three seats may leave behind: bets, lines why, a pledge, and names of the parts of the result, a few times over
QUIET = Plan(skip=("role_check", "poll", "read"), lock_when_all_in=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of one's own."""
    url = database_url(tmp_path)
    yield open_store(url)
    forget_engine(url)


def size(*things: Any) -> int:
    """Bytes of everything that can be reached, each thing once; the program itself (types, functions, engines) does not count."""
    seen, waiting, total = set[int](), list(things), 0
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type | FunctionType | ModuleType | Engine | api.World):
            continue
        seen.add(id(thing))
        total += sys.getsizeof(thing)
        waiting += gc.get_referents(thing)
    return total


def play_round(store: Store, engine: FakeEngine, key: str, made: Created) -> dict[str, Any]:
    """A pledge, a decision with bet and reason by every seat, the reveal, and what every page then reads."""
    links, first = dict(made.links), made.links[0][1]
    while view.look(store, first).phase != "talk":
        instructor.advance(store, engine, key, made.uid, view.look(store, first).stamp)
    submissions.pledge(store, first, view.look(store, first).stamp, lever="tariff", target="BOR", will=True, text="we will")
    while view.look(store, first).phase != "decide":
        instructor.advance(store, engine, key, made.uid, view.look(store, first).stamp)
    for link in links.values():
        bet = submissions.Forecast("concession", 0.1, 0.2)
        submissions.submit(store, engine, link, view.look(store, link).stamp, [], bet=bet, reason=f"because of {link[:5]}")
        seats.pulse(store, engine, link)
    while view.look(store, first).phase != "reveal":
        instructor.advance(store, engine, key, made.uid, view.look(store, first).stamp)
    for link in links.values():
        seats.pulse(store, engine, link)
    shown: dict[str, Any] = {label: view.results(store, link) for label, link in links.items()}
    for label, link in links.items():
        assert len(shown[label][-1].decisions) == len(links)
        assert dict(shown[label][-1].public)
        assert dict(shown[label][-1].private)
        view.pledges(store, link)
    view.project(store, made.projector)
    return shown


def test_thirty_rounds_ask_nothing_new_and_keep_hardly_more_than_fourteen(store: Store) -> None:
    """Three seats, sixteen rounds more: at most 16 x 10 kB (measured: 8)."""
    engine, said = FakeEngine(), list[str]()
    key = keys.set_first_passphrase(store, str(keys.setup_code(store)), PASSPHRASE, "127.0.0.1")
    made = create(store, key, Card.model_validate({**CARD.model_dump(), "rounds": ROUNDS}), plan=QUIET)
    for _, link in made.links:
        seats.start(store, link)

    @event.listens_for(store.engine, "before_cursor_execute")
    def heard(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        said.append(statement)

    known, before = set[str](), 0
    for number in range(1, ROUNDS + 1):
        shown = play_round(store, engine, key, made)
        assert len(shown["aland"]) == number
        engine.calls.clear()
        keeping = (shown, kept._PARTS, decided._DECIDED, view._PLAYED, view._SAID, view._PACKETS)
        if number == FULL:
            known, before = set(said), size(*keeping)
    assert set(said) == known
    grown = size(*keeping) - before
    assert 0 < grown < (ROUNDS - FULL) * A_ROUND, f"{grown} bytes"


def test_the_world_without_measures_keeps_what_is_compared_and_nothing_else() -> None:
    """Three states of the triangle: six pairs and three rows a quarter, some 2 kB; an earlier round asked again comes out the same."""
    played._WORLDS.clear()
    first = played.play("triangle", 1, "", [], 2, 0, [])
    for upto in (4, 6):
        played.play("triangle", 1, "", [], upto, upto - 2, [])
    (untouched,) = played._WORLDS.values()
    assert [len(untouched.states), len(untouched.pairs), untouched.world.quarter] == [6, 6, 6]
    assert all(untouched.world.record.rows(name) == [] for name in ("events", "decisions", "measures"))
    assert untouched.world.record.table("trade").empty
    assert size(untouched.states, untouched.pairs) < 6 * 3_000
    assert played.play("triangle", 1, "", [], 2, 0, []) == first
