"""The four bills by hand and in a run."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from sim.analysis.checking import without_measures
from sim.api import Decision, Refusal
from sim.economy.bills import Bill, bill, four_bills


def test_a_bill_is_what_is_missing_in_percent_and_a_year() -> None:
    """Two quarters of 10 + 30 become 9 + 27: 8 of 80 are missing, 10 %; 4 a quarter are 16 a year."""
    assert bill(np.array([[9.0, 27.0], [9.0, 27.0]]), np.array([[10.0, 30.0], [10.0, 30.0]])) == Bill(pytest.approx(10.0), pytest.approx(16.0))


def test_four_groups_get_their_own_bill() -> None:
    """Three states with fifths 1, 2, 3, 4, 10. The target (0) loses 1 in each fifth: 4 of 10 and 1 of 10; the sender (1) loses 2 of 20, the third gains 2."""
    before = np.tile(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), (1, 3, 1))
    now = before.copy()
    now[0, 0] -= 1.0
    now[0, 1, 4] -= 2.0
    now[0, 2, 4] += 2.0
    got = four_bills(now, before, [0], [1])
    assert got.ordinary == Bill(pytest.approx(40.0), pytest.approx(16.0))
    assert got.elite == Bill(pytest.approx(10.0), pytest.approx(4.0))
    assert got.senders == Bill(pytest.approx(10.0), pytest.approx(8.0))
    assert got.third_parties == Bill(pytest.approx(-10.0), pytest.approx(-8.0))


def test_two_targets_are_billed_together_and_neither_is_a_third_party() -> None:
    """States 0 and 1 lose 1 in each fifth: 8 of 20 and 2 of 20. No sender; state 2 changes by nothing."""
    before = np.tile(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), (1, 3, 1))
    now = before.copy()
    now[0, :2] -= 1.0
    got = four_bills(now, before, [0, 1], [])
    assert got.ordinary == Bill(pytest.approx(40.0), pytest.approx(32.0))
    assert got.elite == Bill(pytest.approx(10.0), pytest.approx(8.0))
    assert (got.senders, got.third_parties) == (Bill(0.0, 0.0), Bill(0.0, 0.0))


def test_the_targets_of_all_disputes_under_measures_are_targets_and_no_senders() -> None:
    """The twin of marriage-of-convenience lifts the measures on Vostra and on Karstia, so both are billed as targets."""
    run, twin = api.run("marriage-of-convenience", quarters=4), without_measures(api.load("marriage-of-convenience"), 1)
    paid = run.bills(twin)
    assert paid.targets == ("VOSTRA", "KARST")
    assert not {*paid.senders} & {*paid.targets}


def test_ordinary_people_pay_the_largest_share_and_third_parties_gain() -> None:
    """The comprehensive package of who-pays: ordinary people in Corvane pay more of their income than its elite, and far more than the senders."""
    run, twin = (api.run("who-pays", quarters=12, governments=False, timetable=on) for on in (True, False))
    paid = run.bills(twin)
    assert (paid.targets, paid.senders, paid.since) == (("CORVANE",), ("ARDEN", "BELMORA", "GALVIA"), 2)
    assert paid.bills.ordinary.percent > paid.bills.elite.percent > paid.bills.senders.percent > 0
    assert paid.bills.third_parties.percent < 0.1
    assert list(api.bills(run, twin).table()["group"]) == ["ordinary", "elite", "senders", "third_parties"]


def test_a_freeze_of_assets_falls_on_owners_more_than_on_anybody_else() -> None:
    """Arden freezes what people of Corvane own there and nothing else happens: the richest fifth loses a larger part of its income than the others do."""
    freeze = [Decision(1, "ARDEN", "asset_freeze", "CORVANE", "", 1.0)]
    run, twin = (api.run("who-pays", decisions=orders, quarters=12, governments=False, timetable=False) for orders in (freeze, []))
    paid = run.bills(twin).bills
    assert paid.elite.percent > 1.02 * paid.ordinary.percent > 0.1


def test_help_does_not_make_a_sender() -> None:
    """Estoria gives Corvane aid: it stays a third party."""
    aid = [Decision(3, "ESTORIA", "aid", "CORVANE", "", 0.005, {})]
    run, twin = (api.run("who-pays", quarters=6, governments=False, decisions=aid, timetable=on) for on in (True, False))
    assert "ESTORIA" not in run.bills(twin).senders


def test_runs_that_are_no_pair_and_runs_without_measures_are_refused() -> None:
    run, other = api.run("who-pays", quarters=3, governments=False), api.run("who-pays", seed=2, quarters=3, governments=False)
    with pytest.raises(Refusal, match="not a pair"):
        run.bills(other)
    quiet = api.run("who-pays", quarters=3, governments=False, timetable=False)
    with pytest.raises(Refusal, match="no restrictive measure"):
        quiet.bills(quiet)
    with pytest.raises(Refusal, match="no state 'CORVAN'"):
        api.bills(run, quiet, targets=["CORVAN"])
