"""Worlds A and B: shares set exactly, sums kept, every parameter by name, refusals with the nearest word."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from sim.refusals import Refusal
from sim.scenario.laboratory import senders_of, target_of, trade_share, with_shares


def _share(scenario: api.Scenario, members: tuple[str, ...]) -> float:
    ids = scenario.state_ids
    return trade_share(scenario.flows, ids.index(target_of(scenario)), [ids.index(member) for member in members])


def test_trade_share_counts_both_directions_and_leaves_home_sales_out() -> None:
    """State 0 sells 3 to 1 and 1 to 2, buys 1 from 1 and 3 from 2: with 1 it trades 4 of 8."""
    flows = np.array([[[50.0, 3.0, 1.0], [1.0, 9.0, 0.0], [3.0, 0.0, 9.0]]])
    assert trade_share(flows, 0, [1]) == pytest.approx(0.5, abs=1e-15)


def test_world_a_has_a_hub_a_rival_and_about_a_third_neutral() -> None:
    world = api.world_a(30, 6, 1)
    assert len(world.states) == 30 and len(world.sectors) == 6
    assert [state.hub for state in world.states[:2]] == [True, False]
    assert world.rivalry[0, 1] > 0.5
    assert 8 <= sum(state.neutral for state in world.states) <= 11
    assert not next(state for state in world.states if state.id == target_of(world)).neutral


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_coalition_has_exactly_the_share_asked_for_and_sizes_stay(seed: int) -> None:
    plain = api.world_a(24, 5, seed)
    world = api.world_a(24, 5, seed, coalition_share=0.5, neutral_share=0.3)
    assert _share(world, senders_of(world)) == pytest.approx(0.5, abs=1e-8)
    neutral = tuple(state.id for state in world.states if state.neutral)
    assert _share(world, neutral) == pytest.approx(0.3, abs=1e-8)
    assert np.allclose(world.flows.sum(axis=2), plain.flows.sum(axis=2), rtol=1e-9)
    assert np.allclose(world.flows.sum(axis=1), plain.flows.sum(axis=1), rtol=1e-9)


def test_lines_make_every_sender_ban_that_share_both_ways_from_the_quarter_named() -> None:
    world = api.world_a(24, 5, 1, coalition_share=0.5, lines=0.4, imposed=8)
    senders = senders_of(world)
    assert len(world.timetable) == 2 * len(senders) > 4
    assert {(order.quarter, order.target, order.value, order.sector) for order in world.timetable} == {(8, target_of(world), 0.4, "*")}
    assert {order.lever for order in world.timetable} == {"export_ban", "import_ban"}


def test_without_a_coalition_the_hub_alone_is_the_sender() -> None:
    world = api.world_a(24, 5, 1, lines=0.4)
    assert senders_of(world) == ("S001",)
    assert {order.state for order in world.timetable} == {"S001"}


def test_the_usual_target_is_of_the_rivals_camp_and_has_a_fortieth_of_world_income() -> None:
    world = api.world_a(30, 6, 3)
    income = (world.value_added * world.flows.sum(axis=2)).sum(axis=0)
    place = world.state_ids.index(target_of(world))
    assert income[place] / income.sum() == pytest.approx(0.025, rel=1e-6)
    assert world.alliance[1, place] > 0 and world.alliance[0, place] == 0


def test_a_single_sender_has_exactly_the_share_asked_for() -> None:
    world = api.world_a(24, 5, 1, sender_share=0.25)
    assert senders_of(world) == ("S001",)
    assert _share(world, ("S001",)) == pytest.approx(0.25, abs=1e-8)


def test_world_b_draws_the_senders_share_between_15_and_30_percent_and_takes_a_given_one() -> None:
    drawn = [_share(api.world_b(3, seed), ("SENDER",)) for seed in range(1, 7)]
    assert all(0.15 < share < 0.30 for share in drawn)
    assert len({round(share, 6) for share in drawn}) == 6
    assert _share(api.world_b(3, 1, sender_share=0.42), ("SENDER",)) == pytest.approx(0.42, abs=1e-8)


def test_parameters_are_settable_by_name_and_reach_the_run() -> None:
    world = api.world_b(3, 1, impact_share=1.0, connector_capacity=0.0)
    assert api.World(world).p["impact_share"] == 1.0
    assert api.World(world).p["connector_capacity"] == 0.0


def test_the_same_arguments_give_the_same_world_and_others_another() -> None:
    one, two, three = api.world_b(3, 1), api.world_b(3, 1), api.world_b(3, 1, impact_share=0.5)
    assert one.digest == two.digest != three.digest
    assert (one.flows == two.flows).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: api.world_a(impact_shar=0.3), "Did you mean 'impact_share'"),
        (lambda: api.world_b(sender_shar=0.3), "Did you mean 'sender_share'"),
        (lambda: api.world_a(impact_share=7.0), "impact_share"),
        (lambda: api.world_a(coalition_share=1.2), "coalition_share"),
        (lambda: api.world_a(coalition_share=0.5, neutral_share=0.6), "neutral_share"),
        (lambda: api.world_a(coalition_share=0.5, sender_share=0.2), "not both"),
        (lambda: api.world_a(target="S999"), "S999"),
        (lambda: api.world_a(target="S001", lines=0.5), "sender"),
        (lambda: api.world_a(lines=1.5), "lines"),
        (lambda: api.world_b(imposed=900, lines=0.5), "imposed"),
        (lambda: api.world_a(theory="mixd"), "Did you mean 'mixed'"),
        (lambda: api.world_a(states=2), "states"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(call: object, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        call()  # type: ignore[operator]


def test_shares_that_no_trade_can_reach_are_refused() -> None:
    """State 1 trades with 2 only: no factor gives state 0 a share of its trade."""
    flows = np.array([[[9.0, 0.0, 1.0], [0.0, 9.0, 2.0], [1.0, 2.0, 9.0]]])
    with pytest.raises(Refusal, match="cannot be reached"):
        with_shares(flows, 1, [([0], 0.3)])
