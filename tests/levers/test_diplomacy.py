"""Diplomatic levers: what each deed changes in the politics of three states, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.government import offers
from sim.government.dispute import Dispute
from sim.government.politics import Politics
from sim.government.settlement import Relief
from sim.levers import LEVERS, Measure
from sim.refusals import Refusal

ASKS, ASKED, THIRD = 0, 1, 2


def politics(stage: str = "dormant") -> Politics:
    """Three states that trust each other by half; the first has a dispute with the second, and the third shares a club with the first."""
    found = Politics.start(np.zeros((3, 3)), np.zeros((3, 3)), np.full((3, 3), 0.5), np.zeros((3, 3)))
    found.disputes["d"] = Dispute("d", "a rule", [ASKS], ASKED, "economic", 0.5, 0.5, demand=0.5, stage=stage)  # type: ignore[arg-type]
    found.index = {"ASKS": 0, "ASKED": 1, "THIRD": 2}
    found.members = {"club": {ASKS, THIRD}}
    return found


def do(lever: str, where: Politics, user: int, target: int, level: float, **notes: str) -> None:
    deed = Measure(f"{lever}|{user}", lever, user, target, np.array([], dtype=np.int64), level, 3, notes=notes)
    act = LEVERS[lever].act
    assert act is not None
    act(deed, where)


def test_a_demand_opens_the_dispute_without_a_threat() -> None:
    where = politics()
    do("demand", where, ASKS, ASKED, 0.4)
    dispute = where.disputes["d"]
    assert (dispute.stage, dispute.demand, dispute.entered, dispute.threatened_in) == ("demand", 0.4, 3, None)
    do("threat", where, ASKS, ASKED, 0.6)
    assert (dispute.stage, dispute.demand) == ("threat", 0.6)


def test_a_threat_that_names_no_package_is_one_of_a_partial_ban() -> None:
    """Else its leader, asked whether to carry it out, would have nothing to put in force."""
    where = politics()
    do("threat", where, ASKS, ASKED, 0.6)
    assert where.disputes["d"].package == "partial trade"
    named = politics()
    do("demand", named, ASKS, ASKED, 0.4, package="embargo")
    do("threat", named, ASKS, ASKED, 0.6)
    assert named.disputes["d"].package == "embargo"


def test_a_condemnation_cools_ties_both_ways_is_remembered_and_pleases_at_home() -> None:
    """0.1 of affinity both ways, half of it as grievance of the one named, a tenth of it as support of the one who speaks."""
    where = politics()
    do("condemnation", where, ASKS, ASKED, 0.1)
    assert where.affinity[ASKS, ASKED] == where.affinity[ASKED, ASKS] == pytest.approx(-0.1)
    assert where.grievance[ASKED, ASKS] == pytest.approx(0.05) and where.grievance[ASKS, ASKED] == 0.0
    assert where.face[ASKS] == pytest.approx(-0.01)


def test_a_monitoring_mission_raises_what_is_seen_and_needs_a_settlement() -> None:
    where = politics("imposed")
    with pytest.raises(Refusal, match="no settlement under way"):
        do("monitoring_mission", where, THIRD, ASKED, 0.9)
    where.disputes["d"].relief = Relief(0.5, 1.0, 3, True, 0.4)
    where.disputes["d"].move("relief", 3)
    do("monitoring_mission", where, THIRD, ASKED, 0.9)
    assert where.disputes["d"].relief.monitored == 0.9
    do("monitoring_mission", where, THIRD, ASKED, 0.2)
    assert where.disputes["d"].relief.monitored == 0.9


def test_an_inducement_is_an_offer_that_asks_the_target_to_leave_a_partner() -> None:
    where = politics("imposed")
    do("inducement", where, ASKS, ASKED, 0.3, leave="THIRD")
    (offer,) = offers.on_table(where.offers, ASKED, 4)
    assert (offer.kind, offer.terms["ask"], offer.terms["leave"], offer.terms["share"]) == ("settlement", 0.3, THIRD + 1, 0.6)
    with pytest.raises(Refusal, match=r"no state 'THIRT'.*Did you mean 'THIRD'"):
        do("inducement", where, ASKS, ASKED, 0.3, leave="THIRT")


def test_joining_a_coalition_adds_a_sender_once_and_one_that_left_comes_back() -> None:
    where = politics("imposed")
    do("join_coalition", where, THIRD, ASKED, 1.0)
    assert where.disputes["d"].senders == [ASKS, THIRD]
    with pytest.raises(Refusal, match="left to join"):
        do("join_coalition", where, THIRD, ASKED, 1.0)
    do("leave_coalition", where, THIRD, ASKED, 1.0)
    do("join_coalition", where, THIRD, ASKED, 1.0)
    assert where.disputes["d"].senders == [ASKS, THIRD] and where.disputes["d"].left == []


def test_membership_moves_ties_with_the_other_members_only() -> None:
    where = politics()
    do("membership", where, ASKED, -1, 1.0, organisation="club")
    assert where.members["club"] == {ASKS, ASKED, THIRD}
    assert where.affinity[ASKED, THIRD] == where.affinity[ASKS, ASKED] == pytest.approx(0.1) and where.affinity[ASKS, THIRD] == 0.0
    do("membership", where, ASKED, -1, 0.0, organisation="club")
    assert where.affinity == pytest.approx(np.zeros((3, 3))) and where.trust[ASKS, ASKED] == pytest.approx(0.45)
    with pytest.raises(Refusal, match="not a member"):
        do("membership", where, ASKED, -1, 0.0, organisation="club")
    with pytest.raises(Refusal, match=r"Did you mean 'club'"):
        do("membership", where, ASKED, -1, 1.0, organisation="clib")


@pytest.mark.parametrize(("lever", "who", "whom", "notes"), [
    ("mediation", THIRD, ASKED, {}), ("demand", ASKS, ASKED, {}), ("pledge", ASKS, ASKED, {}), ("disclosure", ASKS, THIRD, {}),
    ("condemnation", ASKS, ASKED, {}), ("downgrade", ASKS, ASKED, {}), ("apology", ASKED, ASKS, {}),
])  # fmt: skip
def test_a_deed_costs_its_user_something_at_once_or_its_card_says_that_the_model_charges_nothing(
    lever: str, who: int, whom: int, notes: dict[str, str]
) -> None:
    """What others hold of the user, and its face at home, before and after; a pledge costs only who goes back on it, and says so."""
    where = politics("dormant" if lever == "demand" else "imposed")
    where.denied[THIRD] = 0
    held = lambda: [getattr(where, name)[:, who].copy() for name in ("affinity", "trust", "grievance")] + [where.face[who].copy()]  # noqa: E731
    before = held()
    do(lever, where, who, whom, 0.5, **notes)
    free = all(np.array_equal(one, other) for one, other in zip(before, held(), strict=True))
    card = LEVERS[lever].costs_user
    assert free == ("the model" in card or lever == "pledge"), card
