"""Two runs under the same luck: where they differ, and which decisions made the difference.

With the same scenario, seed and theory, streams of luck are the same, so the difference `b - a` is owed to decisions alone. Decisions that
differ are grouped into *changes*: all orders of one state about one lever, target and sector, however often it was moved or withdrawn.

Attribution. The change `k` is worth `first_k = run(a with k) - a` when it comes first and `last_k = b - run(b without k)` when it comes last. The
two differ where measures work through each other (two bans on the same goods; a measure that provokes an answer). Reported are both and their
mean; the *remainder* is the whole difference less the sum of the means. With one change first and last are the whole difference and the
remainder is exactly zero. Averages over all orders (Shapley) would leave none, at the price of 2**n runs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.analysis import version
from sim.analysis.runs import Run, branch, run
from sim.output import atomic_folder
from sim.refusals import Refusal
from sim.scenario.decisions import Decision
from sim.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = tuple(column.name for column in TABLES["states"][2:])
MOST_CHANGES = 16
FORMAT = "%.12g"


@dataclass(frozen=True)
class Changed:
    """Orders of one state about one lever, target and sector that only one of two runs has."""

    state: str
    lever: str
    target: str
    sector: str
    only_a: tuple[Decision, ...]
    only_b: tuple[Decision, ...]

    @property
    def quarter(self) -> int:
        """The first quarter in which the runs are ordered different things."""
        return min(order.quarter for order in (*self.only_a, *self.only_b))

    @property
    def text(self) -> str:
        """The change in words, such as `ARDEN import_ban on CORVANE (energy): 1 from quarter 4 -> 0.5 from quarter 4`."""
        about = f" on {self.target}" if self.target else ""
        where = f" ({self.sector})" if self.sector not in ("", "*") else ""
        return f"{self.state} {self.lever}{about}{where}: {_orders(self.only_a)} -> {_orders(self.only_b)}"


@dataclass(frozen=True, eq=False)
class Comparison:
    """Run `b` against run `a`. Tables are tidy data frames."""

    a: Run
    b: Run
    changes: tuple[Changed, ...]

    @property
    def since(self) -> int:
        """The first quarter in which decisions differ; the number of quarters when none do."""
        return min((change.quarter for change in self.changes), default=self.a.quarters)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Columns quarter, state, outcome, a, b, difference, percent (blank where a is zero): one row for each cell of both runs."""
        import pandas as pd

        parts = []
        for outcome in OUTCOMES:
            first, second = self.a.states, self.b.states
            part = first[["quarter", "state"]].copy()
            part["outcome"] = outcome
            part["a"], part["b"] = first[outcome].to_numpy(float), second[outcome].to_numpy(float)
            parts.append(part)
        table = pd.concat(parts, ignore_index=True)
        table["difference"] = table["b"] - table["a"]
        table["percent"] = 100.0 * table["difference"] / table["a"].where(table["a"] != 0)
        return table.dropna(subset=["a", "b"]).reset_index(drop=True)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Columns state, outcome, a, b, difference, percent: means over the quarters since decisions differ."""
        table = self.differences
        late = table[table["quarter"] >= self.since]
        means = late.groupby(["state", "outcome"], sort=False)[["a", "b", "difference"]].mean().reset_index()
        means["percent"] = 100.0 * means["difference"] / means["a"].where(means["a"] != 0)
        return means

    @cached_property
    def attribution(self) -> pd.DataFrame:
        """Columns change, state, outcome, first, last, mean: what each change is worth, then `remainder` and `whole difference`.

        Values are means over the quarters since decisions differ. Raises `Refusal` when there are too many changes.
        """
        import pandas as pd

        if len(self.changes) > MOST_CHANGES:
            raise Refusal(f"compare: {len(self.changes)} changes are too many to try one at a time; allowed are {MOST_CHANGES}.")
        base, end = self._means(self.a), self._means(self.b)
        parts, total = [], np.zeros_like(base)
        for change in self.changes:
            if len(self.changes) == 1:
                first = last = end - base
            else:
                first = self._means(_replayed(self.a, change.only_a, change.only_b)) - base
                last = end - self._means(_replayed(self.b, change.only_b, change.only_a))
            total += (first + last) / 2.0
            parts.append(self._rows(change.text, first, last, (first + last) / 2.0))
        blank = np.full_like(base, np.nan)
        parts.append(self._rows("remainder", blank, blank, end - base - total))
        parts.append(self._rows("whole difference", blank, blank, end - base))
        table = pd.concat(parts, ignore_index=True)
        return table[~table["mean"].isna()].reset_index(drop=True)

    def save(self, folder: str | Path, force: bool = False) -> None:
        """Write differences, summary, attribution and both runs into a new or empty folder, all or nothing."""
        with atomic_folder(Path(folder), force) as place:
            tables = {"differences": self.differences, "summary": self.summary, "attribution": self.attribution}
            for name, table in tables.items():
                text = table.to_csv(index=False, float_format=FORMAT, lineterminator="\n")
                (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
            about = {
                "format": 1,
                "versions": version.versions(),
                "scenario": self.a.setting.source,
                "scenario_hash": self.a.setting.digest,
                "seed": self.a.seed,
                "quarters": self.a.quarters,
                "theory": self.a.theory,
                "since": self.since,
                "changes": [change.text for change in self.changes],
            }
            (place / "compare.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
            self.a.save(place / "a")
            self.b.save(place / "b")

    def _means(self, played: Run) -> NDArray[np.float64]:
        """Means `(outcome, state)` over the quarters since decisions differ; nan where a run has no such number."""
        since = min(self.since, played.quarters - 1)
        states = len(played.setting.states)
        table = played.states
        values = table.loc[table["quarter"] >= since, list(OUTCOMES)].to_numpy(float)
        return np.asarray(values.reshape(-1, states, len(OUTCOMES)).mean(axis=0).T)

    def _rows(self, label: str, *columns: NDArray[np.float64]) -> pd.DataFrame:
        import pandas as pd

        ids = self.a.setting.state_ids
        frame = pd.DataFrame(
            {
                "change": label,
                "state": np.tile(np.array(ids, dtype=object), len(OUTCOMES)),
                "outcome": np.repeat(np.array(OUTCOMES, dtype=object), len(ids)),
            }
        )
        for name, values in zip(("first", "last", "mean"), columns, strict=True):
            frame[name] = values.ravel()
        return frame


def compare(a: Run, b: Run) -> Comparison:
    """Compare two runs that share scenario, seed, length, theory, parameters and who decides.

    Raises `Refusal` when they do not, or when the decisions of one came from a function.
    """
    for what, one, other in (
        ("scenario", a.setting.digest, b.setting.digest),
        ("seed", a.seed, b.seed),
        ("number of quarters", a.quarters, b.quarters),
        ("theory", a.theory, b.theory),
        ("parameters", dict(a.parameters), dict(b.parameters)),
        ("use of the scenario's timetable", a.timetable, b.timetable),
        ("governments", (a.governments, tuple(a.played)), (b.governments, tuple(b.played))),
    ):
        if one != other:
            raise Refusal(f"compare: the two runs differ in their {what}; only their decisions may differ.")
    if a.decisions is None or b.decisions is None:
        raise Refusal("compare: decisions that came from a function cannot be compared; give them as lists.")
    return Comparison(a, b, tuple(_changes(a.decisions, b.decisions)))


def _changes(first: Sequence[Decision], second: Sequence[Decision]) -> list[Changed]:
    only_a, only_b = _missing(first, second), _missing(second, first)
    keys: dict[tuple[str, str, str, str], None] = {}
    for order in (*only_a, *only_b):
        keys[_key(order)] = None
    found = [
        Changed(*key, tuple(order for order in only_a if _key(order) == key), tuple(order for order in only_b if _key(order) == key))
        for key in keys
    ]
    return sorted(found, key=lambda change: (change.quarter, change.state, change.lever, change.target, change.sector))


def _key(order: Decision) -> tuple[str, str, str, str]:
    return order.state, order.lever, order.target, order.sector


def _cells(order: Decision) -> tuple[tuple[str, str], ...]:
    return tuple(order.as_row().items())


def _missing(orders: Iterable[Decision], others: Iterable[Decision]) -> list[Decision]:
    """Orders that the others do not have, counted as often as they are missing."""
    left = Counter(_cells(order) for order in others)
    missing = []
    for order in orders:
        if left[_cells(order)] > 0:
            left[_cells(order)] -= 1
        else:
            missing.append(order)
    return missing


def _replayed(played: Run, without: Sequence[Decision], with_: Sequence[Decision]) -> Run:
    """The run again with some of its decisions replaced, from a snapshot where it kept one."""
    assert played.decisions is not None
    gone = Counter(_cells(order) for order in without)
    orders = []
    for order in played.decisions:
        if gone[_cells(order)] > 0:
            gone[_cells(order)] -= 1
        else:
            orders.append(order)
    orders = sorted([*orders, *with_], key=lambda order: order.quarter)
    start = min(order.quarter for order in (*without, *with_))
    if start >= played.quarters:
        return played
    if len(played.snapshots) > start:
        return branch(played, start, [order for order in orders if order.quarter >= start])
    return run(
        played.setting, played.seed, orders, played.quarters, played.theory, played.parameters, played.timetable, played.governments,
        played.played, keep_snapshots=False,
    )


def _orders(orders: Sequence[Decision]) -> str:
    if not orders:
        return "nothing"
    return ", ".join(
        f"{'withdrawn' if order.value is None else f'{order.value:g}'} in quarter {order.quarter}"
        + (f" with {';'.join(f'{name}={text}' for name, text in order.options.items())}" if order.options else "")
        for order in orders
    )
