"""A target: what is measured in which experiment, what interval it should lie in, and what switches its mechanism off.

Intervals, signs and strictness are data (`targets.csv`, taken from the sources it names); no rule of the model reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Record = Mapping[str, Any]  # what one seed of an experiment yields: numbers and lists, JSON-able
Experiment = Callable[[int, Mapping[str, float]], Record]
Strictness = Literal["MUST", "SHOULD", "INFORM"]
TABLE = Path(__file__).with_name("targets.csv")
NOT_FELT: Mapping[str, float] = {  # an ablation: a target's government does not count what its people and its elite lose
    f"{group}_weight_{regime}": 0.0 for group in ("public", "elite") for regime in ("democracy", "autocracy")
}


@dataclass(frozen=True)
class Statistic:
    """One number of a target: its interval, its right sign (-1, 1, or 0 where either will do) and how strictly it is meant."""

    target: str
    key: str
    label: str
    unit: str
    low: float
    high: float
    sign: int
    strictness: Strictness
    facts: str
    name: str  # of the target


@dataclass(frozen=True)
class Fact:
    """How a target is tested.

    `experiment` is a key of `EXPERIMENTS`. `pooled` turns the records of many seeds into the target's statistics; None takes the mean
    over seeds of the numbers of the same names. `ablation` sets the parameters of the mechanism to their neutral values, whereupon
    at least one of `fails` must leave its interval. `why` says in words which mechanism that is.
    """

    id: str
    experiment: str
    ablation: Mapping[str, float]
    fails: tuple[str, ...]
    why: str
    pooled: Callable[[Sequence[Record]], Mapping[str, float]] | None = None


@cache
def statistics() -> Mapping[str, tuple[Statistic, ...]]:
    """The statistics of every target, from the table beside this file."""
    found: dict[str, list[Statistic]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            strictness: Any = row["strictness"]
            found.setdefault(row["id"], []).append(
                Statistic(
                    row["id"], row["key"], row["label"], row["unit"], float(row["low"]), float(row["high"]), int(row["sign"]),
                    strictness, row["facts"], row["name"],
                )
            )
    return {name: tuple(rows) for name, rows in found.items()}
