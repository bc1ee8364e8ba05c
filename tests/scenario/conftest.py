"""A small valid scenario, and a way to write it with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = """\
format = 1
id = "small"
title = "Small"
question = "Who pays?"
quarters = 8

[world]
flows = "flows.csv"

[[state]]
id = "NORTH"

[[state]]
id = "SOUTH"
gini = 45.0

[[sector]]
id = "grain"
kind = "food"

[[sector]]
id = "goods"

[[timetable]]
quarter = 2
state = "NORTH"
lever = "import_ban"
target = "SOUTH"
sector = "grain"
value = 0.5
"""
FLOWS = """\
exporter,importer,sector,value
NORTH,NORTH,grain,60
NORTH,SOUTH,grain,40
SOUTH,NORTH,grain,30
SOUTH,SOUTH,grain,70
NORTH,NORTH,goods,50
SOUTH,SOUTH,goods,50
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write `small.toml` with `old` replaced by `new` or text added at the end, and tables beside it; return its path."""

    def _write(old: str = "", new: str = "", add: str = "", **tables: str) -> Path:
        assert old in SMALL
        text = SMALL.replace(old, new, 1) if old else SMALL
        for name, table in {"flows": FLOWS, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
        path = tmp_path / "small.toml"
        path.write_text(text + add, encoding="utf-8")
        return path

    return _write
