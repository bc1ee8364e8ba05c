"""What a sender counts of the common gain, by hand; what a solidarity fund does to its reckoning; packages that scenarios may name."""

from __future__ import annotations

import typing

import pytest

from sim.government.decisions import join
from sim.government.dispute import Dispute
from sim.government.packages import PACKAGES
from sim.government.resolve import of_joiner
from sim.government.sending import resolve_of, share_of_gain
from sim.scenario import load
from sim.scenario.decisions import Decision
from sim.scenario.schema_politics import DisputeKeys
from sim.world import World
from tests.government.worlds import world as small_world


def quarrel(institution: bool) -> Dispute:
    return Dispute("d", "", [0, 1, 2, 3], 4, "core", 0.5, 0.5, institution=institution)


POOLED = [(False, 1.0, 1.0, 0.25), (True, 1.0, 1.0, 1.0), (True, 0.0, 1.0, 0.25), (True, 0.4, 1.0, 0.55)]


@pytest.mark.parametrize("institution,pooling,leader,follower", POOLED)
def test_a_follower_counts_its_share_and_what_an_institution_pools(institution: bool, pooling: float, leader: float, follower: float) -> None:
    """Four senders: a quarter of the gain is a follower's own; pooling 0.4 adds 0.4 x 0.75 = 0.30."""
    assert share_of_gain(quarrel(institution), 0, pooling) == pytest.approx(leader)
    assert share_of_gain(quarrel(institution), 2, pooling) == pytest.approx(follower)


def cost_of_joining(decisions: list[Decision]) -> float:
    world = World(load("the-pledge"), 1, decisions)
    world.step()
    world.step()
    rows = world.record.table("decisions")
    return float(rows[(rows.state == "VELM") & (rows.decision == "join:data") & (rows.term == "own cost")].value.iloc[0])


def test_a_solidarity_fund_takes_nine_tenths_of_the_cost_of_joining() -> None:
    fund = Decision(0, "ORRIN", "solidarity_fund", "VELM", "", 0.9)
    assert cost_of_joining([fund]) == pytest.approx(0.1 * cost_of_joining([]), rel=0.05)


def test_scenarios_may_name_exactly_the_packages_there_are() -> None:
    named = typing.get_args(DisputeKeys.model_fields["package"].annotation)
    assert set(named) == {"", *PACKAGES}


def test_a_follower_whose_measures_were_in_force_from_the_start_leaves_when_it_lifts_them_a_quarter_later() -> None:
    quarrel = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "WEST"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.3, "options": {"dispute": "first"}} for who in ("LEAD", "WEST")]
    lifts = [Decision(1, "WEST", "import_ban", "EAST", "*")]
    stays, leaves = (small_world(2, dispute=[quarrel], measure=bans, decisions=orders) for orders in ([], lifts))
    assert stays.politics.disputes["first"].left == [] and leaves.politics.disputes["first"].left == [2]
    assert [(row[0], row[2]) for row in leaves.record.rows("events") if row[1] == "defection"] == [(1, "WEST EAST")]


def test_who_joins_on_the_way_acts_on_a_resolve_of_its_own() -> None:
    """WEST joins in quarter 1: its resolve is drawn under its own name, and is the one it weighed joining with; LEAD's is another."""
    alone = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    joined = small_world(3, dispute=[alone], decisions=[Decision(1, "WEST", "join_coalition", "EAST", "", 1.0)])
    dispute, west = joined.politics.disputes["first"], joined.place["WEST"]
    drawn = joined.p["resolve_spread"] * joined.streams.normal("resolve", "first", "sender", "WEST", 0)
    assert resolve_of(dispute, west) == of_joiner(joined, dispute, west) == drawn != 0.0
    assert drawn != dispute.resolve_sender


def test_nobody_is_asked_to_follow_a_leader_that_has_lifted_its_measures() -> None:
    """LEAD lifts its ban in quarter 3; ASIDE keeps its own, so the dispute goes on; WEST was asked before, and is no more."""
    quarrel = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE", "WEST"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}} for who in ("LEAD", "ASIDE")]
    changes = {"dispute": [{**quarrel, "package": "partial trade"}], "measure": bans, "parameters": {"agenda_rate": 1.0}}
    goes_on, lifted = (small_world(6, decisions=orders, **changes) for orders in ([], [Decision(3, "LEAD", "import_ban", "EAST", "*")]))
    assert [small.politics.disputes["first"].stage for small in (goes_on, lifted)] == ["imposed", "imposed"]
    assert [len(join.questions(small, small.place["WEST"])) for small in (goes_on, lifted)] == [1, 0]


def test_who_leaves_a_coalition_leaves_with_its_measures() -> None:
    """LEAD and ASIDE ban EAST's goods; ASIDE leaves in quarter 1, its ban is gone and LEAD's stays."""
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.5, "options": {"dispute": "first"}} for who in ("LEAD", "ASIDE")]
    dispute = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    small = small_world(2, decisions=[Decision(1, "ASIDE", "leave_coalition", "EAST", "", 1.0)], dispute=[dispute], measure=bans)
    assert [small.ids[measure.sender] for measure in small.measures.values()] == ["LEAD"]
    told = [row[1] for row in small.record.rows("events") if row[0] == 1]
    assert told == ["leave coalition", "measure withdrawn"]
