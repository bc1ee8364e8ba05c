"""Comparing two runs: the same luck, differences by hand, decisions found, attribution that adds up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import api
from sim.cli import call
from sim.refusals import Refusal
from sim.scenario.decisions import Decision

BAN = Decision(2, "A", "import_ban", "B", "*", 1.0)
OTHER = Decision(3, "C", "export_ban", "B", "*", 0.5)


def _run(*orders: Decision, seed: int = 3, **more: object) -> api.Run:
    return api.run("triangle", seed=seed, decisions=list(orders), quarters=6, governments=False, timetable=False, **more)  # type: ignore[arg-type]


def test_equal_decisions_make_no_difference_at_all() -> None:
    found = api.compare(_run(BAN), _run(BAN))
    assert found.changes == () and (found.differences["difference"] == 0).all()
    assert (found.attribution["mean"] == 0).all()


def test_differences_are_b_less_a_and_nil_before_decisions_differ() -> None:
    a, b = _run(), _run(BAN)
    found = api.compare(a, b)
    table = found.differences.set_index(["outcome", "quarter", "state"])
    expected = b.states.query("quarter == 4 and state == 'B'")["real_income"].item() - a.states.query("quarter == 4 and state == 'B'")["real_income"].item()
    assert table.loc[("real_income", 4, "B"), "difference"] == pytest.approx(expected, rel=1e-12) and expected < 0
    before = table.query("quarter < 2")
    assert len(before) > 0 and (before["difference"] == 0).all()
    assert found.since == 2


def test_a_moved_and_withdrawn_measure_is_one_change_in_words() -> None:
    a = _run(BAN)
    b = _run(Decision(2, "A", "import_ban", "B", "*", 0.25), Decision(4, "A", "import_ban", "B", "*", None))
    changes = api.compare(a, b).changes
    assert [change.text for change in changes] == [
        "A import_ban on B: 1 in quarter 2 -> 0.25 in quarter 2, withdrawn in quarter 4"
    ]


def test_one_change_takes_the_whole_difference() -> None:
    table = api.compare(_run(), _run(BAN)).attribution
    whole = table.query("change == 'whole difference'").set_index(["state", "outcome"])["mean"]
    alone = table[table["change"].str.startswith("A ")].set_index(["state", "outcome"])
    pd.testing.assert_series_equal(whole, alone["mean"])
    assert (table.query("change == 'remainder'")["mean"].abs() < 1e-12).all()


def test_first_is_the_change_on_a_and_last_is_the_change_on_b() -> None:
    """Four runs by hand: none, only the ban, only the other, both. Means over quarters 2 to 5 of B's real income."""
    runs = {name: _run(*orders) for name, orders in {"none": (), "ban": (BAN,), "other": (OTHER,), "both": (BAN, OTHER)}.items()}
    income = {name: run.states.query("quarter >= 2 and state == 'B'")["real_income"].mean() for name, run in runs.items()}
    table = api.compare(runs["none"], runs["both"]).attribution.query("state == 'B' and outcome == 'real_income'").set_index("change")
    ban = table[table.index.str.startswith("A import_ban")].iloc[0]
    other = table[table.index.str.startswith("C export_ban")].iloc[0]
    assert ban["first"] == pytest.approx(income["ban"] - income["none"], rel=1e-9)
    assert ban["last"] == pytest.approx(income["both"] - income["other"], rel=1e-9)
    assert other["first"] == pytest.approx(income["other"] - income["none"], rel=1e-9)
    remainder = income["both"] - income["none"] - ban["mean"] - other["mean"]
    assert table.loc["remainder", "mean"] == pytest.approx(remainder, abs=1e-9)
    assert ban["first"] != pytest.approx(ban["last"], rel=1e-3)  # the two work through each other


def test_runs_without_snapshots_are_played_again_with_the_same_result() -> None:
    kept = api.compare(_run(), _run(BAN, OTHER)).attribution
    again = api.compare(_run(keep_snapshots=False), _run(BAN, OTHER, keep_snapshots=False)).attribution
    pd.testing.assert_frame_equal(kept, again)


@pytest.mark.parametrize(("other", "word"), [({"seed": 4}, "seed"), ({"parameters": {"impact_share": 0.5}}, "parameters")])
def test_runs_that_differ_in_more_than_decisions_are_refused(other: dict[str, object], word: str) -> None:
    with pytest.raises(Refusal, match=word):
        api.compare(_run(), _run(**other))  # type: ignore[arg-type]


def test_decisions_from_a_function_are_refused() -> None:
    given = api.run("triangle", seed=3, decisions=lambda *_: None, quarters=6, governments=False, timetable=False)
    with pytest.raises(Refusal, match="function"):
        api.compare(_run(), given)


def test_the_command_writes_tables_and_both_runs_the_same_bytes_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.write_decisions(tmp_path / "a.csv", [])
    api.write_decisions(tmp_path / "b.csv", [BAN])
    for out in ("one", "two"):
        arguments = ["compare", "triangle", "--seed", "3", "--a", str(tmp_path / "a.csv"), "--b", str(tmp_path / "b.csv"), "--quarters", "6"]
        assert call([*arguments, "--out", str(tmp_path / out)]) == 0
    assert "A import_ban on B: nothing -> 1 in quarter 2" in capsys.readouterr().out
    for name in ("differences.csv", "summary.csv", "attribution.csv", "a/states.csv", "b/decisions.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    table = pd.read_csv(tmp_path / "one" / "differences.csv")
    assert list(table.columns) == ["quarter", "state", "outcome", "a", "b", "difference", "percent"]
    assert np.allclose(table["difference"], table["b"] - table["a"])


def test_a_missing_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    assert call(["compare", "triangle", "--a", "nowhere.csv", "--b", "nowhere.csv", "--out", str(tmp_path / "out")]) == 2
    assert list(tmp_path.iterdir()) == []
