"""The facts machinery: verdicts by hand, jobs shared, resumption, refusals. The experiments themselves run in `make facts`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.analysis import facts
from sim.analysis.engines import InProcess, Processes, engine_of
from sim.analysis.facts import FACTS, bans, controls, report, runner, statistics, verdicts
from sim.analysis.facts.fact import Fact, Statistic
from sim.analysis.facts.runner import SIZES, Job, Size, chosen, jittered, jobs_of, run_facts
from sim.analysis.shards import Shards
from sim.cli import call
from sim.parameters import PARAMETERS
from sim.refusals import Refusal


def _statistic(strictness: str = "MUST", low: float = -5.0, high: float = -1.0, sign: int = -1) -> Statistic:
    return Statistic("X", "x", "made up", "%", low, high, sign, strictness, "", "Made up")  # type: ignore[arg-type]


def _estimate(values: list[float], statistic: Statistic) -> verdicts.Estimate:
    fact = Fact("X", "x", {}, (), "")
    return verdicts.estimates(fact, [statistic], [{"x": value} for value in values])["x"]


def test_a_must_needs_the_mean_inside_and_nine_signs_of_ten() -> None:
    """Mean of nine -2 and one 1 is -1.7, inside -5..-1, nine signs of ten right: pass. Eight of ten: mean -1.4 inside, but miss."""
    statistic = _statistic()
    nine = _estimate([-2.0] * 9 + [1.0], statistic)
    assert nine.value == pytest.approx(-1.7) and nine.sign_share == pytest.approx(0.9)
    assert verdicts.judge(statistic, nine, None, None, False).verdict == "pass"
    eight = _estimate([-2.0] * 8 + [1.0] * 2, statistic)
    assert eight.value == pytest.approx(-1.4) and verdicts.judge(statistic, eight, None, None, False).verdict == "miss"


def test_a_must_needs_seven_jitter_draws_of_ten_inside() -> None:
    statistic = _statistic()
    estimate = _estimate([-2.0] * 10, statistic)
    assert verdicts.judge(statistic, estimate, 0.7, None, False).verdict == "pass"
    assert verdicts.judge(statistic, estimate, 0.65, None, False).verdict == "miss"


def test_a_should_needs_overlap_and_three_signs_of_four_and_an_inform_is_only_reported() -> None:
    """Seeds from -12 to -0.5: their mean -6.25 is outside -5..-1, but the 5th to 95th percentile overlaps it."""
    should = _statistic("SHOULD")
    estimate = _estimate(list(np.linspace(-12.0, -0.5, 20)), should)
    assert not verdicts.inside(should, estimate.value)
    assert verdicts.judge(should, estimate, None, None, False).verdict == "pass"
    assert verdicts.judge(should, _estimate([-9.0] * 20, should), None, None, False).verdict == "miss"
    assert verdicts.judge(_statistic("INFORM"), estimate, None, None, False).verdict == "report"


def test_the_ends_of_an_interval_are_outside() -> None:
    assert not verdicts.inside(_statistic(), -5.0) and not verdicts.inside(_statistic(), -1.0) and verdicts.inside(_statistic(), -1.01)


def test_targets_that_share_an_experiment_share_its_seeds() -> None:
    """O10 and O11 use one experiment: 3 seeds once, and 2 with each mechanism off, are 7 jobs."""
    jobs = jobs_of(chosen(["O10", "O11"]), Size(3, 0, 0, 2))
    assert len(jobs) == len(set(jobs)) == 7


def test_a_jitter_draw_moves_free_parameters_by_at_most_a_fifth_and_leaves_the_others() -> None:
    values = jittered(3)
    assert values == jittered(3) != jittered(4)
    for name, value in values.items():
        parameter = PARAMETERS[name]
        assert parameter.free and parameter.low <= value <= parameter.high
        assert 0.8 - 1e-12 <= value / parameter.default <= 1.2 + 1e-12
    assert "shock_volatility" not in values


def test_every_target_has_statistics_and_every_ablation_names_parameters_and_statistics_that_exist() -> None:
    for name, fact in FACTS.items():
        keys = {statistic.key for statistic in statistics()[name]}
        assert set(fact.fails) <= keys
        for parameter, value in fact.ablation.items():
            PARAMETERS[parameter].check(value, name)
        assert fact.experiment in facts.EXPERIMENTS
        assert all(statistic.low < statistic.high for statistic in statistics()[name])


def test_no_default_of_a_parameter_equals_the_middle_of_a_target() -> None:
    """No constant may stand in for a mechanism: the reference value of a ban, 58 %, is nowhere among the parameters."""
    assert not [name for name, parameter in PARAMETERS.items() if parameter.default in (0.58, -0.58, 58.0)]


def test_a_stopped_run_does_only_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Job] = []

    def pretend(seed: int, parameters: object) -> dict[str, float]:
        done.append(Job("bans", "", seed))
        return {"complete": -60.0 - seed, "partial": -20.0, "gap": -40.0 - seed}

    monkeypatch.setitem(facts.EXPERIMENTS, "bans", pretend)
    monkeypatch.setitem(SIZES, "quick", Size(3, 0, 0, 0))
    shards = Shards(tmp_path / "out", {"a": 1})
    shards.put("bans.base.2", json.dumps({"complete": -70.0, "partial": -20.0, "gap": -50.0}).encode())
    first = run_facts(["O07"], "quick", InProcess(), shards)
    assert [job.seed for job in done] == [1, 3]
    assert first[0].estimate.value == pytest.approx((-61 - 70 - 63) / 3)
    assert run_facts(["O07"], "quick", InProcess(), shards)[0] == first[0] and len(done) == 2


def test_unfinished_work_with_other_settings_is_refused_or_thrown_away_with_force(tmp_path: Path) -> None:
    Shards(tmp_path / "out", {"a": 1}).put("x", b"1")
    with pytest.raises(Refusal, match="unfinished work with other settings"):
        Shards(tmp_path / "out", {"a": 2})
    assert Shards(tmp_path / "out", {"a": 2}, force=True).done() == set()


def test_the_table_prints_and_reads_as_csv_and_a_missed_must_fails() -> None:
    good = verdicts.judge(_statistic(), _estimate([-2.0] * 4, _statistic()), 0.8, 0.0, True)
    bad = verdicts.judge(_statistic(), _estimate([-9.0] * 4, _statistic()), None, -9.0, True)
    assert not report.failed([good]) and report.failed([good, bad])
    header, row = report.as_csv([good]).splitlines()
    assert dict(zip(header.split(","), row.split(","), strict=True))["ablation_fails"] == "yes"
    assert report.lines([bad])[-1] == "Missed: X x."
    assert "X" not in report.lines([good])[-2]


@pytest.mark.parametrize("arguments", [["--only", "O77"], ["--only", "nothing"], ["--only", ","], ["--quick", "--protocol"], ["--workers", "0"]])
def test_bad_calls_are_refused_and_write_nothing(arguments: list[str], tmp_path: Path) -> None:
    assert call(["facts", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_one_worker_means_this_process_and_two_mean_processes() -> None:
    assert isinstance(engine_of(1), InProcess) and isinstance(engine_of(2), Processes)


def test_one_seed_of_the_ban_experiment_orders_complete_above_partial() -> None:
    record = bans.experiment(5, {})
    assert record["complete"] < record["partial"] - 10.0 < -10.0
    assert abs(bans.experiment(5, {"enforcement_default": 0.0})["complete"]) < 1e-9


def test_one_seed_of_the_negative_controls_shows_nothing() -> None:
    record = controls.experiment(5, {})
    assert record["no_trade"] < 0.1 and record["lifted_at_once"] < 0.2
    assert record["relabelled"] < 1e-6 and record["unbalanced"] < 1e-9 and record["total_leakage"] < 0.1


def test_local_processes_give_what_this_process_gives() -> None:
    jobs = [Job("bans", "base", 1), Job("bans", "base", 2), Job("bans", "off-O07", 1)]
    assert dict(Processes(2).results(runner.work, jobs)) == dict(InProcess().results(runner.work, jobs))
