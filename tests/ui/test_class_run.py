"""The run of a class, put together round by round."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui.class_run import run_of
from ui.classroom.view import RoundSeen

TABLES = ("states", "untouched", "pairs", "measures", "events", "disputes", "start")


def seen(number: int, with_measures: bool = True) -> RoundSeen:
    """A round of one quarter and two states: income is ten times the round, and a tariff of 5 is in force where there are measures."""
    states = {"quarter": [number - 1] * 2, "state": ["ALA", "BOR"], "real_income": [10.0 * number, 1.0], "price_index": [1.0, 1.0]}
    rows = 1 if with_measures else 0
    public: dict[str, Any] = {
        "states": states,
        "untouched": states,
        "start": states,
        "pairs": {"quarter": [number - 1], "exporter": ["ALA"], "importer": ["BOR"], "value": [2.0], "untouched": [3.0]},
        "measures": {"quarter": [number - 1] * rows, "sender": ["ALA"] * rows, "measure": ["m1"] * rows, "level": [5.0] * rows},
        "events": {"quarter": [], "text": []},
        "disputes": {"quarter": [number - 1], "issue": ["fish"]},
    }
    return RoundSeen(number, f"digest {number}", public, {}, {}, None, "", ())


def test_a_run_that_goes_on_is_the_run_put_together_at_once() -> None:
    rounds = [seen(1, with_measures=False), seen(2), seen(3)]
    whole, grown = run_of(rounds, "nowhere"), None
    for count in (1, 2, 3):
        grown = run_of(rounds[:count], "nowhere", grown)
    assert whole is not None
    assert grown is not None
    assert grown.key == whole.key == ("nowhere", "digest 1", "digest 2", "digest 3")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(grown, name), getattr(whole, name))
    assert list(grown.wide("real_income")["ALA"]) == [10.0, 20.0, 30.0]
    assert grown.first_difference() == 1


def test_another_history_is_not_gone_on_with() -> None:
    other = run_of([seen(7)], "nowhere")
    run = run_of([seen(1), seen(2)], "nowhere", other)
    assert run is not None
    assert list(run.states["quarter"]) == [0, 0, 1, 1]


def test_only_the_last_round_is_read_when_a_run_goes_on() -> None:
    first = run_of([seen(1)], "nowhere")
    unread = RoundSeen(1, "digest 1", {}, {}, {}, None, "", ())
    run = run_of([unread, seen(2)], "nowhere", first)
    assert run is not None
    assert list(run.states["quarter"]) == [0, 0, 1, 1]
