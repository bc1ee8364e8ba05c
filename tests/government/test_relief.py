"""Relief in stages: what is lifted when, what backsliding does, and what snapback brings back."""

from __future__ import annotations

import pytest

from sim import api
from sim.government.decisions import keep_settlement
from sim.levers import LEVERS
from sim.orders import measures_of
from sim.refusals import Refusal
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

LEAD, EAST = 0, 1
ANSWER = Decision(1, "EAST", "answer_settlement", "LEAD", "", 1.0)


def offer(**options: str) -> Decision:
    terms = {"dispute": "first", "stages": "3", "share": "1", "snapback": "1", "monitored": "1", **options}
    return Decision(0, "LEAD", "offer_settlement", "EAST", "", 0.5, terms)


def stage(quarter: int, value: float = 1.0) -> Decision:
    return Decision(quarter, "LEAD", "next_stage", "EAST", "", value, {"dispute": "first"})


def level(small: World) -> float:
    """The level of the import ban on EAST; 0 when it is gone."""
    found = [m.level for m in small.measures.values() if m.target == EAST and m.lever == "import_ban"]
    return found[0] if found else 0.0


def test_each_stage_lifts_its_part_and_the_last_settles_the_dispute() -> None:
    """A ban of 0.9 in three stages: 0.6, 0.3, gone. Half of the demand of 0.8 is conceded at once."""
    orders = [offer(), ANSWER, stage(2), stage(3), stage(4)]
    levels = []
    small = world(0, decisions=orders)
    for _ in range(5):
        small.step()
        levels.append(round(level(small), 9))
    assert levels == [0.9, 0.9, 0.6, 0.3, 0.0]
    assert small.politics.disputes["first"].stage == "settled"
    assert abs(small.politics.disputes["first"].policy - 0.4) < 1e-12


def test_backsliding_that_is_seen_brings_all_measures_back_where_the_terms_say_so() -> None:
    back = Decision(3, "EAST", "backslide", "LEAD", "", 1.0, {"dispute": "first"})
    small = world(4, decisions=[offer(), ANSWER, stage(2), back])
    assert abs(level(small) - 0.9) < 1e-12
    assert small.politics.disputes["first"].stage == "imposed"
    assert small.politics.disputes["first"].policy < 0.4


def test_who_is_seen_to_go_back_on_a_settlement_is_trusted_half_as_much() -> None:
    """By the sender, in the quarter in which it is seen; with nobody watching trust is what it would have been, and that of others is untouched."""
    back = Decision(3, "EAST", "backslide", "LEAD", "", 1.0, {"dispute": "first"})
    trust = {}
    for monitored in ("1", "0"):
        orders = [offer(monitored=monitored, snapback="0"), ANSWER, stage(2), back]
        before, after = world(3, decisions=orders).politics.trust, world(4, decisions=orders).politics.trust
        trust[monitored] = after[LEAD, EAST] / before[LEAD, EAST], after[2, EAST], after[EAST, LEAD]
    assert trust["1"][0] < 0.6 * trust["0"][0]
    assert trust["1"][1:] == pytest.approx(trust["0"][1:])


def test_backsliding_that_nobody_can_see_brings_nothing_back() -> None:
    back = Decision(3, "EAST", "backslide", "LEAD", "", 1.0, {"dispute": "first"})
    small = world(5, decisions=[offer(monitored="0"), ANSWER, stage(2), back])
    assert abs(level(small) - 0.6) < 1e-12
    assert small.politics.disputes["first"].policy < 0.4


def test_a_sender_that_snaps_back_without_cause_is_believed_less() -> None:
    small = world(4, decisions=[offer(), ANSWER, stage(2), stage(3, 0.0)])
    assert abs(level(small) - 0.9) < 1e-12
    assert small.politics.threats[LEAD][-1] is False


def test_a_wedge_ends_the_pair_s_deals_and_leaves_part_of_the_measures() -> None:
    orders = [
        Decision(0, "EAST", "propose_deal", "WEST", "", 1.0, {"kind": "treaty", "giver": "me"}),
        Decision(1, "WEST", "answer_deal", "EAST", "", 1.0),
        Decision(2, "LEAD", "offer_settlement", "EAST", "", 0.05, {"dispute": "first", "stages": "1", "share": "0.5", "leave": "WEST"}),
        Decision(3, "EAST", "answer_settlement", "LEAD", "", 1.0),
        Decision(4, "LEAD", "next_stage", "EAST", "", 1.0, {"dispute": "first"}),
    ]
    small = world(6, decisions=orders)
    assert small.politics.in_force() == []
    assert abs(level(small) - 0.45) < 1e-12
    assert small.politics.disputes["first"].stage == "imposed"


def test_a_timetable_imposes_nothing_in_a_dispute_that_is_settled() -> None:
    """In Who Pays the bans are due in quarter 2; a target that gives way entirely in quarter 1 never meets them, one that gives way in part does."""
    setting = api.load("who-pays")
    due = min(order.quarter for order in setting.timetable)
    hostile = {"import_ban", "export_ban", "payment_exclusion"}
    imposed = {}
    for share in (1.0, 0.5):
        yields = Decision(due - 1, "CORVANE", "concession", "ARDEN", "", share, {"dispute": "river"})
        run = api.run(setting, 1, [yields], due + 3, governments=False)
        imposed[share] = hostile & set(run.measures[run.measures["target"] == "CORVANE"]["lever"])
    assert imposed[1.0] == set() and imposed[0.5] != set()


def test_a_part_offered_by_a_target_that_has_given_some_already_is_a_part_of_the_rest() -> None:
    """EAST has met half of a demand of 0.8 and offers half of the rest, which LEAD takes: 0.6, and the dispute is settled."""
    small = world(1)
    dispute = small.politics.disputes["first"]
    dispute.policy, dispute.offered = 0.4, 0.5
    lever, order = LEVERS["answer_offer"], Decision(1, "LEAD", "answer_offer", "EAST", "", 1.0, {"dispute": "first"})
    assert lever.act is not None
    lever.act(measures_of(order, small.ids, small.sector_ids, lever)[0], small.politics)
    assert abs(dispute.policy - 0.6) < 1e-12 and dispute.stage == "settled"


def asked(done: int, policy: float = 0.4) -> dict[str, dict[str, float]]:
    """The leader's options, term by term, with `done` of three stages lifted against half of the demand of 0.8."""
    small = world(3, decisions=[offer(), ANSWER, stage(2)])
    dispute = small.politics.disputes["first"]
    assert dispute.relief is not None
    dispute.relief.done, dispute.policy = done, policy
    (question,) = [one for one in keep_settlement.questions(small, LEAD) if one.about == "first"]
    return {option.name: dict(option.terms) for option in question.options}


def test_a_sender_counts_what_the_target_has_given_not_what_it_has_not() -> None:
    """Half of the demand was given; that it is worth something does not depend on how much of the demand is still missing."""
    less, more = asked(1, policy=0.4), asked(1, policy=0.6)
    assert less["lift the next stage"]["part of the demand"] == more["lift the next stage"]["part of the demand"] > 0


def test_measures_cost_a_sender_what_is_in_force_of_them_under_each_option() -> None:
    """Two of three stages are left: waiting costs what they cost, lifting one more costs half of that, bringing all back half as much again, but
    for the time until the target is expected to give in, which more pressure shortens."""
    options = asked(1)
    now = options["wait"]["own cost"]
    assert now < 0
    assert abs(options["lift the next stage"]["own cost"] - 0.5 * now) < 1e-12
    assert 1.5 * now <= options["bring measures back"]["own cost"] < now


def test_a_target_values_what_it_gave_even_when_nothing_is_left_to_give() -> None:
    small = world(3, decisions=[offer(), ANSWER, stage(2)], parameters={"agenda_rate": 1.0})
    dispute = small.politics.disputes["first"]
    dispute.policy = dispute.demand
    (question,) = [one for one in keep_settlement.questions(small, EAST) if one.about == "first"]
    (keep, _) = question.options
    assert keep.terms["policy given up"] < -0.1


def test_relief_that_comes_second_comes_to_nothing() -> None:
    """LEAD offers relief twice in one quarter; EAST takes the one, and a quarter later the other, which still lies on the table."""
    orders = [
        Decision(1, "LEAD", "offer_settlement", "EAST", "", 0.3, {"dispute": "first"}),
        Decision(1, "LEAD", "inducement", "EAST", "", 0.0, {"dispute": "first", "leave": "WEST"}),
        *(Decision(quarter, "EAST", "answer_settlement", "LEAD", "", 1.0) for quarter in (2, 3)),
    ]
    small = world(5, decisions=orders)
    dispute = small.politics.disputes["first"]
    assert (dispute.stage, dispute.entered) == ("relief", 2) and dispute.relief is not None and dispute.relief.leave == -1
    assert "no measures left to lift" in " ".join(small.record.table("events").query("event == 'came to nothing'")["text"])


def test_relief_is_offered_to_whom_the_measures_are_on() -> None:
    with pytest.raises(Refusal, match="the state it is used on is not the one asked in the dispute 'first'"):
        world(2, decisions=[Decision(1, "LEAD", "offer_settlement", "WEST", "", 0.3, {"dispute": "first"})])
