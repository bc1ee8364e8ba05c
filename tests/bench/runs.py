"""Whole runs, and what the first call of a fresh process costs."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sim import api
from sim.scenario import Scenario
from sim.scenario.generate import gravity_world
from tests.bench.timing import Measured, measured

ROOT = Path(__file__).parents[2]
GSDB_RATE = 1.0  # new disputes a quarter among 40 states: GSDB counts 18.1 new cases a year in 1950-2022 (Syropoulos et al. 2023), among about 190 states
FIRST = """
import time
began = time.perf_counter()
from sim import api
imported = time.perf_counter()
setting = api.load("triangle")
api.run(setting, quarters=1, keep_snapshots=False)
first = time.perf_counter()
api.run(setting, quarters=1, keep_snapshots=False)
print(imported - began, first - imported, time.perf_counter() - first)
"""


def rows() -> Iterator[Measured]:
    """Runs of 24 quarters, forks, and the first call with an empty and a filled cache of compiled code."""
    made, played = gravity_world(12, 6, quarters=24), api.load("marriage-of-convenience")
    real, large = gravity_world(44, 5, quarters=24), api.world_a(40, 6, quarters=60)

    def bare(seed: int = 1) -> api.Run:
        return api.run(made, seed, quarters=24, governments=False, keep_snapshots=False)

    yield measured("24 quarters of 12 x 6, no politics", bare, 0.1, seconds=2.0)
    yield measured("24 quarters of 44 x 5, no politics", lambda: api.run(real, 1, governments=False, keep_snapshots=False), 1.0, seconds=3.0, least=3)
    for rate, bound in ((GSDB_RATE, 5.0), (2.0 * GSDB_RATE, None)):
        what = f"60 quarters of 40 x 6, all politics, {rate:g} new disputes a quarter"
        yield measured(what, _large(large, rate), bound, "median and worst of seeds 1 to 6", least=6, most=6)
    yield measured("24 quarters of 12 x 6, governments decide", lambda: api.run(made, 1, quarters=24, keep_snapshots=False), None, seconds=2.0)
    size = f"{len(played.states)} x {len(played.sectors)}"
    whole = f"24 quarters of marriage-of-convenience ({size}), all politics"
    yield measured(whole, lambda: api.run(played, 1, quarters=24, keep_snapshots=False), 0.25, seconds=2.0)
    seeds = iter(range(1, 100_000))
    yield measured(
        "the same over many seeds, one process", lambda: api.run(played, next(seeds), quarters=24, keep_snapshots=False), 0.16,
        "bound is for bulk: 1,000 runs in 90 s on two cores", seconds=5.0, least=20,
    )
    history = api.run(played, 1, quarters=24)
    change = [api.Decision(20, history.setting.states[0].id, "tariff", history.setting.states[1].id, "", 0.2)]
    yield measured("a fork at quarter 20 of 24", lambda: api.branch(history, 20, change), None)
    yield measured("tables of one run as CSV", lambda: [history.record.csv(name) for name in api.TABLES], None)
    yield from first_calls()
    yield measured("sanctions-lab --help", lambda: _process(["-m", "sim.cli", "--help"]), 0.5, seconds=2.0)


def _large(setting: Scenario, rate: float) -> Callable[[], api.Run]:
    """A run of a large world with new disputes, each time with the next of six seeds: luck decides how many of them grow."""
    seeds = itertools.cycle(range(1, 7))
    return lambda: api.run(setting, next(seeds), parameters={"arrival_rate": rate}, keep_snapshots=False)


def first_calls() -> Iterator[Measured]:
    """A fresh process: imports, the first quarter (compiling or loading compiled code), the second run."""
    with tempfile.TemporaryDirectory() as folder:
        for cache in ("nothing compiled yet", "compiled code on disk"):
            numbers = [float(part) for part in _process(["-c", FIRST], NUMBA_CACHE_DIR=folder).split()]
            for what, seconds in zip(("imports", "first quarter", "second run"), numbers, strict=True):
                yield Measured(f"fresh process, {cache}: {what}", seconds, seconds, 1, None)


def _process(arguments: list[str], **environment: str) -> str:
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return done.stdout or str(time.perf_counter() - began)
