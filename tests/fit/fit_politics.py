"""Calibrate the politics of disputes in the full model: `python tests/fit/fit_politics.py --minutes 60 --out build/fit_politics.csv`.

What is matched: the intervals of O01, O02, O03, O05, O06 and O17 (`sim/analysis/facts/targets.csv`), in the population of disputes of
`sim/analysis/facts/episodes.py` and the staged ones of `depth.py`. The parameters moved, and how far, are `MOVED`: all are declared as calibrated in
`sim/parameters/politics.py`. A point is the better the nearer its statistics are to the middle of their intervals, in half-widths (logs for ratios
and years), MUSTs counted twice; what lies outside counts three times more. The same seeds serve every point, so that points differ by their parameters alone.

First a Latin hypercube around the defaults, the defaults being its first point; then, until the time is over, a search around the best point: one
parameter at a time up or down by a factor that shrinks when nothing helps. Every point is a row of the file as soon as it is known, and the
same command goes on where it was stopped. At the end: the best points, and the rank correlation of every parameter with every statistic.
The reduced form of a few parameters is no proof of the others: whatever is adopted has to pass `sanctions-lab facts` with other seeds.
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import qmc, spearmanr

from sim.analysis.facts import EXPERIMENTS, FACTS, statistics
from sim.analysis.facts.fact import Statistic
from sim.parameters import PARAMETERS

MOVED: dict[str, tuple[float, float]] = {  # explored between these, inside the declared ranges
    "stakes_target": (3.5, 18.0),
    "blame": (0.1, 0.8),
    "stakes_sender": (0.15, 0.8),
    "core_multiplier": (2.0, 4.5),
    "resolve_spread": (1.1, 3.2),
    "rationality": (6.0, 24.0),
    "agenda_rate": (0.12, 0.30),
    "prior_quit": (0.03, 0.16),
    "prior_weight": (1.2, 6.0),
    "audience_cost": (0.3, 1.2),
    "fatigue": (0.03, 0.16),
    "part_offered": (0.4, 0.8),
    "threat_gain": (0.4, 1.0),
    "public_weight_autocracy": (0.25, 0.8),
    "lobby_weight": (0.5, 5.0),
}
MATCHED = ("O01", "O02", "O03", "O05", "O06", "O17")
IN_LOGS = ("ratio", "odds_ratio", "median")
FIRST_SEED = 1001  # none of those that the targets are judged by
OUTSIDE = 3.0
STEPS = (1.35, 1.15, 1.07)

Point = dict[str, float]


def wanted() -> list[Statistic]:
    """The statistics that are matched."""
    return [each for name in MATCHED for each in statistics()[name] if each.strictness != "INFORM"]


def simulated(point: Mapping[str, float], seeds: int) -> Point:
    """Statistics of a point."""
    needed = dict.fromkeys(FACTS[name].experiment for name in MATCHED)
    records = {name: [EXPERIMENTS[name](FIRST_SEED + seed, point) for seed in range(seeds)] for name in needed}
    found: Point = {}
    for name in MATCHED:
        pooled = FACTS[name].pooled
        assert pooled is not None
        values = pooled(records[FACTS[name].experiment])
        found.update({f"{name}.{each.key}": float(values[each.key]) for each in wanted() if each.target == name})
    return found


def distance(found: Mapping[str, float]) -> float:
    """How far the statistics are from the middles of their intervals."""
    total = 0.0
    for each in wanted():
        value, low, high = found[f"{each.target}.{each.key}"], each.low, each.high
        if not math.isfinite(value):
            total += 25.0
            continue
        if each.key in IN_LOGS:
            value, low, high = math.log(max(value, 1e-3)), math.log(low), math.log(high)
        off = abs(value - 0.5 * (low + high)) / (0.5 * (high - low))
        total += (2.0 if each.strictness == "MUST" else 1.0) * min(off * off * (OUTSIDE if off > 1.0 else 1.0), 25.0)
    return total


def hypercube(points: int) -> Iterator[Point]:
    """The defaults, then a Latin hypercube over `MOVED`."""
    yield {name: PARAMETERS[name].default for name in MOVED}
    for draw in qmc.LatinHypercube(len(MOVED), rng=np.random.default_rng(7)).random(points - 1):
        yield {name: round(low + share * (high - low), 4) for share, (name, (low, high)) in zip(draw, MOVED.items(), strict=True)}


class Log:
    """Points known so far, in a file."""

    def __init__(self, place: Path, seeds: int) -> None:
        self.place, self.seeds = place, seeds
        self.columns = ["seeds", "distance", *MOVED, *(f"{each.target}.{each.key}" for each in wanted())]
        self.rows: list[Point] = []
        if place.exists():
            with place.open(encoding="utf-8", newline="") as lines:
                self.rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(lines)]
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(",".join(self.columns) + "\n", encoding="utf-8")

    def known(self, point: Mapping[str, float]) -> Point | None:
        """The row of a point, if it has been done with as many seeds."""
        alike = (row for row in self.rows if row["seeds"] == self.seeds and all(math.isclose(row[name], point[name], rel_tol=1e-9) for name in MOVED))
        return next(alike, None)

    def do(self, point: Mapping[str, float]) -> Point:
        """The row of a point, computed unless it is known."""
        row = self.known(point)
        if row is None:
            found = simulated(point, self.seeds)
            row = {"seeds": float(self.seeds), "distance": distance(found), **point, **found}
            self.rows.append(row)
            with self.place.open("a", encoding="utf-8", newline="") as lines:
                lines.write(",".join(f"{row[name]:.10g}" for name in self.columns) + "\n")
            print(f"{row['distance']:8.2f}  " + " ".join(f"{name}={value:.3g}" for name, value in found.items()), flush=True)
        return row

    def best(self) -> Point:
        """The row with the least distance."""
        return min((row for row in self.rows if row["seeds"] == self.seeds), key=lambda row: row["distance"])


def search(log: Log, until: float) -> None:
    """Move one parameter of the best point at a time, as long as there is time."""
    for factor in STEPS:
        moved = True
        while moved:
            moved = False
            for name, (low, high) in MOVED.items():
                best = log.best()
                for value in (best[name] * factor, best[name] / factor):
                    if time.monotonic() > until:
                        return
                    if low <= value <= high and log.do({**{each: best[each] for each in MOVED}, name: round(value, 4)})["distance"] < best["distance"]:
                        moved = True
                        break


def told(log: Log, most: int = 5) -> Iterator[str]:
    """The best points and what moves what, in lines."""
    rows = sorted((row for row in log.rows if row["seeds"] == log.seeds), key=lambda row: row["distance"])
    for row in rows[:most]:
        yield f"distance {row['distance']:.2f}: " + ", ".join(f"{name} {row[name]:g}" for name in log.columns[2:])
    yield "Rank correlations above 0.3:"
    for outcome in log.columns[2 + len(MOVED) :]:
        found = [(name, float(spearmanr([row[name] for row in rows], [row[outcome] for row in rows])[0])) for name in MOVED]
        strong = sorted((pair for pair in found if abs(pair[1]) > 0.3), key=lambda pair: -abs(pair[1]))
        yield f"  {outcome}: " + ", ".join(f"{name} {value:+.2f}" for name, value in strong)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the calibration for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--points", type=int, default=20, help="points of the Latin hypercube")
    parser.add_argument("--seeds", type=int, default=24, help="fewer leave the odds ratios to luck")
    parser.add_argument("--out", type=Path, default=Path("build/fit_politics.csv"))
    given = parser.parse_args(arguments)
    until = time.monotonic() + 60.0 * given.minutes
    log = Log(given.out, given.seeds)
    for point in hypercube(given.points):
        if time.monotonic() > until:
            break
        log.do(point)
    search(log, until)
    print("\n".join(told(log)))


if __name__ == "__main__":
    main()
