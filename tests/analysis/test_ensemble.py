"""Ensembles: quantiles by hand, the same whatever the engine, order, workers or interruptions; Dask with a worker killed midway."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import api
from sim.analysis import ensemble as module
from sim.analysis.engines import Cluster, InProcess, Processes
from sim.analysis.ensemble import ensemble_to, plan_of
from sim.analysis.rows import Rows
from sim.cli import call
from sim.refusals import Refusal
from sim.scenario.decisions import Decision

FILES = ("quantiles.csv", "quantiles.parquet", "endings.csv", "ensemble.json")


class Backwards:
    """An engine that does everything in the wrong order."""

    name = "backwards"

    def results(self, work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for job in reversed(list(jobs)):
            yield job, work(job)


def _plan(runs: int = 12, **more: Any) -> module.Plan:
    return plan_of("triangle", runs, quarters=4, **more)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def test_quantiles_and_means_are_those_of_the_single_runs() -> None:
    """Seven runs: the median is the fourth of the sorted values, the 25 % quantile half-way between second and third, by linear interpolation."""
    found = api.ensemble("triangle", runs=7, quarters=3)
    single = [api.run("triangle", seed=seed, quarters=3, keep_snapshots=False).states for seed in range(1, 8)]
    values = sorted(table.query("quarter == 2 and state == 'B'")["real_income"].item() for table in single)
    row = found.quantiles.query("quarter == 2 and state == 'B' and outcome == 'real_income'").iloc[0]
    assert row["q50"] == pytest.approx(values[3], rel=1e-12)
    assert row["q25"] == pytest.approx((values[1] + values[2]) / 2, rel=1e-12)
    assert row["mean"] == pytest.approx(np.mean(values), rel=1e-12)
    assert values[0] < row["q05"] < row["q25"] < row["q50"] < row["q75"] < row["q95"] < values[-1]


def test_order_workers_and_engine_change_no_byte(tmp_path: Path) -> None:
    plan = _plan()
    for name, engine in (("one", InProcess()), ("back", Backwards()), ("two", Processes(2))):
        ensemble_to(tmp_path / name, plan, 12, engine)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "back") == _bytes(tmp_path / "two")
    assert not [place for place in tmp_path.iterdir() if place.name.startswith(".")]


def test_parquet_and_csv_hold_the_same_table(tmp_path: Path) -> None:
    ensemble_to(tmp_path / "out", _plan(), 12, InProcess())
    parquet, csv = pd.read_parquet(tmp_path / "out" / "quantiles.parquet"), pd.read_csv(tmp_path / "out" / "quantiles.csv")
    assert list(parquet.columns) == ["quarter", "state", "outcome", "q05", "q25", "q50", "q75", "q95", "mean"]
    assert np.allclose(parquet["q95"], csv["q95"], rtol=1e-10)


def test_a_stop_gives_the_ensemble_of_the_finished_runs() -> None:
    seen: list[tuple[int, int]] = []
    found = api.ensemble("triangle", runs=12, quarters=2, progress=lambda done, runs: seen.append((done, runs)), stop=lambda: len(seen) == 1)
    assert not found.complete and found.finished == module.BATCH and seen == [(module.BATCH, 12)]
    whole = api.ensemble("triangle", runs=module.BATCH, quarters=2)
    pd.testing.assert_frame_equal(found.quantiles, whole.quantiles)


def test_a_run_without_equilibrium_is_counted_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = module.World

    class Fragile(real):  # type: ignore[misc, valid-type]
        def step(self) -> None:
            if self.seed == 3:
                raise api.NoEquilibrium("made to fail")
            super().step()

    whole = api.ensemble("triangle", runs=2, quarters=2)
    monkeypatch.setattr(module, "World", Fragile)
    found = api.ensemble("triangle", runs=3, quarters=2)
    assert found.failed == (3,)
    pd.testing.assert_frame_equal(found.quantiles, whole.quantiles)


def test_rows_survive_a_torn_note_and_count_only_when_done(tmp_path: Path) -> None:
    rows = Rows(tmp_path, 3, 2)
    rows.put(1, np.array([1.0, 2.0]), {"x": 1})
    rows.close()
    with (tmp_path / "notes.jsonl").open("a") as file:
        file.write('{"row": 2, "x"')
    again = Rows(tmp_path, 3, 2)
    assert again.missing() == [0, 2] and again.notes() == {1: {"x": 1}}
    again.put(2, None, {"failed": "so"})
    assert again.failed() == [2] and again.notes()[2] == {"failed": "so"}
    assert [values.tolist() for _, values in again.blocks()] == [[[1.0, 2.0]]]
    again.close()


COMMAND = (sys.executable, "-c", "import sys; from sim.cli import call; sys.exit(call(sys.argv[1:]))")


def test_an_ensemble_killed_again_and_again_ends_with_the_same_bytes(tmp_path: Path) -> None:
    """`kill -9` at moments that the work itself fixes (so many runs done); runs that are done are not done again."""
    arguments = ["ensemble", "triangle", "--runs", "60", "--quarters", "4", "--workers", "1", "--out"]
    assert call([*arguments, str(tmp_path / "whole")]) == 0
    done = tmp_path / ".cut-unfinished" / "done.u8"
    counts = [0]
    for goal in (1, 11, 23, 40):
        process = subprocess.Popen([*COMMAND, *arguments, str(tmp_path / "cut")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 300
        while process.poll() is None and time.monotonic() < limit and (not done.exists() or sum(done.read_bytes()) < goal):
            os.sched_yield()
        process.send_signal(signal.SIGKILL)
        process.wait()
        counts.append(sum(done.read_bytes()) if done.exists() else 60)
    assert counts == sorted(counts) and 0 < counts[1] < 60  # work was cut and never lost
    assert call([*arguments, str(tmp_path / "cut")]) == 0
    assert _bytes(tmp_path / "whole") == _bytes(tmp_path / "cut")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--runs", "0"], "runs: 0 is out of range"),
        (["--runs", "5", "--quarters", "9999"], "quarters: 9999"),
        (["--runs", "5", "--theory", "mixd"], "Did you mean 'mixed'"),
        (["--runs", "5", "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "do not go together"),
        (["--runs", "5", "--scheduler", "nowhere"], "is not an address"),
    ],
)
def test_bad_calls_are_refused_and_write_nothing(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["ensemble", "triangle", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []  # no unfinished work beside it either


def test_decisions_for_states_that_do_not_exist_are_refused() -> None:
    with pytest.raises(Refusal, match="XX"):
        api.ensemble("triangle", runs=2, decisions=[Decision(0, "XX", "import_ban", "B", "*", 1.0)])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_unreachable_scheduler_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'sanctions-lab[dask]'")
    monkeypatch.setattr("sim.analysis.engines.PATIENCE", 1.0)
    with pytest.raises(Refusal, match="nobody answers"):
        list(Cluster(f"tcp://127.0.0.1:{_free_port()}").results(abs, [1]))


def test_a_cluster_that_loses_a_worker_midway_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'sanctions-lab[dask]'")
    plan = _plan(80)
    ensemble_to(tmp_path / "here", plan, 80, InProcess())
    address = f"tcp://127.0.0.1:{_free_port()}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"], **quiet  # type: ignore[call-overload]
        )
    ]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    started += [subprocess.Popen([*worker, "--local-directory", str(tmp_path / f"w{index}")], **quiet) for index in range(2)]  # type: ignore[call-overload]
    killed = []

    def kill_one(done: int, runs: int) -> None:
        if not killed and done >= 15:
            started[1].send_signal(signal.SIGKILL)
            killed.append(done)

    try:
        _until_workers(address, 2)
        ensemble_to(tmp_path / "cluster", plan, 80, Cluster(address), kill_one)
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
    assert killed and killed[0] < 80
    assert _bytes(tmp_path / "here") == _bytes(tmp_path / "cluster")


def _until_workers(address: str, count: int) -> None:
    from distributed import Client

    limit = time.monotonic() + 300
    while True:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=120)
                return
        except OSError:
            if time.monotonic() > limit:
                raise
