"""What a debrief is made of: panels of finished words, tables and pictures, the same for screen, file and paper.

Texts are plain: whoever shows them makes them safe for where they stand (Markdown, HTML, PDF). Pictures are Vega-Lite specifications
with their numbers inside, so that nothing has to be fetched to draw them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """A small table, every cell in words. The first column says what the row is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart: its panels from top to bottom, and in one sentence what they show."""

    specs: tuple[dict[str, Any], ...]
    says: str


@dataclass(frozen=True)
class Step:
    """A turning point: `when`, what `kind` it is in a few words, what happened, and `why` where that is on record."""

    when: str
    kind: str
    text: str
    why: str = ""


@dataclass(frozen=True)
class Panel:
    """One part of the debrief under a heading; shown in the order of the fields."""

    key: str
    heading: str
    text: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not (self.text or self.steps or self.pictures or self.tables or self.points)


@dataclass(frozen=True)
class Debrief:
    """A whole debrief. `about` is one line on what was played."""

    title: str
    question: str
    about: str
    language: str
    panels: tuple[Panel, ...]


def as_data(panel: Panel) -> dict[str, Any]:
    """A panel as plain data, ready for JSON."""
    return asdict(panel)


def from_data(raw: Mapping[str, Any]) -> Panel:
    """A panel from plain data that `as_data` made."""
    return Panel(
        key=raw["key"],
        heading=raw["heading"],
        text=tuple(raw["text"]),
        steps=tuple(Step(**step) for step in raw["steps"]),
        pictures=tuple(Picture(tuple(picture["specs"]), picture["says"]) for picture in raw["pictures"]),
        tables=tuple(Table(tuple(table["columns"]), tuple(tuple(row) for row in table["rows"])) for table in raw["tables"]),
        points=tuple(raw["points"]),
        note=raw["note"],
    )
