"""Replay: run a saved run again and say whether every table came out equal, naming the first difference."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from sim.analysis.runs import run
from sim.analysis.version import versions
from sim.record import digest
from sim.refusals import Refusal
from sim.scenario import load
from sim.scenario.decisions import Decision
from sim.tables import TABLES


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
    for name in TABLES:
        saved = (folder / f"{name}.csv").read_text(encoding="utf-8") if (folder / f"{name}.csv").is_file() else ""
        if digest(saved) != about["digests"][name]:
            return Replay(False, f"{name}.csv was changed after the run was saved.")
    for name in TABLES:
        if again.digests[name] != about["digests"][name]:
            saved = (folder / f"{name}.csv").read_text(encoding="utf-8")
            return Replay(False, _first_difference(name, saved, again.record.csv(name), about["versions"]))
    return Replay(True, f"All {len(TABLES)} tables are equal.")


def _read_about(folder: Path) -> dict:
    file = folder / "run.json"
    if not file.is_file():
        raise Refusal(f"{folder}: there is no run.json; give a folder that `run --out` wrote.")
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise Refusal(f"{file}: not valid JSON ({problem}).") from None
    needed = {"scenario", "scenario_hash", "seed", "quarters", "theory", "parameters", "timetable", "governments", "played", "decisions", "digests", "versions"}
    if not isinstance(about, dict) or not needed <= about.keys():
        missing = sorted(needed - set(about if isinstance(about, dict) else ()))
        raise Refusal(f"{file}: {', '.join(missing)} missing; give a folder that `run --out` wrote.")
    return about


def _first_difference(name: str, saved: str, again: str, saved_versions: dict[str, str]) -> str:
    header = saved.splitlines()[:1]
    for number, (old, new) in enumerate(zip_longest(saved.splitlines(), again.splitlines()), start=1):
        if old != new:
            row = f"{name}.csv row {number}: saved '{old}', now '{new}'"
            what = f" (columns {header[0]})" if header else ""
            changed = [f"{key} {value} -> {versions().get(key)}" for key, value in saved_versions.items() if versions().get(key) != value]
            return f"First difference: {row}{what}." + (f" Versions differ: {', '.join(changed)}." if changed else "")
    return f"{name}.csv differs in its line ends only."
