"""Rows of numbers on disk, one for each run, filled in any order and safe against a kill at any moment.

A row counts once its byte in `done` is set, which happens after the row itself was written; what a killed writer left half written is
written again. Memory does not grow with the number of rows: they are read column block by column block.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 4_000_000  # numbers read at once
FAILED, FINISHED = 2, 1


class Rows:
    """`rows` rows of `width` numbers in a folder, with a note (JSON) for each row that has one."""

    def __init__(self, folder: Path, rows: int, width: int) -> None:
        self.rows, self.width = rows, width
        self._file = _array(folder / "values.f64", np.float64, rows * width)
        self._values = self._file.reshape(rows, width)
        self._done = _array(folder / "done.u8", np.uint8, rows)
        self._notes_file = folder / "notes.jsonl"
        self._notes = self._notes_file.open("a", encoding="utf-8")
        self._notes.write("\n")  # ends a line that a kill cut short

    def close(self) -> None:
        """Write everything out and let go of the files."""
        self._notes.close()
        for part in (self._file, self._done):
            part.flush()

    def missing(self) -> list[int]:
        """Rows that are not there yet, in order."""
        return [int(row) for row in np.flatnonzero(self._done == 0)]

    def failed(self) -> list[int]:
        """Rows that stand for a failure, in order; their numbers are blank."""
        return [int(row) for row in np.flatnonzero(self._done == FAILED)]

    def put(self, row: int, values: NDArray[np.float64] | None, note: Mapping[str, Any]) -> None:
        """Fill a row; None marks a failure, which the note explains."""
        self._values[row] = np.nan if values is None else values
        self._notes.write(json.dumps({"row": row, **note}, sort_keys=True) + "\n")
        self._notes.flush()
        self._done[row] = FINISHED if values is not None else FAILED

    def notes(self) -> dict[int, dict[str, Any]]:
        """The note of every finished row, by row."""
        self._notes.flush()
        found: dict[int, dict[str, Any]] = {}
        for line in self._notes_file.read_text(encoding="utf-8").splitlines():
            try:
                note = json.loads(line) if line else None
            except json.JSONDecodeError:  # a line that a kill cut short; its row was not done, so it was written again
                continue
            if note is not None and self._done[note["row"]]:
                found[note.pop("row")] = note
        return dict(sorted(found.items()))

    def blocks(self) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """Finished rows by blocks of columns: the columns, and their numbers `(row, column)`."""
        rows = np.flatnonzero(self._done == FINISHED)
        wide = max(1, BLOCK // max(self.rows, 1))
        for first in range(0, self.width, wide):
            part = slice(first, min(first + wide, self.width))
            yield part, np.asarray(self._values[:, part])[rows]


def _array(place: Path, kind: Any, size: int) -> np.memmap[Any, Any]:
    """A numbers file of the given size, zero where nothing was written yet."""
    wanted = size * np.dtype(kind).itemsize
    if not place.exists() or place.stat().st_size != wanted:
        with place.open("wb") as file:
            file.truncate(wanted)
    return np.memmap(place, dtype=kind, mode="r+", shape=(size,))
