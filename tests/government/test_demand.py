"""What a sender asks for when its target has given something already."""

from __future__ import annotations

import numpy as np
import pytest

from sim.government.decisions import demand
from sim.scenario.decisions import Decision
from tests.government.worlds import world

LEAD = 0


def asked(policy: float, stage: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that LEAD weighs towards EAST, `policy` of which has changed; every number of theirs is one."""
    monkeypatch.setattr(demand, "on_agenda", lambda *_: True)
    rows = [{"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": stage, "demand": 0.8, "policy": policy}]
    small = world(1, dispute=rows, measure=[])
    found = demand.questions(small, LEAD)
    for question in found:
        assert all(np.isfinite(list(option.terms.values())).all() for option in question.options)
    return [option.name for question in found for option in question.options]


def test_nobody_demands_less_than_it_has_been_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half is given: three quarters or all may be demanded, and asking for half would ask for nothing."""
    for stage in ("dormant", "demand"):
        names = asked(0.5, stage, monkeypatch)
        assert any(name.startswith("demand 0.75 ") for name in names) and any(name.startswith("demand 1 ") for name in names)
        assert not [name for name in names if name.startswith(("demand 0.5 ", "demand 0.25 ", "ask for half"))]


def test_with_nothing_given_all_sizes_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = asked(0.0, "dormant", monkeypatch)
    assert {name.split()[1] for name in names if name.startswith("demand ")} == {"0.25", "0.5", "0.75", "1"}
    assert "ask for half of it without a threat" in names


def test_who_has_been_given_everything_demands_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(1.0, "demand", monkeypatch) == []


def test_a_government_gives_as_long_as_the_parameter_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "on_agenda", lambda *_: True)
    rows = [{"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "dormant", "demand": 0.8}]
    (question,) = demand.questions(world(1, dispute=rows, measure=[], parameters={"threat_quarters": 5.0}), LEAD)
    (order,) = question.orders["demand 0.5 under threat of payments"]
    made = world(3, dispute=rows, measure=[], decisions=[order])
    assert made.politics.disputes["first"].deadline == order.quarter + 5


@pytest.mark.parametrize("stage,remembered", [("demand", {}), ("threat", {LEAD: [False]})])
def test_only_a_threat_that_is_taken_back_is_remembered_as_empty(stage: str, remembered: dict[int, list[bool]]) -> None:
    rows = [{"id": "first", "issue": "x", "senders": ["LEAD"], "target": "EAST", "stage": stage, "demand": 0.5, "package": "payments"}]
    made = world(3, dispute=rows, measure=[], decisions=[Decision(1, "LEAD", "retraction", "EAST", "", 1.0)])
    assert made.politics.disputes["first"].stage == "abandoned" and made.politics.threats == remembered
