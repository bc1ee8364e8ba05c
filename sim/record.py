"""The record of a run: numbers, events and decisions, kept as they come and made into tables when asked.

Number tables are kept as one array per column and quarter and flattened only at the end; event-like tables are rows.
Writing is deterministic: fixed column order, fixed row order, twelve significant digits.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from sim.government.choice import Choice

FLOAT_FORMAT = "%.12g"
ARRAY_TABLES = ("states", "households", "trade", "sectors")


class Record:
    """Everything a run wrote down, by table.

    `labels` names the axes of the array tables: for "states" the state ids, for "trade" exporter, importer and sector
    ids, and so on, in the order of the table's label columns.
    """

    def __init__(self, labels: Mapping[str, Mapping[str, Sequence[str | int]]]) -> None:
        self._labels = labels
        self._numbers: dict[str, list[tuple[int, dict[str, NDArray[np.float64]]]]] = {name: [] for name in ARRAY_TABLES}
        self.choices: list[Choice] = []
        self._told = 0  # choices that have been written into the table of decisions
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES if name not in ARRAY_TABLES}

    def numbers(self, table: str, quarter: int, columns: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep one quarter of an array table; each array has the shape of the table's labels, in their order."""
        self._numbers[table].append((quarter, dict(columns)))

    def row(self, table: str, *values: Any) -> None:
        """Add one row to an event-like table, values in the order of its columns."""
        if len(values) != len(TABLES[table]):
            raise ValueError(f"a row of '{table}' has {len(TABLES[table])} values, got {len(values)}")
        self._rows[table].append(values)

    def choice(self, choice: Choice) -> None:
        """Keep a government's choice, with all its options and terms."""
        self.choices.append(choice)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Rows of an event-like table so far."""
        if table == "decisions":  # many rows for each choice, and few ask for them
            for choice in self.choices[self._told :]:
                self._rows[table].extend(choice.rows())
            self._told = len(self.choices)
        return self._rows[table]

    def series(self, table: str, column: str) -> NDArray[np.float64]:
        """One column of an array table with the quarter as its first axis."""
        return np.stack([columns[column] for _, columns in self._numbers[table]])

    def has(self, table: str, column: str) -> bool:
        """Whether a column of an array table was kept in every quarter so far."""
        return bool(self._numbers[table]) and all(column in columns for _, columns in self._numbers[table])

    def before(self, quarter: int) -> Record:
        """A record of the same run that ends before `quarter`; the kept numbers are shared, not copied."""
        earlier = Record(self._labels)
        earlier._numbers = {name: [kept for kept in parts if kept[0] < quarter] for name, parts in self._numbers.items()}
        earlier._rows = {name: [row for row in self.rows(name) if row[0] < quarter] for name in self._rows}
        earlier.choices = [choice for choice in self.choices if choice.quarter < quarter]
        earlier._told = len(earlier.choices)
        return earlier

    def forget(self) -> None:
        """Drop everything written so far: for who has taken what is needed and plays on for long."""
        self._numbers = {name: [] for name in self._numbers}
        self._rows = {name: [] for name in self._rows}
        self.choices, self._told = [], 0

    def table(self, name: str) -> pd.DataFrame:
        """One table as a data frame with the columns of the contract, rows by quarter and then by label."""
        import pandas as pd

        columns = [column.name for column in TABLES[name]]
        if name not in ARRAY_TABLES:
            return pd.DataFrame(self.rows(name), columns=columns)
        labels = self._labels[name]
        shape = tuple(len(values) for values in labels.values())
        cells = int(np.prod(shape))
        quarters = [quarter for quarter, _ in self._numbers[name]]
        frame: dict[str, Any] = {"quarter": np.repeat(np.array(quarters, dtype=np.int64), cells)}
        for axis, (label, values) in enumerate(labels.items()):
            inner = int(np.prod(shape[axis + 1 :]))
            outer = int(np.prod(shape[:axis])) * len(quarters)
            frame[label] = np.tile(np.repeat(np.array(values, dtype=object), inner), outer)
        for column in columns[1 + len(labels) :]:
            parts = [kept.get(column) for _, kept in self._numbers[name]]
            frame[column] = np.concatenate(
                [np.full(cells, np.nan) if part is None else np.broadcast_to(part, shape).ravel() for part in parts]
                or [np.empty(0)]
            )
        data = pd.DataFrame(frame, columns=columns)
        if name == "trade":
            traded = (data["true_value"] != 0) | (data["recorded_value"] != 0)
            data = data[traded].reset_index(drop=True)
        return data

    def csv(self, name: str) -> str:
        """The table as CSV text, the same bytes for the same run."""
        buffer = io.StringIO()
        self.table(name).to_csv(buffer, index=False, float_format=FLOAT_FORMAT, lineterminator="\n")
        return buffer.getvalue()


def digest(text: str) -> str:
    """SHA-256 of a table's CSV text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write_tables(record: Record, folder: Path) -> dict[str, str]:
    """Write every table and the codebook into `folder`; return the digest of each table."""
    digests = {}
    for name in TABLES:
        text = record.csv(name)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
        digests[name] = digest(text)
    lines = ["table,column,unit,meaning"]
    lines += [f'{table},{column.name},"{column.unit}","{column.means}"' for table, columns in TABLES.items() for column in columns]
    (folder / "columns.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return digests
