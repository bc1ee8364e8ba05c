"""Sweeps: many points of a design, several seeds each, and which factor matters for which outcome.

Designs. *grid*: all combinations. *lhs*: Latin hypercube (McKay, Beckman & Conover 1979). *sobol*: Saltelli's extension of a Sobol sequence, for
first-order and total indices (Saltelli et al. 2010). *morris*: elementary effects along trajectories (Morris 1991). By SALib (Herman & Usher 2017).

Indices are those of the mean over seeds, which all points share: S1 is the share of the variance of an outcome that goes when the factor alone is
known, ST the share that stays when all others are known, mu_star the mean size of an elementary effect (over the factor's whole range), sigma
how much it varies, rank the rank correlation; each with the half width of its 95 % interval. On a grid S1 is computed directly, and its interval
comes from drawing seeds anew. `luck` is the share of the variance between runs that is within points.
"""

from __future__ import annotations

import functools
import itertools
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from sim.analysis.engines import Engine, engine_of
from sim.analysis.ensemble import Progress
from sim.analysis.experiment import Experiment, Factor, read_experiment
from sim.analysis.rows import Rows
from sim.analysis.runs import Run, run
from sim.analysis.shards import Shards
from sim.output import atomic_folder, check_free
from sim.refusals import NoEquilibrium, Refusal
from sim.scenario.decisions import Decision
from sim.scenario.expects import measured

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.scenario import Expect

Numbers = NDArray[np.float64]
FIXED = 20_241  # seed of designs and bootstraps: the same file gives the same sweep
MOST_RUNS = 2_000_000
MORRIS_LEVELS = 4
RESAMPLES = 200
FORMAT = "%.12g"


@dataclass(frozen=True, eq=False)
class Sweep:
    """What came of an experiment.

    `points`: point and one column for each factor (`role:name`). `outcomes`: point, seed and one column for each outcome. `indices`: outcome,
    factor, role, index, value, confidence (half width of the 95 % interval). `failed` counts runs without an equilibrium.
    """

    experiment: Experiment
    points: pd.DataFrame
    outcomes: pd.DataFrame
    indices: pd.DataFrame
    failed: int

    def save(self, folder: str | Path, force: bool = False) -> None:
        """Write the three tables and `sweep.json` into a new or empty folder, all or nothing."""
        with atomic_folder(Path(folder), force) as place:
            for name in ("points", "outcomes", "indices"):
                text = getattr(self, name).to_csv(index=False, float_format=FORMAT, lineterminator="\n")
                (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
            about = _about(self.experiment) | {
                "failed": self.failed,
                "factors": {factor.column: [factor.low, factor.high] for factor in self.experiment.factors},
                "outcomes": {outcome.name: outcome.text for outcome in self.experiment.outcomes},
            }
            (place / "sweep.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")

    def ranking(self, outcome: str) -> list[str]:
        """Factors by importance for an outcome, most important first, as sentences."""
        table = self.indices[self.indices["outcome"] == outcome]
        best = next(name for name in ("ST", "mu_star", "S1", "rank") if (table["index"] == name).any())
        chosen = table[(table["index"] == best) & (table["factor"] != "luck")]
        ordered = chosen.reindex(chosen["value"].abs().sort_values(ascending=False, kind="stable").index)
        return [f"{row.role} {row.factor}: {best} {row.value:.3g} +- {row.confidence:.2g}" for row in ordered.itertuples()]


def sweep(
    experiment: str | Path | Experiment, workers: int | None = 1, scheduler: str | None = None, progress: Progress | None = None
) -> Sweep:
    """Do the experiment of a file and return its tables. Raises `Refusal` for what is wrong with the file."""
    found = experiment if isinstance(experiment, Experiment) else read_experiment(experiment)
    engine = engine_of(None if scheduler else workers, scheduler)
    with tempfile.TemporaryDirectory(prefix="sanctions-lab-") as place:
        return _collected(found, engine, Path(place), progress)


def sweep_to(folder: Path, experiment: Experiment, engine: Engine, progress: Progress | None = None, force: bool = False) -> Sweep:
    """Like `sweep`, into a folder; a stopped sweep is taken up where it was."""
    check_free(folder, force)
    shards = Shards(folder, _about(experiment), force)
    found = _collected(experiment, engine, shards.folder, progress)
    found.save(folder, force)
    shards.remove()
    return found


def design(experiment: Experiment) -> Numbers:
    """The points `(point, factor)`."""
    factors = experiment.factors
    if experiment.method == "grid":
        return np.array(list(itertools.product(*(factor.values for factor in factors))), dtype=float)
    problem = _problem(factors)
    if experiment.method == "lhs":
        from SALib.sample import latin

        return np.asarray(latin.sample(problem, experiment.samples, seed=FIXED))
    if experiment.method == "sobol":
        from SALib.sample import sobol

        return np.asarray(sobol.sample(problem, experiment.samples, calc_second_order=False, seed=FIXED))
    from SALib.sample import morris

    return np.asarray(morris.sample(problem, experiment.samples, num_levels=MORRIS_LEVELS, seed=FIXED))


def play(experiment: Experiment, points: Numbers, rows: Sequence[int]) -> list[Numbers | None]:
    """Do some runs: row `point * seeds + k` is the point with the seed `first + k`. The outcomes of each, or None without equilibrium."""
    return [_one(experiment, points[row // experiment.seeds], row % experiment.seeds) for row in rows]


def _one(experiment: Experiment, point: Numbers, number: int) -> Numbers | None:
    plan, theory = experiment.plan, experiment.plan.theory
    parameters, orders = dict(plan.parameters), list(experiment.orders)
    for factor, value in zip(experiment.factors, point, strict=True):
        if factor.role == "uncertainty":
            parameters[factor.name] = float(value)
        elif factor.role == "theory":
            theory = str(factor.shown(value))
        elif factor.order is not None and value != 0.0:
            orders.append(replace(factor.order, value=float(value)))

    def played(given: list[Decision], timetable: bool) -> Run:
        return run(
            plan.setting, plan.seed + number, sorted(given, key=lambda order: order.quarter), plan.quarters, theory, parameters, timetable,
            plan.governments, keep_snapshots=False,
        )

    try:
        treated = played(orders, plan.timetable)
        twin = played([], False) if any(outcome.compared == "no-measures" for outcome in experiment.outcomes) else None
    except NoEquilibrium:
        return None
    tables = {outcome.table: treated.table(outcome.table) for outcome in experiment.outcomes}
    others = None if twin is None else {name: twin.table(name) for name in tables}
    return np.array([measured(cast("Expect", outcome), tables, others) for outcome in experiment.outcomes])


def _collected(experiment: Experiment, engine: Engine, place: Path, progress: Progress | None) -> Sweep:
    import pandas as pd

    points = design(experiment)
    runs = len(points) * experiment.seeds
    if runs > MOST_RUNS:
        raise Refusal(f"the experiment has {runs} runs; allowed are {MOST_RUNS}.")
    rows = Rows(place, runs, len(experiment.outcomes))
    try:
        missing = rows.missing()
        done = runs - len(missing)
        size = max(1, experiment.seeds)
        batches = [tuple(missing[first : first + size]) for first in range(0, len(missing), size)]
        for batch, found in engine.results(functools.partial(play, experiment, points), batches):
            for row, values in zip(batch, found, strict=True):
                rows.put(row, values, {})
            done += len(batch)
            if progress is not None:
                progress(done, runs)
        failed = len(rows.failed())
        values = np.full((runs, len(experiment.outcomes)), np.nan)
        good = [row for row in range(runs) if row not in set(rows.failed())]
        for part, numbers in rows.blocks():
            values[good, part] = numbers
    finally:
        rows.close()
    shown = {
        factor.column: [factor.shown(value) for value in points[:, index]] for index, factor in enumerate(experiment.factors)
    }
    seeds = experiment.plan.seed + np.tile(np.arange(experiment.seeds), len(points))
    return Sweep(
        experiment,
        pd.DataFrame({"point": np.arange(len(points)), **shown}),
        pd.DataFrame(
            {
                "point": np.repeat(np.arange(len(points)), experiment.seeds),
                "seed": seeds,
                **{outcome.name: values[:, index] for index, outcome in enumerate(experiment.outcomes)},
            }
        ),
        _indices(experiment, points, values.reshape(len(points), experiment.seeds, -1)),
        failed,
    )


def _indices(experiment: Experiment, points: Numbers, values: Numbers) -> pd.DataFrame:
    """`values` `(point, seed, outcome)`. Where a run failed or an outcome does not vary there are no indices."""
    import pandas as pd

    rows: list[tuple[str, str, str, str, float, float]] = []
    for index, outcome in enumerate(experiment.outcomes):
        by_seed = values[:, :, index]
        if not np.isfinite(by_seed).all() or by_seed.mean(axis=1).std() <= 1e-12 * (1.0 + abs(by_seed.mean())):
            continue
        for place, factor in enumerate(experiment.factors):
            for name, value, half in _of_factor(experiment, points, by_seed, place):
                rows.append((outcome.name, factor.name, factor.role, name, value, half))
        if experiment.seeds > 1:
            rows.append((outcome.name, "luck", "luck", "share", float(by_seed.var(axis=1).mean() / by_seed.var()), float("nan")))
    return pd.DataFrame(rows, columns=["outcome", "factor", "role", "index", "value", "confidence"])


def _of_factor(experiment: Experiment, points: Numbers, by_seed: Numbers, place: int) -> list[tuple[str, float, float]]:
    means = by_seed.mean(axis=1)
    if experiment.method == "grid":
        return [("S1", *_with_draws(by_seed, lambda values: _main_share(points[:, place], values)))]
    if experiment.method == "lhs":
        return [("rank", *_rank(points[:, place], means))]
    return _by_salib(experiment, points, means)[place]


def _by_salib(experiment: Experiment, points: Numbers, means: Numbers) -> list[list[tuple[str, float, float]]]:
    problem = _problem(experiment.factors)
    if experiment.method == "sobol":
        from SALib.analyze import sobol

        found = sobol.analyze(problem, means, calc_second_order=False, num_resamples=RESAMPLES, seed=FIXED)
        names: tuple[tuple[str, str], ...] = (("S1", "S1_conf"), ("ST", "ST_conf"))
    else:
        from SALib.analyze import morris

        found = morris.analyze(problem, points, means, num_levels=MORRIS_LEVELS, num_resamples=RESAMPLES, seed=FIXED)
        names = (("mu_star", "mu_star_conf"),)
    columns: dict[str, Any] = {name: np.asarray(found[name], dtype=float) for pair in names for name in pair}
    result = [[(name, float(columns[name][place]), float(columns[half][place])) for name, half in names] for place in range(len(points[0]))]
    if experiment.method == "morris":
        for place, entries in enumerate(result):
            entries.append(("sigma", float(np.asarray(found["sigma"], dtype=float)[place]), float("nan")))
    return result


def _main_share(column: Numbers, values: Numbers) -> float:
    """Share of the variance of `values` that the factor's own levels explain."""
    levels = [values[column == level] for level in np.unique(column)]
    between = sum(len(part) * (part.mean() - values.mean()) ** 2 for part in levels)
    total = float(((values - values.mean()) ** 2).sum())
    return float(between / total) if total > 0 else float("nan")


def _with_draws(by_seed: Numbers, statistic: Callable[[Numbers], float]) -> tuple[float, float]:
    """The statistic of the means over seeds, and half the width of its 95 % interval when seeds are drawn anew."""
    seeds = by_seed.shape[1]
    picks = np.random.default_rng(FIXED).integers(0, seeds, (RESAMPLES, seeds))
    drawn = [statistic(by_seed[:, pick].mean(axis=1)) for pick in picks]
    return statistic(by_seed.mean(axis=1)), float(np.subtract(*np.nanpercentile(drawn, [97.5, 2.5])) / 2.0)


def _rank(column: Numbers, values: Numbers) -> tuple[float, float]:
    """Rank correlation, and half the width of its 95 % interval when points are drawn anew."""
    from scipy.stats import rankdata

    def correlation(pick: NDArray[np.int64]) -> float:
        return float(np.corrcoef(rankdata(column[pick]), rankdata(values[pick]))[0, 1])

    rng = np.random.default_rng(FIXED)
    drawn = [correlation(rng.integers(0, len(column), len(column))) for _ in range(RESAMPLES)]
    return correlation(np.arange(len(column))), float(np.subtract(*np.nanpercentile(drawn, [97.5, 2.5])) / 2.0)


def _problem(factors: Sequence[Factor]) -> dict[str, Any]:
    return {
        "num_vars": len(factors),
        "names": [factor.column for factor in factors],
        "bounds": [[factor.low, factor.high] for factor in factors],
    }


def _about(experiment: Experiment) -> dict[str, Any]:
    plan = experiment.plan.about(experiment.seeds)
    return {**plan, "title": experiment.title, "question": experiment.question, "method": experiment.method, "experiment": experiment.digest}
