"""Many runs at once: one worker, two local processes, and two Dask workers on this machine, with what it costs to start them."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from sim import api
from sim.analysis.engines import ONE_THREAD
from sim.scenario import Scenario
from tests.bench.timing import Measured

RUNS = 200
MANY = 1000
WORKERS = 2


def rows() -> Iterator[Measured]:
    """Seconds for the runs, without starting the workers; every bound is set by the row it is held against."""
    played = api.load("marriage-of-convenience")
    api.run(played, 1, quarters=2, keep_snapshots=False)
    one = _seconds(played, RUNS, workers=1)
    yield Measured(f"{RUNS} runs of marriage-of-convenience, one worker", one, one, 1, None, f"{1e3 * one / RUNS:.0f} ms a run")
    start = _seconds(played, WORKERS, quarters=1, workers=WORKERS)
    yield Measured(f"starting {WORKERS} local processes, imports and compiled code included", start, start, 1, None)
    whole = _seconds(played, RUNS, workers=WORKERS)
    two = whole - start
    yield Measured(f"the same, {WORKERS} local processes", two, two, 1, one / 1.8, f"{one / two:.2f} times as fast as one; with their start {whole:.1f} s")
    many = start + two * MANY / RUNS
    yield Measured(f"{MANY} runs on {WORKERS} local processes, start included", many, many, 1, 90.0, f"reckoned from {RUNS} runs")
    with contextlib.suppress(ImportError):
        yield from _cluster(played, two)


def _cluster(played: Scenario, processes: float) -> Iterator[Measured]:
    import distributed  # noqa: F401  # only where Dask is installed

    with tempfile.TemporaryDirectory() as folder, _dask(folder) as (address, start):
        first = _seconds(played, 10 * WORKERS, quarters=1, scheduler=address)
        yield Measured(f"starting a Dask scheduler and {WORKERS} workers, imports and compiled code included", start + first, start + first, 1, None)
        found = _seconds(played, RUNS, scheduler=address)
        note = f"{found / processes:.2f} times as long as local processes"
        yield Measured(f"{RUNS} runs on {WORKERS} Dask workers", found, found, 1, 1.25 * processes, note)


def _seconds(played: Scenario, runs: int, quarters: int = 24, workers: int = WORKERS, scheduler: str | None = None) -> float:
    began = time.perf_counter()
    found = api.ensemble(played, runs=runs, quarters=quarters, workers=workers, scheduler=scheduler)
    if not found.complete:
        raise SystemExit("bench: the ensemble was not finished")
    return time.perf_counter() - began


@contextlib.contextmanager
def _dask(folder: str) -> Iterator[tuple[str, float]]:
    """A scheduler and workers of one thread each: their address, and the seconds until they answer."""
    from distributed import Client

    began = time.perf_counter()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}}
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]
    worker = ["-m", "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands = [scheduler, *([*worker, "--local-directory", f"{folder}/{number}"] for number in range(WORKERS))]
    started = [subprocess.Popen([sys.executable, *command], **quiet) for command in commands]  # type: ignore[call-overload]
    try:
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield address, time.perf_counter() - began
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
