"""What a sender counts of the common gain, by hand; what a solidarity fund does to its reckoning; packages that scenarios may name."""

from __future__ import annotations

import typing

import pytest

from sim.government.dispute import Dispute
from sim.government.packages import PACKAGES
from sim.government.sending import share_of_gain
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
