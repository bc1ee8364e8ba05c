"""Running a scenario's `[[expect]]` claims."""

from __future__ import annotations

from sim.analysis.runs import Run, run
from sim.scenario import Scenario, load
from sim.scenario.expects import evaluate, evaluate_seeds
from sim.tables import TABLES

SEEDS = 20


def check_expectations(scenario: str | Scenario, parameters: dict[str, float] | None = None) -> list[tuple[bool, str]]:
    """Whether each claim of the scenario holds, with a sentence; claims about a share of seeds are run with 20 seeds."""
    setting = scenario if isinstance(scenario, Scenario) else load(scenario)
    pairs: list[tuple[dict, dict | None]] = []
    results = []
    for expect in setting.expects:
        wanted = SEEDS if expect.share_of_seeds < 1.0 else 1
        while len(pairs) < wanted:
            seed = len(pairs) + 1
            treated = run(setting, seed, parameters=parameters, keep_snapshots=False)
            pairs.append((_tables(treated), _tables(without_measures(setting, seed, parameters))))
        results.append(evaluate(expect, *pairs[0]) if wanted == 1 else evaluate_seeds(expect, pairs[:wanted]))
    return results


def without_measures(setting: Scenario, seed: int, parameters: dict[str, float] | None = None) -> Run:
    """The twin of a run: the same scenario and luck, with nobody using any lever."""
    from dataclasses import replace

    return run(replace(setting, measures=()), seed, parameters=parameters, timetable=False, governments=False, keep_snapshots=False)


def _tables(result: Run) -> dict:
    return {name: result.table(name) for name in TABLES}
