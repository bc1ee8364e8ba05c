"""The bots' search for private numbers: one that was sent to another seat is found, whatever its form; one that everybody can work out is none."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.load.leaks import Search, numbers_in
from ui.class_run import run_of
from ui.classroom import played
from ui.classroom.view import RoundSeen

SEATS = {"first": "A", "second": "B"}
OWN = 0.8090388  # of A alone
NAME = "rounds 1 to 2"


@dataclass
class Row:
    """A round's result."""

    digest: str
    public: dict[str, Any]
    private: dict[str, dict[str, Any]]
    debrief: dict[str, Any]


@pytest.fixture(scope="module")
def rounds() -> list[Row]:
    """Two rounds of four quarters of the triangle, in which nobody does anything."""
    results = [played.play("triangle", 1, "", [], upto, upto - 4, []) for upto in (4, 8)]
    return [Row(f"{NAME}-{place}", row["public"], {}, {}) for place, row in enumerate(results)]


def search(rounds: list[Row], heard: bytes, private: dict[str, Any], debrief: dict[str, Any] | None = None, early: bool = True) -> Search:
    """`heard` was sent to the second seat, before the debrief unless told otherwise; `private` and `debrief` are there in the second round."""
    last = replace(rounds[-1], private=private, debrief=debrief or {})
    closed = {"first": 0, "second": len(heard) if early else 0}
    return Search("triangle", [*rounds[:-1], last], SEATS, {"first": b"", "second": heard}, closed)


def traded(rounds: list[Row]) -> float:
    """What A sold to B in the four quarters of the first round, USD bn a year, as a chart shows it: four public numbers added."""
    pairs = rounds[0].public["pairs"]
    rows = zip(pairs["exporter"], pairs["importer"], pairs["value"], strict=True)
    four = [value for exporter, importer, value in rows if (exporter, importer) == ("A", "B")]
    run = run_of([RoundSeen(1, NAME, rounds[0].public, {}, {}, None, "", ())], "triangle")
    assert run is not None
    total = float(run.partners("A", "value")["exports"]["B"])
    assert (len(four), total) == (4, pytest.approx(sum(four), rel=1e-12))
    return total


@pytest.mark.parametrize("sent", [b"a share of 0.8090388 here", b"\x01\x02\x03" + struct.pack("<d", OWN) + b"\x04"])
def test_one_private_number_is_a_leak_as_text_or_as_eight_bytes_wherever_they_begin(rounds: list[Row], sent: bytes) -> None:
    """It is told where it stands and what is around it."""
    for early in (True, False):
        (line,) = search(rounds, sent, {"A": {"sectors": {"home_share": [0.5, OWN]}}, "B": {}}, early=early).leaks()
        assert f"0.8090388 (round 2 A.sectors.home_share.1) was sent to second {'before the debrief' if early else 'after it'}: 1 times" in line
        assert ("text at 11: b'a share of" in line) or ("eight bytes at 3: b'\\x01\\x02\\x03" in line)


def test_what_is_ones_own_or_short_is_no_leak(rounds: list[Row]) -> None:
    """The same number in one's own tables; a number of four digits is none to search for. A state that nobody plays has secrets too."""
    mine, sent = {"states": {"reserves": [OWN]}}, struct.pack("<d", OWN)
    assert search(rounds, sent, {"A": mine, "B": mine}).leaks() == []
    assert search(rounds, b"0.8091", {"A": {"states": {"reserves": [0.8091]}}}).leaks() == []
    assert len(search(rounds, sent, {"A": mine}).leaks()) == 1
    assert len(search(rounds, sent, {"C": mine}).leaks()) == 1


def test_what_waits_for_the_debrief_is_a_leak_before_it_and_none_after(rounds: list[Row]) -> None:
    """True trade: hidden while the books are closed, also where it is the private number of another seat."""
    sent, open_books = struct.pack("<d", OWN), {"trade": {"value": [OWN]}}
    for private in ({}, {"A": {"trade": {"value": [OWN]}}}):
        assert len(search(rounds, sent, private, open_books).leaks()) == 1
        assert search(rounds, sent, private, open_books, early=False).leaks() == []


def test_what_a_chart_of_public_numbers_shows_is_chance_and_its_neighbour_is_a_leak(rounds: list[Row]) -> None:
    """The sum of four public numbers, and the next number after it."""
    total = traded(rounds)
    sent = struct.pack("<d", total)
    found = search(rounds, sent, {"A": {"states": {"reserves": [total]}}})
    assert found.leaks() == []
    assert found.chance == {("second", total)}
    near = math.nextafter(total, 1e9)
    found = search(rounds, struct.pack("<d", near), {"A": {"states": {"reserves": [near]}}})
    assert len(found.leaks()) == 1
    assert found.chance == set()


def test_short_and_empty_messages_hold_what_they_hold() -> None:
    """Fewer than eight bytes hold no table; a sign and an exponent belong to a number."""
    assert numbers_in(b"") == set()
    assert numbers_in(b"-1.5e-3") == {-0.0015}
