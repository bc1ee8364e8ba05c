"""Decisions: who uses which lever on whom, when and how strongly; and the CSV file they are kept in.

Columns `quarter,state,lever,target,sector,value,options`. A blank value withdraws the measure; `options` holds
`key=value;key=value`. A scenario's timetable uses the same fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sim.refusals import Refusal, nearest
from sim.scenario.csv_files import DECISIONS_LIMIT, number_in, read_rows, whole_number_in

COLUMNS = ("quarter", "state", "lever", "target", "sector", "value", "options")
REQUIRED = ("quarter", "state", "lever")
LAST_QUARTER = 4000
LARGEST_VALUE = 1e9


class LeverLike(Protocol):
    """What a decision file needs to know of a lever: how to check a value and the options."""

    @property
    def value(self) -> Any:
        """The lever's main number, with a method `read(raw, where)` that refuses what is out of range."""

    def read_options(self, raw: Mapping[str, str], where: str) -> Any:
        """Refuse unknown options and values out of range."""


@dataclass(frozen=True)
class Decision:
    """One order of one state. `target` and `sector` may be "" (none) or "*" (all); `value` None withdraws the measure."""

    quarter: int
    state: str
    lever: str
    target: str = ""
    sector: str = ""
    value: float | None = None
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

    def as_row(self) -> dict[str, str]:
        """The decision as the cells of its CSV row, from which `from_row` makes an equal decision."""
        return {
            "quarter": str(self.quarter),
            "state": self.state,
            "lever": self.lever,
            "target": self.target,
            "sector": self.sector,
            "value": "" if self.value is None else repr(float(self.value)),
            "options": ";".join(f"{name}={text}" for name, text in self.options.items()),
        }

    @staticmethod
    def from_row(row: Mapping[str, str], where: str) -> Decision:
        """Read a decision from the cells of a CSV row; raises `Refusal` that starts with `where`."""
        unknown = [name for name in row if name not in COLUMNS]
        if unknown:
            raise Refusal(f"{where}: there is no column '{unknown[0]}'; allowed are {', '.join(COLUMNS)}.{nearest(unknown[0], COLUMNS)}")
        cells = {name: str(row.get(name, "")).strip() for name in COLUMNS}
        for name in REQUIRED:
            if not cells[name]:
                raise Refusal(f"{where}: '{name}' is blank; every decision needs {', '.join(REQUIRED)}.")
        return Decision(
            quarter=whole_number_in(cells["quarter"], f"{where}: quarter", 0, LAST_QUARTER),
            state=cells["state"],
            lever=cells["lever"],
            target=cells["target"],
            sector=cells["sector"],
            value=number_in(cells["value"], f"{where}: value", -LARGEST_VALUE, LARGEST_VALUE) if cells["value"] else None,
            options=options_from(cells["options"], where),
        )


def options_from(text: str, where: str) -> dict[str, str]:
    """Read `key=value;key=value`; raises `Refusal` for anything else."""
    options: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name or not value:
            raise Refusal(f"{where}: option '{part[:60]}' is not key=value; write options as key=value;key=value.")
        if name in options:
            raise Refusal(f"{where}: option '{name}' is given twice; give it once.")
        options[name] = value
    return options


def read_decisions(path: str | Path, levers: Mapping[str, LeverLike] | None = None) -> list[Decision]:
    """Read a decisions file. With `levers` their names, values and options are checked too.

    Raises `Refusal` with `file:line`. States and sectors are checked against the scenario when it is run.
    """
    path = Path(path)
    decisions = []
    for row in read_rows(path, REQUIRED, [name for name in COLUMNS if name not in REQUIRED], DECISIONS_LIMIT):
        decision = Decision.from_row(row.cells, row.where)
        if levers is not None:
            check_lever(decision, levers, row.where)
        decisions.append(decision)
    return decisions


def check_lever(decision: Decision, levers: Mapping[str, LeverLike], where: str) -> None:
    """Refuse a decision whose lever is unknown or whose value or options the lever does not take."""
    if decision.lever not in levers:
        raise Refusal(f"{where}: there is no lever '{decision.lever}'; allowed are {', '.join(levers)}.{nearest(decision.lever, levers)}")
    lever = levers[decision.lever]
    if decision.value is not None:
        lever.value.read(decision.value, where)
    lever.read_options(decision.options, where)


def write_decisions(path: str | Path, decisions: Iterable[Decision]) -> None:
    """Write decisions so that `read_decisions` gives equal ones back; refuses cells that could not be read back."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number, decision in enumerate(decisions, start=1):
        row = decision.as_row()
        if Decision.from_row(row, f"decision {number}") != decision:
            raise Refusal(f"decision {number}: it holds spaces at an end, a ; or a = that a decisions file cannot keep.")
        writer.writerow(row)
    Path(path).write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
