"""What differs between two scenarios, entry by entry and key by key, for a reader who knows one of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.scenario import Scenario

HEAD = ("title", "question", "kind", "start", "quarters", "theory")
TEXT = ("briefing", "minutes", "min_seats", "max_seats", "quarters_per_round", "objectives", "content_note", "leaves_out", "debrief_questions")
TABLES = ("states", "sectors", "organisations", "ties", "disputes", "agreements", "resolutions", "roles", "measures", "timetable", "injects")
SAME = 1e-9


@dataclass(frozen=True)
class Difference:
    """`table` is a table of the scenario ("" for the head), `entry` which one of it; `before` and `after` are texts ("" where there is none)."""

    kind: Literal["changed", "added", "removed"]
    table: str
    entry: str
    key: str = ""
    before: str = ""
    after: str = ""


def differences(old: Scenario, new: Scenario) -> list[Difference]:
    """Everything that differs from `old` to `new`; the expectations and the sources are left out."""
    found = _keys("", "", {name: getattr(old, name) for name in HEAD}, {name: getattr(new, name) for name in HEAD})
    found += _keys("teaching", "", {name: getattr(old.text, name) for name in TEXT}, {name: getattr(new.text, name) for name in TEXT})
    for name in TABLES:
        found += _table(name, getattr(old, name), getattr(new, name))
    found += _keys("parameters", "", dict(old.parameters), dict(new.parameters))
    found += _flows(old, new)
    return found


def _table(name: str, old: Sequence[Any], new: Sequence[Any]) -> list[Difference]:
    before, after = _named(old), _named(new)
    found = [Difference("removed", name, entry) for entry in before if entry not in after]
    found += [Difference("added", name, entry) for entry in after if entry not in before]
    for entry, one in before.items():
        if entry in after:
            found += _keys(name, entry, _as_dict(one), _as_dict(after[entry]))
    return found


def _named(entries: Sequence[Any]) -> dict[str, Any]:
    """Entries by what tells them apart: an id, or what they are about; a number where that is not enough."""
    found: dict[str, Any] = {}
    for entry in entries:
        base = _name(entry)
        name, number = base, 2
        while name in found:
            name, number = f"{base} ({number})", number + 1
        found[name] = entry
    return found


def _name(entry: Any) -> str:
    for keys in (("id",), ("quarter", "state", "lever", "target", "sector"), ("a", "b"), ("quarter", "text")):
        if all(hasattr(entry, key) for key in keys):
            return " ".join(str(getattr(entry, key)) for key in keys if getattr(entry, key) != "")[:80]
    return str(entry)[:80]


def _as_dict(entry: Any) -> dict[str, Any]:
    return {part.name: getattr(entry, part.name) for part in dataclasses.fields(entry) if part.name != "id"}


def _keys(table: str, entry: str, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            found.append(Difference("changed", table, entry, key, _text(old), _text(new)))
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | list):
        return "; ".join(_text(part) for part in value)
    if isinstance(value, dict) or hasattr(value, "items"):
        return ", ".join(f"{key} {_text(part)}" for key, part in value.items())
    return str(value)


def _flows(old: Scenario, new: Scenario) -> list[Difference]:
    """One line for the base flows of states and sectors that both have."""
    if old.state_ids == new.state_ids and old.sector_ids == new.sector_ids:
        gap = float(np.abs(new.flows - old.flows).sum())
        if gap <= SAME * float(old.flows.sum()):
            return []
    before, after = (f"{float(one.flows.sum()):,.1f}" for one in (old, new))
    return [Difference("changed", "flows", "", "total", before, after)]
