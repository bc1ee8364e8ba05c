"""The same input gives the same bytes, and a fork without change is the history itself."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from sim import api
from sim.record import Record
from sim.tables import TABLES
from tests.architecture.files import ROOT

LENGTH = 8
MEASURE = api.Decision(5, "ARDEN", "tariff", "BELMORA", "", 0.3)


@pytest.fixture(scope="module")
def history() -> api.Run:
    return api.run("who-pays", seed=3, quarters=LENGTH)


def test_two_runs_of_the_same_input_are_equal_to_the_byte(history):
    assert api.run("who-pays", seed=3, quarters=LENGTH).digests == history.digests


def test_another_process_writes_the_same_bytes(history):
    """Hash seeds differ between processes; nothing may depend on them."""
    code = f"from sim import api; print(sorted(api.run('who-pays', seed=3, quarters={LENGTH}).digests.items()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sorted(history.digests.items()))


def test_another_seed_gives_other_numbers(history):
    assert api.run("who-pays", seed=4, quarters=LENGTH).digests["states"] != history.digests["states"]


def test_politics_happen_in_the_history_the_tests_stand_on(history):
    assert len(history.choices) > 0 and len(history.events) > 0 and len(history.measures) > 0


@pytest.mark.parametrize("at", range(LENGTH))
def test_a_fork_without_change_equals_history_exactly(history, at):
    assert api.branch(history, at).digests == history.digests


def test_a_fork_keeps_history_before_it_to_the_byte_and_differs_from_then_on(history):
    fork = api.branch(history, 5, [MEASURE])
    for name in TABLES:
        mine, theirs = (run.table(name) for run in (fork, history))
        assert mine[mine["quarter"] < 5].equals(theirs[theirs["quarter"] < 5]), name
    mine, theirs = (run.states[run.states["quarter"] == 5]["real_income"].to_numpy() for run in (fork, history))
    assert not np.array_equal(mine, theirs)


def test_a_fork_leaves_the_history_it_came_from_alone(history):
    before = dict(history.digests)
    api.branch(history, 2, [api.Decision(2, "ARDEN", "import_ban", "CORVANE", "", 1.0)])
    assert {name: api.Run.table(history, name).shape for name in TABLES} and {
        name: digest for name, digest in api.branch(history, 7).digests.items()
    } == before


def test_a_fork_equals_the_run_that_was_given_the_decision_from_the_start(history):
    """The measure of quarter 5 planned before quarter 0 or ordered in a fork at 5: nobody can foresee it, so the run is the same."""
    planned = api.run("who-pays", seed=3, quarters=LENGTH, decisions=[MEASURE])
    assert api.branch(history, 5, [MEASURE]).digests == planned.digests


def test_a_fork_of_a_fork_goes_on_from_there(history):
    fork = api.branch(history, 5, [MEASURE])
    assert api.branch(fork, 7).decisions == (MEASURE,)
    assert api.branch(fork, 7).digests == fork.digests
    assert api.branch(fork, 5).digests == history.digests  # at 5 the fork's own decisions are open again


def test_one_states_policy_leaves_the_luck_of_all_others_alone(history):
    """Productivity is pure luck here: it is the same in every quarter whatever anybody does."""
    fork = api.branch(history, 2, [api.Decision(2, "ARDEN", "export_ban", "BELMORA", "", 0.9)])
    worlds = []
    for run in (history, fork):
        world = api.World(run.setting, run.seed, run.decisions, governments=False, timetable=False)
        shocks = []
        for _ in range(LENGTH):
            world.step()
            shocks.append(world.shocks.copy())
        worlds.append(np.array(shocks))
    assert np.array_equal(*worlds) and np.abs(worlds[0]).max() > 0


def test_a_snapshot_is_not_touched_by_what_comes_after_it(history):
    """Two worlds restored from one snapshot and stepped twice, one after the other, end in the same place."""
    ends = []
    for _ in range(2):
        world = api.World(history.setting, history.seed, history.decisions)
        world.restore(history.snapshots[4], history.record)
        for _ in range(2):
            world.step()
        ends.append({name: world.record.csv(name) for name in TABLES})
    assert ends[0] == ends[1]


def test_the_solvers_starting_point_is_part_of_a_snapshot(history):
    """Restored without it, the last digits of a solution could differ from history's."""
    world = api.World(history.setting, history.seed)
    world.restore(history.snapshots[4], history.record)
    assert world.economy.start is not None
    assert np.array_equal(world.economy.start, history.snapshots[4]["economy"].start)
    assert world.economy.start is not history.snapshots[4]["economy"].start


def test_everything_a_world_carries_forward_is_in_its_snapshot():
    """After a few quarters, whatever differs between a fresh world and a stepped one is in the snapshot, or known not to matter."""
    setting = api.load("who-pays")
    fresh, stepped = api.World(setting, 1), api.World(setting, 1)
    for _ in range(4):
        stepped.step()
    not_carried = {"record", "forecasts", "pending", "market_cost", "tally"}  # written only, made anew or emptied within each quarter; sums of measures
    changed = {
        name
        for name, value in vars(stepped).items()
        if not name.startswith("_") and name in vars(fresh) and name not in ("states", "steps", "agents_by_type", "random", "rng", "time")
        if _picture(value) != _picture(vars(fresh)[name])
    }
    assert changed - set(stepped.snapshot()) - not_carried == set()
    assert {"economy", "quarter", "measures", "politics"} <= changed


def _picture(value: object) -> object:
    """A value as bytes or text that is equal for equal content."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _picture(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): _picture(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_picture(inner) for inner in value]
    if isinstance(value, str | int | float | bool | frozenset) or value is None:
        return value
    if isinstance(value, Record) or not hasattr(value, "__dict__"):
        return type(value).__name__
    return {name: _picture(inner) for name, inner in vars(value).items() if isinstance(inner, np.ndarray | str | int | float | dict | list)}


@pytest.mark.parametrize(
    "at, decisions, sentence",
    [
        (8, (), "branch: quarter 8 is not in the run; allowed is 0 to 7."),
        (-1, (), "branch: quarter -1 is not in the run"),
        (6, (MEASURE,), "branch: a decision for quarter 5 lies before the fork at quarter 6."),
    ],
)
def test_a_fork_that_cannot_be_is_refused(history, at, decisions, sentence):
    with pytest.raises(api.Refusal, match=sentence):
        api.branch(history, at, decisions)


def test_a_run_without_snapshots_or_with_a_function_cannot_be_forked():
    with pytest.raises(api.Refusal, match="kept no snapshots"):
        api.branch(api.run("triangle", quarters=2, keep_snapshots=False), 1)
    with pytest.raises(api.Refusal, match="came from a function"):
        api.branch(api.run("triangle", quarters=2, decisions=lambda *_: None), 1)
