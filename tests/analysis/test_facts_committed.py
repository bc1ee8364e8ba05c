"""The committed table of facts: complete, honest about what was judged, and no verdict worse now than when it was made.

All targets run in every test run as `sanctions-lab facts --quick` runs them: twenty seeds each, the same as in the committed table. That is
about two minutes on two cores.
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


@pytest.mark.facts
@pytest.mark.parametrize("experiment", GROUPS)
def test_no_verdict_is_worse_than_in_the_committed_table(experiment: str) -> None:
    now = report.rows(run_facts(GROUPS[experiment], "quick", InProcess()))
    assert report.worse(now, report.committed()) == []
