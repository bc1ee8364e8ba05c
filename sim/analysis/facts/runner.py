"""Do the experiments of the targets: seeds, jittered parameters, mechanisms switched off; share what targets have in common.

Three sizes. *quick*: 20 seeds, mechanisms off with 6. *default*: 100 seeds, 20 jitter draws of 10 seeds, mechanisms off with 20.
*protocol*: 200 seeds, 50 draws of 20, mechanisms off with 40. The *first* seeds of any of them (3, mechanisms off with 1) tell cheaply whether a table
is of this code. A draw of the population of episodes has twice as many seeds: ten hold 140 episodes, and shares of a few per cent want some 300; so has
a draw of the measures of six depths, for the odds ratio of ten seeds is good to a third of itself only. Threats that work are a few in a hundred too, and
successes without the mechanism one in six: with it off, these two experiments have as many seeds as with it.
A jitter draw multiplies every free parameter by its own number between 0.8 and 1.2, kept within the parameter's range. Finished jobs are kept
beside the results folder, so that a stopped run is taken up where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.engines import Engine
from sim.analysis.facts import EXPERIMENTS, FACTS, statistics
from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.verdicts import Verdict, estimates, inside, judge, pooled
from sim.analysis.shards import Shards
from sim.parameters import PARAMETERS
from sim.refusals import Refusal, nearest

Progress = Callable[[int, int], None]
JITTER = (0.8, 1.2)
FIRST_SEED = 1
CONTROLS = tuple(f"N{number}" for number in range(1, 7))  # what the negative controls are also called
TWICE = ("episodes", "depth")  # experiments whose jitter draws have twice as many seeds
AS_MANY = ("credibility", "depth")  # experiments that have as many seeds with their mechanism off as with it


@dataclass(frozen=True)
class Size:
    """How much is done."""

    seeds: int
    draws: int
    draw_seeds: int
    off_seeds: int

    def seeds_of_draw(self, fact: Fact) -> int:
        """How many seeds a jitter draw of this fact has."""
        return self.draw_seeds * (2 if fact.experiment in TWICE else 1)

    def seeds_without(self, fact: Fact) -> int:
        """How many seeds this fact has with its mechanism off."""
        if not fact.ablation:
            return 0
        return self.seeds if fact.experiment in AS_MANY else self.off_seeds


SIZES: dict[str, Size] = {
    "first": Size(3, 0, 0, 1), "quick": Size(20, 0, 0, 6), "default": Size(100, 20, 10, 20), "protocol": Size(200, 50, 20, 40),
}


@dataclass(frozen=True)
class Job:
    """One seed of one experiment under one set of parameters: `arm` is `base`, `jitter-N` or `off-TARGET`.

    Targets of one experiment that rest on the same mechanism share its runs: `TARGET` is the first of them.
    """

    experiment: str
    arm: str
    seed: int

    @property
    def key(self) -> str:
        """Name of its file."""
        return f"{self.experiment}.{self.arm}.{self.seed}"


def run_facts(
    only: Sequence[str] = (), size: str = "default", engine: Engine | None = None, shards: Shards | None = None, progress: Progress | None = None
) -> list[Verdict]:
    """Test the targets named (all by default) and return a verdict for each statistic. Raises `Refusal` for unknown names."""
    from sim.analysis.engines import InProcess

    facts = chosen(only)
    amount = SIZES[size]
    jobs = jobs_of(facts, amount)
    records: dict[Job, Record] = {}
    if shards is not None:
        finished = shards.done()
        records = {job: json.loads(shards.get(job.key)) for job in jobs if job.key in finished}
    rest = [job for job in jobs if job not in records]
    for job, record in (engine or InProcess()).results(work, rest):
        records[job] = record
        if shards is not None:
            shards.put(job.key, json.dumps(record).encode())
        if progress is not None:
            progress(len(records), len(jobs))
    found = [verdict for fact in facts for verdict in _verdicts(fact, amount, records)]
    return found


def chosen(only: Sequence[str]) -> list[Fact]:
    """The facts with these ids, in the registry's order. `N1` to `N6` all mean the negative controls."""
    wanted = {"N" if name.upper() in CONTROLS else name.upper() for name in only} or set(FACTS)
    for name in wanted:
        if name not in FACTS:
            raise Refusal(f"--only: there is no target '{name}'; allowed are {', '.join(FACTS)}.{nearest(name, FACTS)}")
    return [fact for name, fact in FACTS.items() if name in wanted]


def jobs_of(facts: Iterable[Fact], amount: Size) -> list[Job]:
    """Every job once, in a fixed order."""
    jobs: dict[Job, None] = {}
    for fact in facts:
        for seed in range(amount.seeds):
            jobs[Job(fact.experiment, "base", FIRST_SEED + seed)] = None
        for draw in range(amount.draws if fact.id != "N" else 0):
            for seed in range(amount.seeds_of_draw(fact)):
                jobs[Job(fact.experiment, f"jitter-{draw}", FIRST_SEED + seed)] = None
        for seed in range(amount.seeds_without(fact)):
            jobs[Job(fact.experiment, without(fact), FIRST_SEED + seed)] = None
    return list(jobs)


def without(fact: Fact) -> str:
    """The arm with the fact's mechanism off."""
    alike = (name for name, other in FACTS.items() if other.experiment == fact.experiment and other.ablation == fact.ablation)
    return f"off-{next(alike)}"


def work(job: Job) -> Record:
    """Do one job."""
    return EXPERIMENTS[job.experiment](job.seed, parameters_of(job.arm))


def parameters_of(arm: str) -> Mapping[str, float]:
    """The parameters that an arm changes."""
    kind, _, what = arm.partition("-")
    if kind == "off":
        return FACTS[what].ablation
    return jittered(int(what)) if kind == "jitter" else {}


def jittered(draw: int) -> dict[str, float]:
    """Every free parameter times a number between 0.8 and 1.2, the same for the same `draw`."""
    rng = np.random.default_rng([2024, draw])
    values = {}
    for name in sorted(PARAMETERS):
        parameter = PARAMETERS[name]
        factor = rng.uniform(*JITTER)
        if parameter.free and parameter.default != 0.0:
            values[name] = float(np.clip(parameter.default * factor, parameter.low, parameter.high))
    return values


def _verdicts(fact: Fact, amount: Size, records: Mapping[Job, Record]) -> list[Verdict]:
    wanted = [statistic for statistic in statistics()[fact.id] if statistic.key != "doubled"]

    def of(arm: str, seeds: int) -> list[Record]:
        return [records[Job(fact.experiment, arm, FIRST_SEED + seed)] for seed in range(seeds)]

    base = of("base", amount.seeds)
    found = estimates(fact, wanted, base)
    shifts = [pooled(fact, of(f"jitter-{draw}", amount.seeds_of_draw(fact))) for draw in range(amount.draws if fact.id != "N" else 0)]
    off = pooled(fact, of(without(fact), amount.seeds_without(fact))) if amount.seeds_without(fact) else None
    verdicts = []
    for statistic in wanted:
        share = float(np.mean([inside(statistic, shift[statistic.key]) for shift in shifts])) if shifts else None
        ablated = None if off is None else float(off[statistic.key])
        verdicts.append(judge(statistic, found[statistic.key], share, ablated, statistic.key in fact.fails))
    if fact.id == "N":
        verdicts.append(_doubling(records, amount.seeds))
    return verdicts


def _doubling(records: Mapping[Job, Record], seeds: int) -> Verdict:
    """N6: by how many standard errors the means of all experiments move, in the median, when the seeds are doubled."""
    from sim.analysis.facts.verdicts import Estimate

    moves = []
    for experiment in sorted({job.experiment for job in records}):
        rows = [records[Job(experiment, "base", FIRST_SEED + seed)] for seed in range(seeds)]
        for key, first in rows[0].items():
            values = np.array([row[key] for row in rows], dtype=float) if isinstance(first, int | float) else np.zeros(0)
            half = values[: seeds // 2]
            if len(half) > 1 and np.isfinite(values).all() and half.std() > 1e-9 * (1.0 + abs(half.mean())):
                moves.append(abs(values.mean() - half.mean()) / (half.std(ddof=1) / np.sqrt(len(half))))
    statistic = next(each for each in statistics()["N"] if each.key == "doubled")
    value = float(np.median(moves)) if moves else 0.0
    return judge(statistic, Estimate(value, 0.0, value, value, 1.0, seeds), None, None, False)
