"""The facts table as screens show it: targets with what was measured, what came out, and whose works the interval rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim import api


@dataclass(frozen=True)
class Line:
    """One number of a target. `simulated`, `error`, `seeds_low`, `seeds_high`, `jittered`, `ablated`, `seeds` are None where the table has none;
    `jittered` is the share of draws in which it stays within the interval with every free parameter moved by up to a fifth."""

    measures: str
    unit: str
    low: float
    high: float
    simulated: float | None
    error: float | None
    seeds_low: float | None
    seeds_high: float | None
    jittered: float | None
    ablated: float | None
    seeds: float | None
    strictness: str
    verdict: str

    @property
    def place(self) -> float | None:
        """Where the simulated value lies: 0 at the lower end of the interval, 1 at the upper; None without a value."""
        return self.scaled(self.simulated)

    def scaled(self, value: float | None) -> float | None:
        """A value on the scale of the interval."""
        return None if value is None or self.high <= self.low else (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Target:
    """A stylised fact: its numbers and the works behind it."""

    id: str
    name: str
    lines: tuple[Line, ...]
    works: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """miss if any number misses that must or should come out, else pass if any passes, else report."""
        found = {line.verdict for line in self.lines}
        return "miss" if "miss" in found else "pass" if "pass" in found else "report"


def read(rows: Sequence[Mapping[str, str]] | None = None) -> list[Target]:
    """The committed table; where there is none, the targets without simulated values."""
    table = api.last_facts() if rows is None else rows
    known = api.works()
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in table if table is not None else api.targets():
        found.setdefault(row["target"], []).append(row)
    targets = []
    for name, entries in found.items():
        cited = dict.fromkeys(known[fact] for entry in entries for fact in entry.get("facts", "").replace(" ", "").split(",") if fact in known)
        targets.append(Target(name, entries[0]["name"], tuple(_line(entry) for entry in entries), tuple(cited)))
    return targets


def counts(targets: Sequence[Target], strictness: str) -> tuple[int, int]:
    """How many numbers of this strictness come out, of how many."""
    lines = [line for target in targets for line in target.lines if line.strictness == strictness]
    return sum(line.verdict == "pass" for line in lines), len(lines)


def _line(row: Mapping[str, str]) -> Line:
    return Line(
        measures=row["measures"],
        unit=row["unit"],
        low=float(row["low"]),
        high=float(row["high"]),
        simulated=_maybe(row.get("simulated")),
        error=_maybe(row.get("error")),
        seeds_low=_maybe(row.get("seeds_low")),
        seeds_high=_maybe(row.get("seeds_high")),
        jittered=_maybe(row.get("jitter_share")),
        ablated=_maybe(row.get("ablated")),
        seeds=_maybe(row.get("seeds")),
        strictness=row["strictness"],
        verdict=row.get("verdict", ""),
    )


def _maybe(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
