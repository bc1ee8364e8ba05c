"""From records of many seeds to verdicts.

A MUST passes when the mean over seeds lies in the interval, the sign is right in at least 90 % of the seeds, and, where parameters were
jittered, the mean stays inside in at least 70 % of the draws. A SHOULD passes when the 90 % interval of the mean's seeds overlaps the
target's interval and the sign is right in at least 75 %. An INFORM is only reported. Errors are standard errors, by the bootstrap over seeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.facts.fact import Fact, Record, Statistic

DRAWS = 400
SIGN_MUST, SIGN_SHOULD, JITTER_MUST = 0.9, 0.75, 0.7
TAILS = (5.0, 95.0)


@dataclass(frozen=True)
class Estimate:
    """A statistic over seeds: mean, standard error, 90 % interval over seeds (of the estimate, for a pooled one), share of right signs."""

    value: float
    error: float
    low: float
    high: float
    sign_share: float
    seeds: int


@dataclass(frozen=True)
class Verdict:
    """What came of one statistic. `jitter_share` and `ablated` are None where they were not computed."""

    statistic: Statistic
    estimate: Estimate
    jitter_share: float | None
    ablated: float | None
    must_fail: bool  # whether it is one of those of which the ablation has to move at least one out of its interval
    verdict: str  # pass, miss, report

    @property
    def inside(self) -> bool:
        """Whether the mean lies in the interval."""
        return inside(self.statistic, self.estimate.value)

    @property
    def ablation_fails(self) -> bool | None:
        """Whether, with the mechanism off, the statistic leaves its interval."""
        return None if self.ablated is None else not inside(self.statistic, self.ablated)


def inside(statistic: Statistic, value: float) -> bool:
    """Whether a value lies strictly between the ends of the statistic's interval."""
    return bool(statistic.low < value < statistic.high)


def pooled(fact: Fact, records: Sequence[Record]) -> Mapping[str, float]:
    """The fact's statistics from the records of several seeds."""
    if fact.pooled is not None:
        return fact.pooled(records)
    return {name: float(np.mean([record[name] for record in records])) for name in records[0]}


def estimates(fact: Fact, wanted: Sequence[Statistic], records: Sequence[Record]) -> dict[str, Estimate]:
    """Estimate every wanted statistic."""
    whole = pooled(fact, records)
    rng = np.random.default_rng(20_240_101)
    picks = rng.integers(0, len(records), (DRAWS, len(records)))
    samples = [pooled(fact, [records[index] for index in pick]) for pick in picks] if fact.pooled is not None else []
    found = {}
    for statistic in wanted:
        key = statistic.key
        if fact.pooled is None:
            values = np.array([record[key] for record in records], dtype=float)
            spread = np.array([values[pick].mean() for pick in picks])
        else:
            values = spread = np.array([sample[key] for sample in samples], dtype=float)
        value = float(whole[key])
        usable = values[np.isfinite(values)]
        low, high = (float(edge) for edge in np.percentile(usable, TAILS)) if len(usable) else (np.nan, np.nan)
        right = 1.0 if statistic.sign == 0 else float((np.sign(values) == statistic.sign).mean())
        found[key] = Estimate(value, _spread(spread), low, high, right, len(records))
    return found


def _spread(values: NDArray[np.float64]) -> float:
    """Standard deviation of the samples in which the statistic is a number at all: a ratio over nothing is not."""
    usable = values[np.isfinite(values)]
    return float(usable.std()) if len(usable) else float("nan")


def judge(statistic: Statistic, estimate: Estimate, jitter_share: float | None, ablated: float | None, must_fail: bool) -> Verdict:
    """The verdict on one statistic."""
    if statistic.strictness == "INFORM":
        word = "report"
    elif statistic.strictness == "MUST":
        held = inside(statistic, estimate.value) and estimate.sign_share >= SIGN_MUST
        word = "pass" if held and (jitter_share is None or jitter_share >= JITTER_MUST) else "miss"
    else:
        overlaps = estimate.low < statistic.high and estimate.high > statistic.low
        word = "pass" if overlaps and estimate.sign_share >= SIGN_SHOULD else "miss"
    return Verdict(statistic, estimate, jitter_share, ablated, must_fail, word)
