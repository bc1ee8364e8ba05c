"""CSV tables that come from outside: read carefully, refused with `file:line`.

Every number is checked for being one; sizes are checked before anything is read; a table named in a scenario file must
lie in the scenario's own folder or below.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from sim.refusals import Refusal, nearest

MEGABYTE = 1_000_000
TABLE_LIMIT = 20 * MEGABYTE
DECISIONS_LIMIT = 2 * MEGABYTE
LONGEST_CELL = 2000


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells by column, and `file:line` for messages."""

    cells: dict[str, str]
    where: str


def read_text(path: Path, limit: int) -> str:
    """The text of a regular file, or a refusal: missing, larger than `limit` bytes, or not UTF-8."""
    if not path.is_file():
        raise Refusal(f"{path}: there is no such file.")
    size = path.stat().st_size
    if size > limit:
        raise Refusal(f"{path}: the file has {size / MEGABYTE:.1f} MB; allowed are {limit / MEGABYTE:g} MB.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refusal(f"{path}: byte {problem.start} is not UTF-8 text; save the file as UTF-8.") from None
    if "\x00" in text:
        raise Refusal(f"{path}: the file holds a zero byte, so it is not text; save it as UTF-8 text.")
    return text


def read_rows(path: Path, required: Sequence[str], optional: Sequence[str], limit: int = TABLE_LIMIT, *, others: bool = False) -> list[Row]:
    """Read a CSV table with a header. Unknown columns are refused unless `others` is true (then they are left out)."""
    known = [*required, *optional]
    reader = csv.reader(io.StringIO(read_text(path, limit)), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, known, required, where, others)
                continue
            if len(cells) != len(header):
                raise Refusal(f"{where}: the row has {len(cells)} cells; the header names {len(header)} columns.")
            if max(map(len, cells)) > LONGEST_CELL:
                raise Refusal(f"{where}: a cell is longer than {LONGEST_CELL} characters.")
            rows.append(Row({name: cell.strip() for name, cell in zip(header, cells, strict=True) if name in known}, where))
    except csv.Error as problem:
        raise Refusal(f"{path}:{reader.line_num}: the table cannot be read ({problem}).") from None
    if header is None:
        raise Refusal(f"{path}: the table is empty; its first line names the columns {', '.join(required)}.")
    return rows


def _header(cells: Sequence[str], known: Sequence[str], required: Sequence[str], where: str, others: bool) -> list[str]:
    header = [cell.strip() for cell in cells]
    for name in header:
        if name not in known and not others:
            raise Refusal(f"{where}: there is no column '{name[:60]}'; allowed are {', '.join(known)}.{nearest(name[:60], known)}")
        if header.count(name) > 1:
            raise Refusal(f"{where}: column '{name[:60]}' is named twice.")
    missing = [name for name in required if name not in header]
    if missing:
        raise Refusal(f"{where}: column '{missing[0]}' is missing; the table needs {', '.join(required)}.{nearest(missing[0], header)}")
    return header


def number_in(text: str, where: str, low: float, high: float) -> float:
    """The number that `text` writes, refused when it is none, not finite, or outside `low` to `high`."""
    try:
        number = float(text)
    except ValueError:
        raise Refusal(f"{where} is '{text[:60]}', which is not a number; allowed is {low:g} to {high:g}.") from None
    if not low <= number <= high:  # so is nan
        raise Refusal(f"{where} is {number:g}; allowed is {low:g} to {high:g}.")
    return number


def whole_number_in(text: str, where: str, low: int, high: int) -> int:
    """The whole number that `text` writes, refused when it is none or outside `low` to `high`."""
    number = number_in(text, where, low, high)
    if number != int(number):
        raise Refusal(f"{where} is {number:g}, which is not a whole number; allowed is {low} to {high}.")
    return int(number)


def beside(folder: Path, name: str, where: str) -> Path:
    """The file `name` in `folder` or below. Refuses absolute names, names with `..`, and links that lead outside."""
    windows = PureWindowsPath(name)
    if PurePosixPath(name).is_absolute() or windows.is_absolute() or windows.drive or ".." in windows.parts or not windows.parts:
        raise Refusal(f"{where}: '{name[:80]}' leads out of the scenario's folder; name a file in it, such as \"flows.csv\".")
    path = folder.joinpath(*windows.parts)
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise Refusal(f"{where}: '{name[:80]}' is a link that leads out of the scenario's folder; put the file itself there.")
    if not path.is_file():
        raise Refusal(f"{where}: there is no file '{name[:80]}' beside the scenario (looked in {folder.name}/).")
    return path
