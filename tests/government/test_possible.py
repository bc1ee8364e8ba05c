"""What a seat is offered would come to something, and what makes no sense where it stands is not offered."""

from __future__ import annotations

from copy import deepcopy

import pytest

from sim import api
from sim.orders import measures_of
from sim.refusals import Refusal

MOST = 5  # states of a scenario looked at
LATER = 6  # quarters


def world_of(scenario: str, quarters: int = 0) -> api.World:
    world = api.World(api.load(scenario))
    while world.quarter < quarters:
        world.step()
    return world


def refused(world: api.World, state: str, lever: str, target: str) -> str:
    """What the model says when the deed is done in the coming quarter; empty where it accepts it."""
    found = api.LEVERS[lever]
    order = api.Decision(world.quarter, state, lever, target if found.needs_target else "", "", found.value.default, {})
    try:
        for deed in measures_of(order, world.ids, world.sector_ids, found):
            assert found.act is not None
            found.act(deed, deepcopy(world.politics))
    except Refusal as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("scenario", [name for name, _ in api.scenarios()])
def test_every_deed_that_is_offered_is_accepted_by_the_model(scenario: str) -> None:
    for world in (world_of(scenario), world_of(scenario, LATER)):
        asked = [state for spec in world.setting.disputes for state in (spec.senders[0], spec.target)]
        for state in list(dict.fromkeys([*asked, *world.ids]))[:MOST]:
            offered = api.possible(world, state)
            assert all(state not in towards and towards for towards in offered.values())
            for lever, towards in offered.items():
                if api.LEVERS[lever].is_deed:
                    assert [refused(world, state, lever, target) for target in towards] == [""] * len(towards), (state, lever, towards)


def test_without_disputes_nothing_that_needs_one_is_offered() -> None:
    """In the triangle nobody is in a dispute and nothing is in force: trade and words are open, the rest is not."""
    world = world_of("triangle")
    assert world.politics.open_disputes() == []
    offered = set(api.possible(world, world.ids[0]))
    assert {"tariff", "import_ban", "condemnation", "propose_deal"} <= offered
    without = {"join_coalition", "mediation", "demand", "threat", "concession", "answer_settlement", "answer_deal", "end_deal", "exemption", "enforcement"}
    assert offered & (without | {"counter_measures", "next_stage", "denial", "cast_vote", "transit_control", "membership"}) == set()


def test_each_side_of_a_resting_dispute_is_offered_its_own_moves() -> None:
    """First Warning before the first round: Albora may demand or threaten, Tessia has nothing to answer yet."""
    world = world_of("first-warning")
    albora, tessia = api.possible(world, "ALBORA"), api.possible(world, "TESSIA")
    assert "TESSIA" in albora["threat"] and "TESSIA" in albora["demand"]
    assert {"threat", "concession", "offer_part"} & set(tessia) == set()
    assert "offer_settlement" not in albora and "exemption" not in albora


def test_after_a_threat_the_target_may_give_way_and_the_sender_back_down() -> None:
    world = api.World(api.load("first-warning"), 1, [api.Decision(0, "ALBORA", "threat", "TESSIA", "", 0.5, {})], governments=False)
    world.step()
    albora, tessia = api.possible(world, "ALBORA"), api.possible(world, "TESSIA")
    assert tessia["concession"] == ("ALBORA",) and tessia["offer_part"] == ("ALBORA",)
    assert "TESSIA" in albora["retraction"] and "TESSIA" not in albora.get("threat", ())


def test_measures_in_force_open_what_goes_with_them() -> None:
    ban = api.Decision(0, "ALBORA", "import_ban", "TESSIA", "", 0.5, {})
    world = api.World(api.load("first-warning"), 1, [ban], governments=False)
    assert "exemption" not in api.possible(world, "ALBORA")
    world.step()
    assert api.possible(world, "ALBORA")["exemption"] == ("TESSIA",)
    assert api.possible(world, "TESSIA")["counter_measures"] == ("ALBORA",)
    assert "TESSIA" in api.possible(world, "QUENTA")["trade_facilitation"]
