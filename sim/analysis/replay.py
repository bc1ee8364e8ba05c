"""Replay: run a saved run again and say whether every table came out equal, naming the first difference.

The first difference is the first row of the first table, in the order of the tables, and the first decision of a government that
came out otherwise: numbers that differ before any decision does point to the machine or the libraries, not to politics.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import NoneType

from sim.analysis.runs import run
from sim.analysis.version import versions
from sim.record import digest
from sim.refusals import Refusal
from sim.scenario import load
from sim.scenario.decisions import Decision
from sim.tables import TABLES

NEEDED: dict[str, tuple[type, ...]] = {  # what a replay reads in run.json, and the kinds of value it may have
    "scenario": (str,),
    "scenario_hash": (str,),
    "seed": (int,),
    "quarters": (int,),
    "theory": (str,),
    "parameters": (dict,),
    "timetable": (bool,),
    "governments": (bool,),
    "played": (list,),
    "decisions": (list, NoneType),
    "digests": (dict,),
    "versions": (dict,),
}


@dataclass(frozen=True)
class Replay:
    """Whether the replay equals the saved run, and a sentence that says so or names the first difference."""

    equal: bool
    sentence: str


def replay(folder: str | Path) -> Replay:
    """Run the saved run in `folder` again. Raises `Refusal` when the folder or its scenario cannot be used."""
    folder = Path(folder)
    about = _read_about(folder)
    if about["decisions"] is None:
        raise Refusal(f"{folder}: the decisions of this run came from a function, so it cannot be replayed.")
    if not about["scenario"]:
        raise Refusal(f"{folder}: the world of this run was made by rule, not read from a file, so it cannot be replayed.")
    setting = load(about["scenario"])
    if setting.digest != about["scenario_hash"]:
        raise Refusal(f"{folder}: scenario '{about['scenario']}' has changed since the run was saved, so it cannot be replayed.")
    again = run(
        setting,
        about["seed"],
        [Decision.from_row(row, f"{folder}/run.json") for row in about["decisions"]],
        about["quarters"],
        about["theory"],
        about["parameters"],
        about["timetable"],
        about["governments"],
        about["played"],
        keep_snapshots=False,
    )
    saved = {name: _text(folder / f"{name}.csv") for name in TABLES}
    changed = [name for name in TABLES if digest(saved[name]) != about["digests"].get(name)]
    different = changed or [name for name in TABLES if again.digests[name] != about["digests"][name]]
    if not different:
        return Replay(True, f"All {len(TABLES)} tables are equal.")
    now = {name: again.record.csv(name) for name in {different[0], "decisions"}}
    parts = [f"{changed[0]}.csv was changed after the run was saved."] if changed else []
    parts.append(_first_difference(different[0], saved[different[0]], now[different[0]]))
    parts.append(_first_decision(saved["decisions"], now["decisions"]))
    if not changed:
        parts.append(_other_versions(about["versions"]))
    return Replay(False, " ".join(part for part in parts if part))


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace") if file.is_file() else ""


def _read_about(folder: Path) -> dict:
    file = folder / "run.json"
    if not file.is_file():
        raise Refusal(f"{folder}: there is no run.json; give a folder that `run --out` wrote.")
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise Refusal(f"{file}: not valid JSON ({problem}).") from None
    if not isinstance(about, dict) or not NEEDED.keys() <= about.keys():
        missing = sorted(NEEDED.keys() - set(about if isinstance(about, dict) else ()))
        raise Refusal(f"{file}: {', '.join(missing)} missing; give a folder that `run --out` wrote.")
    for name, kinds in NEEDED.items():
        if not _is(about[name], kinds):
            raise Refusal(f"{file}: '{name}' is {str(about[name])[:40]!r}; give a folder that `run --out` wrote, unchanged.")
    return about


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    """Whether a value of run.json is of one of these kinds; a list holds texts or rows of texts, a truth value is no number."""
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return False
    if isinstance(value, list):
        return all(isinstance(item, str) or (isinstance(item, dict) and _is(item, (dict,))) for item in value)
    return not isinstance(value, dict) or all(isinstance(inner, str | int | float) and not isinstance(inner, bool) for inner in value.values())


def _first_difference(name: str, saved: str, again: str) -> str:
    """The first row that differs, counted as a spreadsheet does (the header is row 1)."""
    header = again.splitlines()[:1]
    for number, (old, new) in enumerate(zip_longest(saved.splitlines(), again.splitlines()), start=1):
        if old != new:
            was, comes = ("nothing" if line is None else f"'{line}'" for line in (old, new))
            return f"First difference: {name}.csv row {number}: saved {was}, now {comes} (columns {''.join(header)})."
    return f"First difference: {name}.csv differs in its line ends only."


def _first_decision(saved: str, again: str) -> str:
    """The first decision of a government that differs, with what was chosen."""
    old, new = _decisions(saved), _decisions(again)
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            quarter, state, decision = key
            was, comes = _chosen(old.get(key)), _chosen(new.get(key))
            how = f"saved {was}, now {comes}" if was != comes else f"{was} both times, with other reasons or odds"
            return f"First decision that differs: quarter {quarter}, {state}, {decision}: {how}."
    return "No decision differs."


def _decisions(text: str) -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """Rows of the decisions table by quarter, state and decision, in the order of the file."""
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault((str(row.get("quarter")), str(row.get("state")), str(row.get("decision"))), []).append(row)
    return found


def _chosen(rows: list[dict[str, str]] | None) -> str:
    if rows is None:
        return "not asked"
    return next((f"'{row['option']}'" for row in rows if row.get("chosen") == "1"), "no option")


def _other_versions(saved: Mapping[str, str]) -> str:
    now = versions()
    changed = [f"{name} {value} -> {now.get(name, 'none')}" for name, value in saved.items() if now.get(name) != value]
    return f"Versions differ: {', '.join(changed)}." if changed else ""
