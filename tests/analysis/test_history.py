"""Synthetic history: cases coded by hand, shares by hand, the file that the command writes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.analysis.cases import Case
from sim.analysis.history import COLUMNS, OUTCOMES, History, check_place, code, cost, history, row, save, shares
from sim.cli import call
from sim.refusals import Refusal


def case(**changes: object) -> Case:
    """A case that was threatened in quarter 5 and is still open in quarter 20, unless told otherwise."""
    found = Case("d", "A", ("A", "B"), "T", "core", "a rule", False, 0.5, began=5, last=20, threatened=5)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    "changes,expected",
    [
        ({"ended": 7, "ending": "settled", "met": 1.0}, 2),
        ({"ended": 7, "ending": "settled", "met": 0.6}, 1),
        ({"ended": 7, "ending": "abandoned"}, 3),
        ({}, 4),
        ({"imposed": 7, "ended": 15, "ending": "settled", "met": 0.96}, 7),
        ({"imposed": 7, "ended": 15, "ending": "settled", "met": 0.6}, 6),
        ({"imposed": 7, "ended": 15, "ending": "settled", "met": 0.6, "negotiated": True}, 10),
        ({"imposed": 7, "ended": 15, "ending": "abandoned", "met": 0.2}, 8),
        ({"imposed": 7, "met": 0.2}, 9),
    ],
)
def test_outcomes_are_coded_as_the_data_set_does(changes: dict[str, object], expected: int) -> None:
    assert code(case(**changes)) == expected
    assert OUTCOMES[expected].startswith("imposed" if "imposed" in changes else "threat")


def test_shares_by_hand() -> None:
    """Four threats: one yields at once, one is let go, two are imposed: a complete success after two years, one in force at a loss of 2 %.

    Of two threats alone half end in full, half are given up; 2 of 4 go to imposition; of what ended all is full success; half is still in force.
    """
    cases = [
        case(ended=7, ending="settled", met=1.0),
        case(ended=7, ending="abandoned"),
        case(imposed=7, ended=15, ending="settled", met=1.0, losses=[0.5]),
        case(imposed=7, losses=[1.0, 3.0], senders=("A",)),
    ]
    found = shares(cases)
    assert found["threat_complete"] == (0.5, 2) and found["threat_given_up"] == (0.5, 2)
    assert found["threat_imposed"] == (0.5, 4)
    assert found["imposed_complete"] == (0.5, 2) and found["imposed_open"] == (0.5, 2)
    assert found["success_total"] == (1.0, 1) and found["ongoing"] == (0.5, 2)
    assert found["median_years"] == (2.0, 1)
    assert found["cost_minor"] == (0.5, 2) and found["cost_major"] == (0.5, 2)
    assert found["multilateral"] == (0.5, 2)
    assert shares([])["success_total"] == (None, 0)


def test_a_row_counts_years_from_one_and_names_instruments() -> None:
    """Quarter 5 is in year 2, quarter 7 too, quarter 15 in year 4; 8 quarters in force are 2 years."""
    found = row(3, case(imposed=7, ended=15, ending="settled", met=1.0, losses=[6.0], instruments={"import_ban", "asset_freeze"}))
    assert tuple(found) == COLUMNS
    assert (found["caseid"], found["startyear"], found["begin"], found["end"]) == ("3", "2", "2", "4")
    assert (found["years_in_force"], found["trade"], found["financial"]) == ("2", "1", "1")
    assert (found["instruments"], found["senders"], found["sender_mult"]) == ("asset_freeze;import_ban", "A;B", "1")
    assert (found["success"], found["targetcosts"]) == ("success_total", "severe")
    assert row(1, case())["success"] == row(1, case())["begin"] == row(1, case())["end"] == ""


def test_costs_are_classed_by_loss() -> None:
    assert [cost(loss) for loss in (-1.0, 0.99, 1.0, 4.99, 5.0)] == ["minor", "minor", "major", "major", "severe"]


def test_every_real_aggregate_stands_beside_a_simulated_one() -> None:
    summary = History((case(),)).summary
    assert {line.statistic for line in summary} == set(shares([]))
    assert all(line.source for line in summary if line.real is not None)


def test_a_small_history_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    found = history(24, 2, seed=3)
    assert history(24, 2, seed=3).as_csv() == found.as_csv()
    out = tmp_path / "deep" / "cases.csv"
    beside = save(found, out)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(found.cases) and beside.name == "cases-summary.csv"
    assert sorted(path.name for path in out.parent.iterdir()) == ["cases-summary.csv", "cases.csv"]
    with pytest.raises(Refusal, match="there already"):
        check_place(out, force=False)
    assert check_place(out, force=True) == beside


@pytest.mark.parametrize("arguments", [["--states", "10"], ["--years", "0"], ["--seed", "-1"], ["--states", "x"]])
def test_bad_calls_are_refused_and_write_nothing(arguments: list[str], tmp_path: Path) -> None:
    assert call(["history", *arguments, "--out", str(tmp_path / "cases.csv")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_before_the_world_lives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    for place in ("file/cases.csv", "file/deep/cases.csv", f"{'x' * 300}.csv", "file/.."):
        assert call(["history", "--years", "1", "--out", str(tmp_path / place)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and ("cannot be written" in said or "is a folder" in said)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
