"""Search what was sent to a seat for numbers that belong to another seat alone, and before the debrief for those that wait for it.

A number counts when it has enough digits and is neither in the public results nor in the seat's own private part. Charts add and subtract
public numbers of seven digits, and among thousands of such sums one meets a private number now and then: four quarters of recorded trade
between two states gave 0.8090388, and so did a third state's share of home goods. So a number that was met is looked for in the charts, drawn
here from the public results alone; what is found there came from what everybody knows. Everything else is a leak, be it a single number.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pyarrow

from ui.charts.chart import Picture
from ui.class_run import ClassRun, run_of
from ui.classroom.view import RoundSeen
from ui.pages.class_desk import CHARTS, class_chart
from ui.text import words

TINY = 1e-9
DIGITS = 5  # a number with fewer is no fingerprint
AROUND = 80  # bytes shown on either side of a leak
MOST_SHOWN = 3  # places of a number that are named
NUMBER = re.compile(rb"-?[0-9]+\.[0-9]+(?:e-?[0-9]+)?")
Path = tuple[str | int, ...]


class Result(Protocol):
    """A round's result, as it is stored."""

    digest: str
    public: dict[str, Any]
    private: dict[str, dict[str, Any]]
    debrief: dict[str, Any]


def fingerprints(tree: Any, at: Path = ()) -> Iterator[tuple[float, Path]]:
    """The numbers of a result that are long enough to be known again, and where they stand."""
    if isinstance(tree, dict):
        for name, each in tree.items():
            yield from fingerprints(each, (*at, name))
    elif isinstance(tree, list):
        for place, each in enumerate(tree):
            yield from fingerprints(each, (*at, place))
    elif isinstance(tree, float) and len(re.sub(r"e.*|[^0-9]", "", repr(tree)).strip("0")) >= DIGITS:
        yield tree, at


def numbers_in(heard: bytes) -> set[float]:
    """Every number that was sent, as text or as eight bytes of a table."""
    found = {float(text) for text in NUMBER.findall(heard)}
    for start in range(min(8, len(heard))):
        values = np.frombuffer(heard, dtype="<f8", offset=start, count=(len(heard) - start) // 8)
        found.update(values[(np.abs(values) > TINY) & (np.abs(values) < 1 / TINY)].tolist())
    return found


def places_of(number: float, heard: bytes) -> Iterator[str]:
    """Where a number stands in what was sent, whether as text or as eight bytes, and what is around it."""
    for found in NUMBER.finditer(heard):
        if float(found[0]) == number:
            yield f"text at {found.start()}: {heard[max(0, found.start() - AROUND) : found.end() + AROUND]!r}"
    raw = struct.pack("<d", number)
    at = heard.find(raw)
    while at >= 0:
        yield f"eight bytes at {at}: {heard[max(0, at - AROUND) : at + 8 + AROUND]!r}"
        at = heard.find(raw, at + 1)


@dataclass(frozen=True, eq=False)
class Search:
    """A class that was played: its results, the state of each seat, what was sent to each seat and to the projector, and how much of it before the debrief."""

    scenario: str
    results: Sequence[Result]
    states: Mapping[str, str]
    heard: Mapping[str, bytes]
    closed: Mapping[str, int]  # bytes sent while the books were closed
    chance: set[tuple[str, float]] = field(default_factory=set)  # who met a hidden number in a chart of public ones

    def leaks(self) -> list[str]:
        """A line for each number that was sent to somebody who should not have it."""
        found = []
        for label, heard in self.heard.items():
            known = self._public | self._private.get(self.states.get(label, ""), set())
            hidden = set().union(*self._private.values())
            early = numbers_in(heard[: self.closed[label]]) & ((hidden | self._debrief) - known)
            for number in sorted(early | (numbers_in(heard) & (hidden - known - self._debrief))):
                if number in self._in_charts:
                    self.chance.add((label, number))
                else:
                    found.append(self._told(number, label, "before the debrief" if number in early else "after it"))
        return found

    def _told(self, number: float, label: str, when: str) -> str:
        where = [
            f"round {place + 1} {'.'.join(map(str, at))}"
            for place, row in enumerate(self.results)
            for value, at in fingerprints({**row.private, "debrief": row.debrief})
            if value == number
        ]
        lines = list(places_of(number, self.heard[label]))
        return f"{number!r} ({'; '.join(where[:MOST_SHOWN])}) was sent to {label} {when}: {len(lines)} times, {' '.join(lines[:MOST_SHOWN])}"

    @cached_property
    def _public(self) -> set[float]:
        return {number for row in self.results for number, _ in fingerprints(row.public)}

    @cached_property
    def _debrief(self) -> set[float]:
        return {number for row in self.results for number, _ in fingerprints(row.debrief)}

    @cached_property
    def _private(self) -> dict[str, set[float]]:
        """By state, also of states that nobody plays."""
        found: dict[str, set[float]] = {}
        for row in self.results:
            for state, part in row.private.items():
                found.setdefault(state, set()).update(number for number, _ in fingerprints(part))
        return found

    @cached_property
    def _in_charts(self) -> set[float]:
        """The numbers of every chart that any seat sees after any round, drawn from the public results and nothing else."""
        found: set[float] = set()
        seen = [RoundSeen(place + 1, row.digest, row.public, {}, {}, None, "", ()) for place, row in enumerate(self.results)]
        run: ClassRun | None = None
        for upto in range(1, len(seen) + 1):
            run = run_of(seen[:upto], self.scenario, run)
            if run is not None:
                for state in run.ids:
                    for name in CHARTS:
                        found |= numbers_of(class_chart(name, run, state, words()))
        return found


def numbers_of(picture: Picture) -> set[float]:
    """The numbers of a chart as it is sent: of the drawing, of its data and of the table below it."""
    parts: list[Any] = [picture.arrow.to_pydict()]
    for spec in picture.packed:
        parts += [{**spec, "datasets": {}}, *(pyarrow.ipc.open_stream(data).read_all().to_pydict() for data in spec["datasets"].values())]
    return {number for number, _ in fingerprints(parts)}
