"""What a seat is offered would come to something, and what makes no sense where it stands is not offered."""

from __future__ import annotations

from copy import deepcopy

import pytest

from sim import api
from sim.orders import measures_of
from sim.refusals import Refusal
from tests.government.worlds import world as small_world

MOST = 5  # states of a scenario looked at
LATER = 6  # quarters
NAMING = ("membership", "inducement")  # deeds that have to name something beside a state


def world_of(scenario: str, quarters: int = 0) -> api.World:
    world = api.World(api.load(scenario))
    while world.quarter < quarters:
        world.step()
    return world


def refused(world: api.World, state: str, lever: str, target: str, level: float | None = None, **options: str) -> str:
    """What the model says when the deed is done in the coming quarter; empty where it accepts it."""
    found = api.LEVERS[lever]
    value = found.value.default if level is None else level
    order = api.Decision(world.quarter, state, lever, target if found.needs_target else "", "", value, options)
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
                if api.LEVERS[lever].is_deed and lever not in NAMING:
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


@pytest.mark.parametrize("scenario", ["who-pays", "marriage-of-convenience", "russia-2014"])
def test_whatever_a_deed_may_name_is_accepted_by_the_model(scenario: str) -> None:
    seen = set()
    for world in (world_of(scenario), world_of(scenario, LATER)):
        for state in world.ids:
            offered, names = api.possible(world, state), api.named(world, state)
            assert set(names) == set(NAMING) & set(offered)
            for way, organisations in names.get("membership", {}).items():
                assert [refused(world, state, "membership", "", float(way), organisation=one) for one in organisations] == [""] * len(organisations)
            for target, partners in names.get("inducement", {}).items():
                assert target in offered["inducement"]
                assert [refused(world, state, "inducement", target, leave=one) for one in partners] == [""] * len(partners)
            seen |= set(names)
    assert "membership" in seen


def test_one_may_join_where_one_is_not_and_leave_where_one_is() -> None:
    """In Who pays the members of the River Commission may leave it, and everybody else may join it."""
    world = world_of("who-pays")
    for organisation in world.setting.organisations:
        for state in world.ids:
            way = "0" if state in organisation.members else "1"
            assert organisation.id in api.named(world, state)["membership"][way]
    assert {way for state in world.ids for way in api.named(world, state)["membership"]} == {"0", "1"}


def test_a_partner_may_be_asked_away_once_measures_are_in_force() -> None:
    """In the default scenario a leader whose measures are in force may ask the target to leave whom it has an agreement with."""
    world = world_of("marriage-of-convenience", LATER)
    found = {(state, target): others for state in world.ids for target, others in api.named(world, state).get("inducement", {}).items()}
    assert found
    for (_, target), others in found.items():
        deals = [{world.ids[deal.party_a], world.ids[deal.party_b]} for deal in world.politics.in_force()]
        assert all({target, other} in deals for other in others)


def test_a_vote_of_the_council_is_offered_to_its_members_only() -> None:
    text = {"id": "r", "quarter": 1, "kind": "mandate", "tabled_by": "LEAD", "about": "EAST", "body": "council", "text": "Back the measures"}
    small = small_world(2, resolution=[text])
    assert ["cast_vote" in api.possible(small, state) for state in ("EAST", "ASIDE", "WEST")] == [True, True, False]


def test_what_goes_with_own_measures_or_an_own_dispute_is_offered_to_who_has_them() -> None:
    """LEAD has measures on EAST and WEST, and disputes; without either nobody has anything to explain or to back."""
    with_measures, without = small_world(1), small_world(1, dispute=[], measure=[])
    for lever in ("guidance", "council_mandate"):
        assert api.possible(with_measures, "LEAD")[lever] == ("EAST", "WEST")
        assert lever not in api.possible(with_measures, "ASIDE") and lever not in api.possible(without, "LEAD")


def coalition(stage: str, quarters: int = 1) -> api.World:
    """LEAD and ASIDE ask EAST for a policy; LEAD alone has measures in force, if the stage says so."""
    asked = {"id": "first", "issue": "a quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": stage, "demand": 0.8, "package": "partial trade"}
    ban = {"state": "LEAD", "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}}
    return small_world(quarters, dispute=[asked], measure=[ban] if stage == "imposed" else [])


@pytest.mark.parametrize(("stage", "lever"), [("dormant", "demand"), ("dormant", "threat"), ("threat", "retraction"), ("imposed", "offer_settlement")])
def test_the_leader_alone_speaks_for_the_senders(stage: str, lever: str) -> None:
    world = coalition(stage)
    assert api.possible(world, "LEAD")[lever] == ("EAST",) and lever not in api.possible(world, "ASIDE")
    assert refused(world, "LEAD", lever, "EAST", dispute="first") == ""
    assert "leader" in refused(world, "ASIDE", lever, "EAST", dispute="first")


def test_a_deed_in_somebody_elses_dispute_is_refused() -> None:
    """WEST can give nothing away in EAST's name, though it names EAST's dispute."""
    world = coalition("imposed")
    assert "not the one asked" in refused(world, "WEST", "concession", "LEAD", dispute="first")
    assert "not one of those who ask" in refused(world, "WEST", "pledge", "EAST", dispute="first")
    assert refused(world, "EAST", "concession", "LEAD", dispute="first") == ""
