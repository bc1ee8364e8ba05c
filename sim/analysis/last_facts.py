"""The facts table that was committed last, and the works behind the facts' ids.

The table is what `sanctions-lab facts --out DIR` writes (`facts.csv`), kept beside the targets. Where there is none yet, `last_facts` is None:
the screens then show the targets alone.
"""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).with_name("facts")
TARGETS, WORKS = FOLDER / "targets.csv", Path(__file__).with_name("works.csv")
NEEDED = {"target", "name", "statistic", "measures", "unit", "low", "high", "simulated", "strictness", "verdict"}

Row = dict[str, str]


def last_facts() -> list[Row] | None:
    """Rows of the committed table, or None where there is no table yet. Of several that with most seeds."""
    found = [rows for rows in map(_rows, sorted(FOLDER.glob("*.csv"))) if rows and set(rows[0]) >= NEEDED]
    return max(found, key=lambda rows: int(rows[0].get("seeds") or 0), default=None)


def targets() -> list[Row]:
    """What should come out, with the table's column names: intervals, signs and strictness, without simulated values."""
    renamed = {"id": "target", "key": "statistic", "label": "measures"}
    return [{renamed.get(name, name): value for name, value in row.items()} for row in _rows(TARGETS)]


def works() -> dict[str, str]:
    """The work behind each fact's id: author, year, title or journal, DOI where there is one."""
    return {row["fact"]: row["work"] for row in _rows(WORKS)}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
