"""Many seeds of one scenario: quantiles of every outcome in every quarter, and how disputes ended.

Run number k has the seed `seed + k` and row k of a file of numbers (`rows`), whoever computes it and whenever; quantiles are exact and taken over
rows in their order. So results do not depend on the engine, the number of workers, the order of runs, or on having been stopped and taken up
again, and memory does not grow with the number of runs.
"""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis import version
from sim.analysis.engines import Engine, engine_of
from sim.analysis.rows import Rows
from sim.analysis.runs import MOST_QUARTERS
from sim.analysis.shards import Shards
from sim.levers import LEVERS
from sim.orders import refuse_after_the_end, validated
from sim.output import atomic_folder, check_free
from sim.parameters import resolve
from sim.refusals import NoEquilibrium, Refusal
from sim.scenario import Scenario, load
from sim.scenario.decisions import Decision
from sim.tables import TABLES
from sim.world import Decider, World

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = tuple(column.name for column in TABLES["states"][2:])
LEVELS = (5, 25, 50, 75, 95)
QUANTILES = tuple(f"q{level:02d}" for level in LEVELS)
MOST_RUNS = 1_000_000
BATCH = 5  # runs handed out together
FORMAT = "%.12g"
OPEN = ("demand", "threat", "imposed", "relief")  # stages of disputes that have not ended

Progress = Callable[[int, int], None]
Numbers = NDArray[np.float64]
Result = tuple[Numbers | None, dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Plan:
    """What every run of an ensemble has in common."""

    setting: Scenario
    seed: int
    quarters: int
    decisions: tuple[Decision, ...] | Decider | None
    theory: str
    parameters: Mapping[str, float]
    timetable: bool
    governments: bool

    @property
    def width(self) -> int:
        """Numbers that a run yields: outcomes x quarters x states."""
        return len(OUTCOMES) * self.quarters * len(self.setting.states)

    def about(self, runs: int) -> dict[str, Any]:
        """What identifies the work."""
        orders = self.decisions
        return {
            "format": 1,
            "versions": version.versions(),
            "scenario": self.setting.source,
            "scenario_hash": self.setting.digest,
            "seed": self.seed,
            "runs": runs,
            "quarters": self.quarters,
            "theory": self.theory,
            "parameters": dict(self.parameters),
            "timetable": self.timetable,
            "governments": self.governments,
            "decisions": "a function" if callable(orders) else [order.as_row() for order in orders or ()],
        }


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What came of many runs.

    `quantiles` has the columns quarter, state, outcome, q05, q25, q50, q75, q95, mean; `endings` has dispute, stage, runs, share and the mean share
    of the demand met; `failed` names the seeds whose economy had no equilibrium. `complete` is false when it was stopped early.
    """

    plan: Plan
    runs: int
    finished: int
    quantiles: pd.DataFrame
    endings: pd.DataFrame
    failed: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether every run was done."""
        return self.finished == self.runs

    def save(self, folder: str | Path, force: bool = False) -> None:
        """Write quantiles (CSV and Parquet), endings and `ensemble.json` into a new or empty folder, all or nothing."""
        with atomic_folder(Path(folder), force) as place:
            for name, table in (("quantiles", self.quantiles), ("endings", self.endings)):
                text = table.to_csv(index=False, float_format=FORMAT, lineterminator="\n")
                (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
                table.to_parquet(place / f"{name}.parquet", index=False)
            about = {**self.plan.about(self.runs), "finished": self.finished, "failed": list(self.failed)}
            (place / "ensemble.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def ensemble(
    scenario: str | Path | Scenario,
    runs: int = 100,
    seed: int = 1,
    decisions: Iterable[Decision] | Decider | None = None,
    quarters: int | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
    governments: bool = True,
    workers: int | None = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Ensemble:
    """Play a scenario with the seeds `seed`, `seed + 1`, ... and return quantiles.

    `workers` local processes (1: this process; None: one for each core) or the Dask cluster at `scheduler`. `progress(done, runs)` is called
    after every batch; as soon as `stop()` is true no more results are taken and the ensemble of the finished runs is returned.
    """
    plan = plan_of(scenario, runs, seed, decisions, quarters, theory, parameters, timetable, governments)
    engine = engine_of(None if scheduler else workers, scheduler)
    with tempfile.TemporaryDirectory(prefix="sanctions-lab-") as place:
        return _collected(plan, runs, engine, Path(place), progress, stop)


def ensemble_to(folder: Path, plan: Plan, runs: int, engine: Engine, progress: Progress | None = None, force: bool = False) -> Ensemble:
    """Like `ensemble`, with results in a folder and unfinished work kept beside it, so that a stopped ensemble is taken up where it was."""
    check_free(folder, force)
    shards = Shards(folder, plan.about(runs), force)
    found = _collected(plan, runs, engine, shards.folder, progress, None)
    found.save(folder, force)
    shards.remove()
    return found


def plan_of(
    scenario: str | Path | Scenario,
    runs: int,
    seed: int = 1,
    decisions: Iterable[Decision] | Decider | None = None,
    quarters: int | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
    governments: bool = True,
) -> Plan:
    """Check what an ensemble is to do. Raises `Refusal` for what one of its runs would refuse."""
    setting = scenario if isinstance(scenario, Scenario) else load(scenario)
    length = setting.quarters if quarters is None else quarters
    for name, value, low, high in (("runs", runs, 1, MOST_RUNS), ("quarters", length, 1, MOST_QUARTERS), ("seed", seed, 0, 2**63 - 1 - runs)):
        if not low <= value <= high:
            raise Refusal(f"{name}: {value} is out of range; allowed is {low} to {high}.")
    held = setting.theory if theory is None else theory
    resolve({**setting.parameters, **(parameters or {})}, held, where=setting.id)
    listed = decisions if decisions is None or callable(decisions) else tuple(decisions)
    if isinstance(listed, tuple):
        validated(listed, setting.state_ids, setting.sector_ids, LEVERS, where=setting.id)
        refuse_after_the_end(listed, length, setting.id)
    return Plan(setting, seed, length, listed, held, dict(parameters or {}), timetable, governments)


def play(plan: Plan, numbers: Sequence[int]) -> list[Result]:
    """Do some runs of an ensemble. For each: the numbers `(outcome, quarter, state)` in a row, and how its disputes ended."""
    return [_one(plan, number) for number in numbers]


def _one(plan: Plan, number: int) -> Result:
    world = World(
        plan.setting, plan.seed + number, plan.decisions, plan.theory, plan.parameters, plan.timetable, plan.governments
    )
    try:
        for _ in range(plan.quarters):
            world.step()
    except NoEquilibrium as problem:
        return None, {"failed": str(problem)}
    blank = np.full((plan.quarters, len(world.ids)), np.nan)
    values = np.stack([world.record.series("states", name) if world.record.has("states", name) else blank for name in OUTCOMES])
    disputes = {
        name: [dispute.stage, float(dispute.policy), float(dispute.demand)] for name, dispute in sorted(world.politics.disputes.items())
    }
    return values.ravel(), {"disputes": disputes}


def _collected(
    plan: Plan, runs: int, engine: Engine, place: Path, progress: Progress | None, stop: Callable[[], bool] | None
) -> Ensemble:
    rows = Rows(place, runs, plan.width)
    try:
        missing = rows.missing()
        done = runs - len(missing)
        batches = [tuple(missing[first : first + BATCH]) for first in range(0, len(missing), BATCH)]
        results = engine.results(functools.partial(play, plan), batches)
        for batch, found in results:
            for number, (values, note) in zip(batch, found, strict=True):
                rows.put(number, values, note)
            done += len(batch)
            if progress is not None:
                progress(done, runs)
            if stop is not None and stop():
                close = getattr(results, "close", None)
                if close is not None:
                    close()
                break
        return _summed_up(plan, runs, rows, done)
    finally:
        rows.close()


def _summed_up(plan: Plan, runs: int, rows: Rows, done: int) -> Ensemble:
    import pandas as pd

    table = np.empty((len(LEVELS) + 1, plan.width))
    for part, values in rows.blocks():
        if len(values):
            table[:-1, part] = np.percentile(values, LEVELS, axis=0)
            table[-1, part] = values.mean(axis=0)
        else:
            table[:, part] = np.nan
    ids = np.array(plan.setting.state_ids, dtype=object)
    states, outcomes = len(ids), len(OUTCOMES)
    frame = pd.DataFrame(
        {
            "quarter": np.tile(np.repeat(np.arange(plan.quarters), states), outcomes),
            "state": np.tile(ids, outcomes * plan.quarters),
            "outcome": np.repeat(np.array(OUTCOMES, dtype=object), plan.quarters * states),
            **{name: table[index] for index, name in enumerate((*QUANTILES, "mean"))},
        }
    )
    notes = rows.notes()
    failed = tuple(plan.seed + number for number in rows.failed())
    frame = frame[~frame["mean"].isna()].reset_index(drop=True)
    return Ensemble(plan, runs, done, frame, _endings(notes), failed)


def _endings(notes: Mapping[int, Mapping[str, Any]]) -> pd.DataFrame:
    """How often each dispute ended in each stage, and the mean share of the demand met."""
    import pandas as pd

    counted: dict[tuple[str, str], list[float]] = {}
    seen: dict[str, int] = {}
    for note in notes.values():
        for name, (stage, policy, demand) in note.get("disputes", {}).items():
            counted.setdefault((name, stage), []).append(min(policy / demand, 1.0) if demand > 0 else 0.0)
            seen[name] = seen.get(name, 0) + 1
    rows = [
        (name, stage, stage in OPEN, len(met), len(met) / seen[name], float(np.mean(met))) for (name, stage), met in sorted(counted.items())
    ]
    return pd.DataFrame(rows, columns=["dispute", "stage", "open", "runs", "share", "demand_met"])


