"""Claims in words are held against tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.scenario.expects import evaluate, evaluate_seeds, measured
from sim.scenario.scenario import Expect

CLAIM = Expect("A loses.", "states", "real_income", {"state": "A"}, (2, 2), "no-measures", None, 0.0, 1.0, "")


def tables(*values: float) -> dict[str, pd.DataFrame]:
    """Table `states` with A's real income by quarter, and B with ten times as much."""
    rows = [(quarter, state, value * size) for quarter, value in enumerate(values) for state, size in (("A", 1.0), ("B", 10.0))]
    return {"states": pd.DataFrame(rows, columns=["quarter", "state", "real_income"])}


def test_a_change_against_the_run_without_measures() -> None:
    """A has 95 with and 100 without measures: -5 %."""
    assert measured(CLAIM, tables(100, 100, 95), tables(100, 100, 100)) == pytest.approx(-5.0)
    held, sentence = evaluate(CLAIM, tables(100, 100, 95), tables(100, 100, 100))
    assert held
    assert (
        sentence == "holds: A loses. Found -5 % for real_income (state A) in quarter 2 against the run without measures; claimed below 0 %."
    )


def test_a_claim_that_fails_says_what_was_found() -> None:
    held, sentence = evaluate(CLAIM, tables(100, 100, 101), tables(100, 100, 100))
    assert not held
    assert sentence.startswith("does not hold: A loses. Found 1 % for")


def test_a_change_of_exactly_the_bound_does_not_hold() -> None:
    same = tables(100, 100, 100)
    assert not evaluate(CLAIM, same, same)[0]
    assert not evaluate(replace(CLAIM, above=0.0, below=None), same, same)[0]


def test_quarters_are_averaged_and_rows_added_up() -> None:
    """All states together in quarters 1 and 2: 11 x (90 + 80) / 2 = 935; in quarter 0: 1100; the change is -15 %."""
    claim = replace(CLAIM, where={}, quarters=(1, 2), compared="start")
    assert measured(claim, tables(100, 90, 80), None) == pytest.approx(-15.0)


def test_a_level_is_compared_as_it_is() -> None:
    claim = replace(CLAIM, compared="level", above=79.0, below=81.0)
    assert evaluate(claim, tables(100, 90, 80)) == (
        True,
        "holds: A loses. Found 80 for real_income (state A) in quarter 2; claimed above 79 and below 81.",
    )


def test_rows_that_do_not_exist_never_hold() -> None:
    claim = replace(CLAIM, where={"state": "C"})
    held, sentence = evaluate(claim, tables(100, 90, 80), tables(100, 100, 100))
    assert not held
    assert "no such number" in sentence


def test_a_claim_may_hold_in_a_share_of_seeds() -> None:
    """Two of three runs lose: enough for a half, not for nine tenths."""
    runs = [(tables(1, 1, end), tables(1, 1, 1)) for end in (0.9, 0.8, 1.1)]
    assert evaluate_seeds(replace(CLAIM, share_of_seeds=0.5), runs)[0]
    held, sentence = evaluate_seeds(replace(CLAIM, share_of_seeds=0.9), runs)
    assert not held
    assert sentence == "does not hold: A loses. It held in 2 of 3 seeds; claimed 90% or more."


def test_a_missing_baseline_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs the tables of the run without"):
        evaluate(CLAIM, tables(1, 1, 1))


def happened(*quarters: int) -> dict[str, pd.DataFrame]:
    """Table `events` with an agreement in each of these quarters, and one item of news."""
    rows = [(quarter, "agreement", "A B", "") for quarter in quarters] + [(1, "inject", "", "")]
    return {"events": pd.DataFrame(rows, columns=["quarter", "event", "states", "text"])}


COUNTED = Expect("They agree.", "events", "count", {"event": "agreement"}, (1, 3), "level", 0.0, None, 0.5, "")


def test_rows_are_counted_over_all_quarters_of_the_range() -> None:
    """Agreements in quarters 0, 2, 3 and 9: two of them in quarters 1 to 3."""
    assert measured(COUNTED, happened(0, 2, 3, 9), None) == 2.0


def test_no_row_counts_as_none_and_may_be_claimed() -> None:
    held, sentence = evaluate(replace(COUNTED, above=None, below=1.0, theory="alone"), happened(0, 9))
    assert held
    assert sentence == (
        "holds: They agree. Found 0 for count (event agreement) in quarters 1 to 3 under the theory 'alone'; claimed below 1."
    )


def test_events_in_a_share_of_seeds() -> None:
    assert evaluate_seeds(COUNTED, [(happened(2), None), (happened(9), None)])[0]
    assert not evaluate_seeds(replace(COUNTED, share_of_seeds=0.6), [(happened(2), None), (happened(9), None)])[0]
