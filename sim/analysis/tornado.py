"""What matters: every number of the model moved to the lower and to the upper end of its range, one at a time, with the same seeds.

The outcome is the mean over seeds; a number matters as far as the outcome differs between its two ends. One at a time says nothing about how numbers
work together: for that there are sweeps (`sim.analysis.sweep`, by Morris or Sobol).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.runs import Run, run
from sim.parameters import PARAMETERS
from sim.refusals import NoEquilibrium, Refusal, nearest
from sim.scenario import Scenario
from sim.scenario.decisions import Decision

YEAR = 4
OUTCOMES = ("income", "exports", "prices", "demand")
MOST_SEEDS = 50

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Swing:
    """A number's effect: the outcome with it at `low` and at `high`, and the standard error of the difference over seeds."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float
    error: float

    @property
    def size(self) -> float:
        """How far the outcome moves."""
        return abs(self.at_high - self.at_low)


@dataclass(eq=False)
class Tornado:
    """`base` is the outcome with nothing moved; `swings` the numbers done so far, the largest effect first; `failed` those without a result."""

    outcome: str
    focus: str
    base: float
    asked: int
    swings: list[Swing] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def tornado(
    setting: Scenario,
    names: Sequence[str],
    outcome: str,
    focus: str,
    seeds: int = 4,
    seed: int = 1,
    decisions: Iterable[Decision] | None = None,
    quarters: int | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Tornado:
    """Move each of `names` on its own. `outcome`: income, exports or prices of `focus` in the last year, % against the first quarter; or demand, the
    share of all demands met at the end, %. Raises `Refusal` for what it does not know.
    """
    for name in names:
        if name not in PARAMETERS:
            raise Refusal(f"tornado: there is no parameter '{name}'.{nearest(name, PARAMETERS)}")
    if outcome not in OUTCOMES:
        raise Refusal(f"tornado: there is no outcome '{outcome}'; allowed are {', '.join(OUTCOMES)}.{nearest(outcome, OUTCOMES)}")
    if focus not in setting.state_ids:
        raise Refusal(f"tornado: there is no state '{focus}'; allowed are {', '.join(setting.state_ids)}.{nearest(focus, setting.state_ids)}")
    if not 1 <= seeds <= MOST_SEEDS:
        raise Refusal(f"seeds: {seeds} is out of range; allowed is 1 to {MOST_SEEDS}.")
    orders = None if decisions is None else list(decisions)
    moved = [PARAMETERS[name] for name in names if PARAMETERS[name].low < PARAMETERS[name].high]
    total, done = seeds * (1 + 2 * len(moved)), 0

    def outcomes(change: Mapping[str, float]) -> np.ndarray | None:
        """The outcome by seed, NaN without an equilibrium; None when stopped."""
        nonlocal done
        values = []
        for number in range(seeds):
            if stop is not None and stop():
                return None
            try:
                one = run(setting, seed + number, orders, quarters, theory, {**(parameters or {}), **change}, timetable, keep_snapshots=False)
                values.append(_outcome(one, outcome, focus))
            except NoEquilibrium:
                values.append(np.nan)
            done += 1
            if progress is not None:
                progress(done, total)
        return np.array(values)

    base = outcomes({})
    found = Tornado(outcome, focus, float("nan") if base is None else _mean(base), len(moved))
    for parameter in moved:
        ends = [outcomes({parameter.name: value}) for value in (parameter.low, parameter.high)]
        if ends[0] is None or ends[1] is None:
            break
        gaps = (ends[1] - ends[0])[np.isfinite(ends[1] - ends[0])]
        if not len(gaps):
            found.failed.append(parameter.name)
            continue
        error = float(gaps.std(ddof=1) / np.sqrt(len(gaps))) if len(gaps) > 1 else 0.0
        found.swings.append(Swing(parameter.name, parameter.low, parameter.high, _mean(ends[0]), _mean(ends[1]), error))
    found.swings.sort(key=lambda swing: (-swing.size, swing.name))
    return found


def _outcome(done: Run, outcome: str, focus: str) -> float:
    if outcome == "demand":
        last = {row[1]: row for row in done.record.rows("disputes")}
        met = [min(row[7] / row[6], 1.0) for row in last.values() if row[6] > 0]
        return 100.0 * float(np.mean(met)) if met else 0.0
    column = {"income": "real_income", "exports": "exports_true", "prices": "price_index"}[outcome]
    path = done.record.series("states", column)[:, done.setting.state_ids.index(focus)]
    return 100.0 * (float(path[-YEAR:].mean()) / float(path[0]) - 1.0)


def _mean(values: np.ndarray) -> float:
    good = values[np.isfinite(values)]
    return float(good.mean()) if len(good) else float("nan")
