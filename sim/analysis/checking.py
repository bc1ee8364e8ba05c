"""Running a scenario's `[[expect]]` claims, and running them again with the mechanism they name switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.analysis.runs import Run, run
from sim.parameters import PARAMETERS
from sim.scenario import Scenario, load
from sim.scenario.expects import evaluate, evaluate_seeds
from sim.scenario.scenario import Expect

SEEDS = 20


class Claims:
    """The claims of a scenario. Runs are kept, so that claims about the same seeds, theory and decisions share them."""

    def __init__(self, scenario: str | Scenario, parameters: Mapping[str, float] | None = None, seeds: int = SEEDS) -> None:
        self.setting = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.parameters = dict(parameters or {})
        self.seeds = seeds
        self._runs: dict[tuple[object, ...], Run] = {}
        self._twins: dict[tuple[object, ...], Run] = {}

    def check(self, expect: Expect, without_mechanism: bool = False) -> tuple[bool, str]:
        """Whether a claim holds, with a sentence; `without_mechanism`: with the parameter it names at its neutral value."""
        parameters = dict(self.parameters)
        if without_mechanism:
            neutral = PARAMETERS[expect.mechanism].neutral
            assert neutral is not None
            parameters[expect.mechanism] = neutral
        if expect.share_of_seeds >= 1.0:
            return evaluate(expect, *self._tables(expect, 1, parameters))
        return evaluate_seeds(expect, (self._tables(expect, seed, parameters) for seed in range(1, self.seeds + 1)))

    def _tables(self, expect: Expect, seed: int, parameters: dict[str, float]) -> tuple[dict, dict | None]:
        """The table a claim is about, of a run and of its twin without measures where the claim compares the two."""
        treated = self._run(seed, parameters, expect)
        twin = self._twin(seed, parameters) if expect.compared == "no-measures" else None
        return {expect.table: treated.table(expect.table)}, None if twin is None else {expect.table: twin.table(expect.table)}

    def _run(self, seed: int, parameters: dict[str, float], expect: Expect) -> Run:
        key = (seed, tuple(sorted(parameters.items())), *_setup(expect))
        if key not in self._runs:
            quarters = 1 + max(other.quarters[1] for other in (expect, *self.setting.expects) if _setup(other) == _setup(expect))
            orders = [order for order in expect.decisions if order.quarter < quarters]
            self._runs[key] = run(
                self.setting, seed, orders or None, quarters, expect.theory or None, parameters=parameters,
                governments=expect.governments, played=expect.played, keep_snapshots=False, strict=False,
            )
        return self._runs[key]

    def _twin(self, seed: int, parameters: dict[str, float]) -> Run:
        key = (seed, tuple(sorted(parameters.items())))
        if key not in self._twins:
            self._twins[key] = without_measures(self.setting, seed, parameters)
        return self._twins[key]


def _setup(expect: Expect) -> tuple[object, ...]:
    """What makes the run of one claim differ from that of another with the same seed and parameters."""
    return expect.theory, expect.governments, expect.played, tuple(map(repr, expect.decisions))


def check_expectations(scenario: str | Scenario, parameters: dict[str, float] | None = None) -> list[tuple[bool, str]]:
    """Whether each claim of the scenario holds, with a sentence; claims about a share of seeds are run with 20 seeds."""
    claims = Claims(scenario, parameters)
    return [claims.check(expect) for expect in claims.setting.expects]


def without_measures(setting: Scenario, seed: int, parameters: dict[str, float] | None = None) -> Run:
    """The twin of a run: the same scenario and luck, with nobody using any lever."""
    return run(replace(setting, measures=()), seed, parameters=parameters, timetable=False, governments=False, keep_snapshots=False)
