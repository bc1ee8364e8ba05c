"""The committed table of facts: complete, honest about what was judged, and no verdict worse now than when it was made.

`sanctions-lab facts` writes two tables from one run: of a hundred seeds, and of the first three of them. Where an experiment's first seeds
give today what they gave then, the committed table is of this code. Where they do not, the code has changed since: all twenty seeds are run and
judged again, and none may be worse.
"""

from __future__ import annotations

import pytest

from sim.analysis.engines import InProcess
from sim.analysis.facts import FACTS, report, statistics
from sim.analysis.facts.runner import run_facts

GROUPS: dict[str, list[str]] = {}
for _name, _fact in FACTS.items():
    GROUPS.setdefault(_fact.experiment, []).append(_name)


def row(**values: str) -> dict[str, str]:
    """A row of a table of one statistic, met, with its mechanism tested."""
    usual = {"target": "X", "statistic": "x", "low": "1", "high": "2", "simulated": "1.5", "verdict": "pass", "ablated": "3", "ablation_fails": "yes"}
    return {**usual, **values}


def test_the_committed_table_has_every_statistic_once_with_its_interval_as_it_is_now() -> None:
    rows = {(each["target"], each["statistic"]): each for each in report.committed()}
    assert len(rows) == len(report.committed())
    wanted = {(each.target, each.key): each for name in FACTS for each in statistics()[name]}
    assert set(rows) == set(wanted)
    for key, each in wanted.items():
        assert (float(rows[key]["low"]), float(rows[key]["high"])) == (each.low, each.high)
        assert rows[key]["strictness"] == each.strictness


def test_what_is_worse_is_said() -> None:
    assert report.worse([row()], [row()]) == []
    assert report.worse([row()], [row(verdict="miss")]) == []
    assert "missed; was 1.5" in report.worse([row(simulated="9", verdict="miss")], [row()])[0]
    assert "no longer a miss" in report.worse([row(ablated="1.2", ablation_fails="no")], [row()])[0]
    assert "not in the committed table" in report.worse([row(statistic="y")], [row()])[0]


def test_the_same_numbers_are_the_same_whatever_the_last_digits_and_others_are_not() -> None:
    assert report.same([row(simulated="1.50001")], [row()])
    assert report.same([row(simulated="inf", ablated="")], [row(simulated="inf", ablated="")])
    assert not report.same([row(simulated="1.51")], [row()])
    assert not report.same([row(ablated="3.1")], [row()])
    assert not report.same([row(ablated="")], [row()])
    assert not report.same([row(statistic="y")], [row()])
    assert report.same([row(statistic="doubled", simulated="9")], [row()])


def test_both_committed_tables_are_of_the_same_statistics() -> None:
    first = report.committed(report.COMMITTED_FIRST)
    assert [(each["target"], each["statistic"]) for each in first] == [(each["target"], each["statistic"]) for each in report.committed()]
    assert {each["seeds"] for each in first} == {"3"}


@pytest.mark.facts
@pytest.mark.parametrize("experiment", GROUPS)
def test_no_verdict_is_worse_than_in_the_committed_table(experiment: str) -> None:
    if report.same(report.rows(run_facts(GROUPS[experiment], "first", InProcess())), report.committed(report.COMMITTED_FIRST)):
        return
    now = report.rows(run_facts(GROUPS[experiment], "quick", InProcess()))
    assert report.worse(now, report.committed()) == []
