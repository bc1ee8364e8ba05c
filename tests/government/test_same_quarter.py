"""Two orders about one thing in one quarter: what comes of them does not hang on who stands first in the file; what comes too late comes to nothing."""

from __future__ import annotations

import pytest

from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import keys_of_states, setting, world

ORDERS = [(0, 1, 2, 3), (2, 1, 0, 3), (1, 2, 3, 0)]


def standing(order: tuple[int, ...]) -> list[dict[str, object]]:
    """The four states of the small world in another order."""
    return [keys_of_states()[place] for place in order]


@pytest.mark.parametrize("order", ORDERS)
def test_a_target_that_yields_while_its_part_is_taken_has_yielded(order: tuple[int, ...]) -> None:
    decisions = [
        Decision(1, "EAST", "offer_part", "LEAD", "", 0.65, {"dispute": "first"}),
        Decision(2, "EAST", "concession", "LEAD", "", 1.0, {"dispute": "first"}),
        Decision(2, "LEAD", "answer_offer", "EAST", "", 1.0, {"dispute": "first"}),
    ]
    dispute = world(4, decisions=decisions, state=standing(order)).politics.disputes["first"]
    assert (dispute.stage, dispute.policy) == ("settled", pytest.approx(0.8))


@pytest.mark.parametrize("order", ORDERS)
def test_who_breaks_a_deal_openly_that_the_other_lets_lapse_has_broken_it(order: tuple[int, ...]) -> None:
    deal = {"id": "link", "kind": "payment_link", "party_a": "EAST", "party_b": "WEST"}
    ends = [Decision(2, who, "end_deal", other, "", level, {"agreement": "link"}) for who, other, level in (("EAST", "WEST", 0.0), ("WEST", "EAST", 1.0))]
    made = World(setting(state=standing(order), agreement=[deal]), 1, ends, governments=False)
    made.strict = False
    for _ in range(4):
        made.step()
    ended = made.politics.agreements["link"]
    assert (ended.status, made.ids[ended.ended_by]) == ("broken", "WEST")


def test_a_deed_in_a_dispute_that_is_over_comes_to_nothing_and_is_told_so() -> None:
    """LEAD lifts its measures in quarter 2 without having got anything; in quarter 4 it threatens and EAST gives in, by the dispute's name: nothing moves."""
    decisions = [
        Decision(2, "LEAD", "import_ban", "EAST", "*"),
        Decision(4, "LEAD", "threat", "EAST", "", 1.0, {"dispute": "first", "package": "embargo"}),
        Decision(4, "EAST", "concession", "LEAD", "", 1.0, {"dispute": "first"}),
    ]
    made = world(6, decisions=decisions)
    dispute = made.politics.disputes["first"]
    assert (dispute.stage, dispute.policy, dispute.deadline) == ("abandoned", 0.0, None)
    told = [(row[1], row[2]) for row in made.record.rows("events") if row[0] == 4]
    assert told == [("came to nothing", "EAST LEAD"), ("came to nothing", "LEAD EAST")]
