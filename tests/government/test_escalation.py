"""A dispute goes up its ladder of packages: what is ordered, what it is then called, and who is asked to follow."""

from __future__ import annotations

import numpy as np
import pytest

from sim.economy.overcompliance import under_rules
from sim.government.decisions import escalate, join
from sim.government.forecast import Losses
from sim.government.packages import beyond, measures_of, reached
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import STATES, setting

LEAD, EAST, WEST, ASIDE = range(4)
DISPUTE = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}
BAN = {"state": "LEAD", "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.5, "options": {"dispute": "first"}}
BOTH = [BAN, {**BAN, "state": "ASIDE"}]


def coalition(package: str, quarters: int, orders: list[Decision] | None = None, rate: float = 0.02, usual: float = 0.065) -> World:
    made = World(setting(dispute=[{**DISPUTE, "package": package}], measure=BOTH), seed=1, governments=False, decisions=orders or [],
                 parameters={"agenda_rate": 1.0, "enforcement_cost": rate, "enforcement_default": usual})
    for _ in range(quarters):
        made.step()
    return made


def order(quarter: int, state: str, lever: str, value: float) -> Decision:
    return Decision(quarter, state, lever, "EAST", "*", value, {"dispute": "first"})


def test_a_package_orders_only_what_goes_beyond_the_measures_in_force() -> None:
    """An import ban of 0.5 covers the 0.3 of `partial trade` already, but not the whole of `embargo`."""
    small = coalition("payments", 1)
    dispute = small.politics.disputes["first"]
    assert [one.lever for one in beyond(small, dispute, LEAD, "partial trade")] == ["export_ban"]
    assert [one.lever for one in beyond(small, dispute, LEAD, "embargo")] == ["import_ban", "export_ban", "payment_exclusion"]


def test_a_leader_that_puts_a_larger_package_in_force_raises_the_dispute_to_it() -> None:
    small = coalition("payments", 2, [order(1, "LEAD", "export_ban", 0.3)])
    dispute = small.politics.disputes["first"]
    assert (dispute.package, dispute.raised_in) == ("partial trade", 1)


def test_measures_of_a_follower_do_not_raise_the_dispute() -> None:
    small = coalition("payments", 2, [order(1, "ASIDE", "export_ban", 0.3)])
    dispute = small.politics.disputes["first"]
    assert (dispute.package, dispute.raised_in, reached(small, dispute)) == ("payments", None, "payments")


def test_the_next_rung_is_offered_once_the_first_is_climbed() -> None:
    for package, following in (("technology", "partial trade"), ("partial trade", "embargo")):
        small = coalition(package, 3)
        (question,) = escalate.questions(small, LEAD)
        assert f"go on to {following}" in [option.name for option in question.options]
        assert {one.state for one in question.orders[f"go on to {following}"]} == {STATES[LEAD]}, "it orders its own measures only"


def test_followers_are_asked_again_when_the_leader_goes_further() -> None:
    """Both have a ban of 0.5; LEAD adds half of its exports in quarter 1: ASIDE is asked in quarter 2 for what it lacks, and not before."""
    raised = coalition("payments", 2, [order(1, "LEAD", "export_ban", 0.3)])
    (question,) = join.questions(raised, ASIDE)
    assert [one.lever for one in question.orders["join the measures"]] == ["export_ban"]
    assert join.questions(coalition("payments", 2), ASIDE) == []


def test_what_a_target_takes_up_belongs_to_the_dispute_and_ends_with_it() -> None:
    back = Decision(1, "EAST", "import_ban", "LEAD", "*", 0.3, {"purpose": "signal", "dispute": "first"})
    help_ = Decision(1, "EAST", "subsidy", "", "*", 0.1, {"dispute": "first"})
    small = coalition("payments", 2, [back, help_, Decision(2, "EAST", "concession", "LEAD", "", 1.0, {"dispute": "first"})])
    dispute = small.politics.disputes["first"]
    assert {one.sender for one in measures_of(small, dispute)} == {LEAD, ASIDE}, "the target's own are not the senders' measures"
    assert {one.lever for one in small.measures.of(EAST)} == {"import_ban", "subsidy"}
    small.step()
    assert dispute.stage == "settled" and small.measures.of(EAST) == []


def test_the_bill_of_inspectors_speaks_against_enforcing_harder() -> None:
    """Raising the effort from e to .5 costs the rate x (.25 - e^2) of the trade under the rules, on top of the trade that is lost, which is the same."""
    costs, bills = [], []
    for rate in (0.2, 0.0):
        small = coalition("payments", 3, rate=rate)
        (question,) = escalate.questions(small, LEAD)
        costs.append({option.name: option.terms["own cost"] for option in question.options}["enforce harder"])
        assert small.conduct is not None
        under = under_rules(small.frictions, small.accounts.flows)[LEAD, EAST] / small.accounts.income[LEAD]
        bills.append(100.0 * rate * under * (escalate.HARDER**2 - small.conduct.found[LEAD, EAST] ** 2))
        added = escalate._policing(small, Losses(np.zeros(4), np.zeros(4)), LEAD, EAST)
        assert added.now == pytest.approx([bills[-1], 0.0, 0.0, 0.0])
    assert bills[0] > bills[1] == 0.0 and costs[0] < costs[1]


def test_who_finds_as_much_without_special_effort_is_not_offered_to_enforce_harder() -> None:
    for usual, offered in ((0.4, True), (0.6, False)):
        (question,) = escalate.questions(coalition("payments", 3, usual=usual), LEAD)
        assert ("enforce harder" in [option.name for option in question.options]) == offered
