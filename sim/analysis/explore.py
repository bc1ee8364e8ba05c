"""What is luck and what is not: many seeds of one run, each against its own twin without any measure.

For every seed the run is played and, with the same luck, the world without measures and with governments that leave things as they are. Changes
against the twin are kept by quarter; quantiles are taken over seeds, so a band of 50 % holds the middle half of the seeds in that quarter, not of whole
paths. Endings count where disputes stand at the end; verdicts are those of `sim.analysis.verdicts`, for seeds in which measures began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.analysis.runs import Run, run
from sim.analysis.verdicts import verdicts
from sim.refusals import NoEquilibrium, Refusal
from sim.scenario import Scenario
from sim.scenario.decisions import Decision

LEVELS = (2.5, 12.5, 25.0, 50.0, 75.0, 87.5, 97.5)  # ends of the bands of 95, 75 and 50 %, and the median
CHANGES = ("real_income", "price_index", "exports_true", "imports_true")  # % against the twin
POINTS = ("poverty_gap", "support_public")  # difference to the twin, percentage points
POINTS_SCALE = {"poverty_gap": 1.0, "support_public": 100.0}
KINDS = ("coerce", "constrain", "signal")
MOST_SEEDS = 1000

Progress = Callable[[int, int], None]


@dataclass(eq=False)
class Explored:
    """What came of it. `bands[outcome][state]` is a list over quarters of lists over `LEVELS`; `endings[dispute][stage]` and
    `verdicts[dispute][kind][verdict]` count seeds; `met[dispute]` lists the share of the demand met at the end, by seed; `failed` are seeds without
    an equilibrium. Plain lists and numbers, so that it can be sent as JSON.
    """

    asked: int
    finished: int
    failed: list[int]
    bands: dict[str, dict[str, list[list[float]]]] = field(default_factory=dict)
    endings: dict[str, dict[str, int]] = field(default_factory=dict)
    met: dict[str, list[float]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


def explore(
    setting: Scenario,
    seeds: int,
    seed: int = 1,
    decisions: Iterable[Decision] | None = None,
    quarters: int | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Explored:
    """Play the seeds `seed`, `seed + 1`, ... As soon as `stop()` is true the seeds done so far are summed up. Raises `Refusal` as a run does."""
    if not 1 <= seeds <= MOST_SEEDS:
        raise Refusal(f"seeds: {seeds} is out of range; allowed is 1 to {MOST_SEEDS}.")
    orders = None if decisions is None else list(decisions)
    paths: dict[str, list[np.ndarray]] = {name: [] for name in (*CHANGES, *POINTS)}
    found = Explored(seeds, 0, [])
    for number in range(seeds):
        if stop is not None and stop():
            break
        luck = seed + number
        try:
            treated = run(setting, luck, orders, quarters, theory, parameters, timetable, keep_snapshots=False)
            twin = run(setting, luck, withdrawn(setting), quarters, theory, parameters, False, False, keep_snapshots=False)
        except NoEquilibrium:
            found.failed.append(luck)
        else:
            for name, values in _changes(treated, twin).items():
                paths[name].append(values)
            _count(treated, twin, found)
        found.finished += 1
        if progress is not None:
            progress(found.finished, seeds)
    for name, several in paths.items():
        if several:
            quantiles = np.moveaxis(np.percentile(np.stack(several), LEVELS, axis=0), 0, 2)  # (quarter, state, level)
            found.bands[name] = {state: quantiles[:, place].tolist() for place, state in enumerate(setting.state_ids)}
    return found


def withdrawn(setting: Scenario) -> list[Decision]:
    """Orders that take every measure in force at the start away in the quarter it begins."""
    return [Decision(order.quarter, order.state, order.lever, order.target, order.sector, None) for order in setting.measures]


def _changes(treated: Run, twin: Run) -> dict[str, np.ndarray]:
    """Changes against the twin `(quarter, state)`."""
    found: dict[str, np.ndarray] = {}
    for name in CHANGES:
        with_, without = (one.record.series("states", name) for one in (treated, twin))
        found[name] = 100.0 * (np.divide(with_, without, out=np.ones_like(with_), where=without != 0) - 1.0)
    for name in POINTS:
        with_, without = (one.record.series("states", name) for one in (treated, twin))
        found[name] = POINTS_SCALE[name] * (with_ - without)
    return found


def _count(treated: Run, twin: Run, found: Explored) -> None:
    last: dict[str, tuple[Any, ...]] = {row[1]: row for row in treated.record.rows("disputes")}
    for spec in treated.setting.disputes:
        last.setdefault(spec.id, (0, spec.id, spec.senders[0], spec.target, spec.kind, "dormant", spec.demand, spec.policy))
    for name, row in last.items():
        stages = found.endings.setdefault(name, {})
        stages[row[5]] = stages.get(row[5], 0) + 1
        found.met.setdefault(name, []).append(float(min(row[7] / row[6], 1.0)) if row[6] > 0 else 0.0)
        try:
            judged = verdicts(treated, twin, name)
        except Refusal:
            continue  # no measure ever began, so there is nothing to judge
        for kind in KINDS:
            counted = found.verdicts.setdefault(name, {}).setdefault(kind, {})
            verdict = getattr(judged, kind).verdict
            counted[verdict] = counted.get(verdict, 0) + 1
