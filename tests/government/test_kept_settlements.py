"""Settlements after the handshake: what is given, what others know of going back on it, and what a word to stay away still binds."""

from __future__ import annotations

from typing import Any

import pytest

from sim.government import offers
from sim.government.decisions import answer_settlement, keep_settlement
from sim.government.stakes import quarterly_discount
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)
TAKEN = Decision(1, "EAST", "answer_settlement", "LEAD", "", 1.0)


def relief(ask: float = 0.5, **options: str) -> Decision:
    return Decision(
        0, "LEAD", "offer_settlement", "EAST", "", ask, {"dispute": "first", "stages": "3", "share": "1", "snapback": "1", "monitored": "0", **options}
    )


def stage(quarter: int) -> Decision:
    return Decision(quarter, "LEAD", "next_stage", "EAST", "", 1.0, {"dispute": "first"})


def backslide(quarter: int) -> Decision:
    return Decision(quarter, "EAST", "backslide", "LEAD", "", 1.0, {"dispute": "first"})


def terms(small: World, state: int) -> dict[str, dict[str, float]]:
    """What the state weighs in the settlement of the first dispute, by option."""
    (question,) = [one for one in keep_settlement.questions(small, state) if one.about == "first"]
    return {option.name: dict(option.terms) for option in question.options}


def test_a_second_settlement_gives_a_part_of_what_is_still_missing() -> None:
    """0.4 of 0.8 is given: half of what is missing is 0.2, a quarter of the demand, and that is what relief is for."""
    small = world(1)
    dispute = small.politics.disputes["first"]
    dispute.policy = dispute.shown = 0.4
    asked = {"dispute": "first", "ask": 0.5, "share": 1.0, "stages": 3.0, "snapback": 1.0, "monitored": 0.5}
    small.politics.offers, offer = offers.make(small.politics.offers, "settlement", LEAD, EAST, asked, 0, 2)
    (question,) = answer_settlement.questions(small, EAST)
    price = -dict(question.options[0].terms)["policy given up"]
    small.politics.relieve(offer, 1)
    assert dispute.policy == pytest.approx(0.6)
    assert dispute.relief is not None and dispute.relief.ask == pytest.approx(0.25)
    dispute.entered = -1
    assert -terms(small, LEAD)["lift the next stage"].get("policy given up", 0.0) == 0.0
    small.p = {**small.p, "agenda_rate": 1.0}
    assert -terms(small, EAST)["keep to it"]["policy given up"] == pytest.approx(price, rel=1e-9)


def test_the_sender_reckons_with_what_it_has_seen() -> None:
    """Going back on a settlement in secret changes nothing of what the sender weighs; seen, it does."""
    kept = world(5, decisions=[relief(), TAKEN, stage(2)])
    secret = world(5, decisions=[relief(), TAKEN, stage(2), backslide(2)])
    there, here = kept.politics.disputes["first"], secret.politics.disputes["first"]
    assert here.policy < there.policy and here.known == there.known == pytest.approx(0.4)
    assert terms(secret, LEAD) == terms(kept, LEAD)
    seen = world(3, decisions=[relief(monitored="1", snapback="0"), TAKEN, backslide(2)])
    assert seen.politics.disputes["first"].known == pytest.approx(seen.politics.disputes["first"].policy) == pytest.approx(0.2)


def test_going_back_puts_at_stake_what_has_been_lifted_and_what_is_still_to_come() -> None:
    """Nothing lifted yet: seen or not, measures in force cannot come back, and unseen the rest is lifted all the same."""
    small = world(2, decisions=[relief(monitored="0.2"), TAKEN], parameters={"agenda_rate": 1.0})
    small.step()
    weighed = terms(small, EAST)
    coming = weighed["keep to it"]["relief to come"]
    seen = 0.2 / (1.0 - quarterly_discount(small.p) * 0.8)
    assert coming > 0.0
    assert weighed["go back on it"]["measures come back if seen"] == pytest.approx(0.0, abs=1e-12)
    assert weighed["go back on it"]["relief to come"] == pytest.approx((1.0 - seen) * coming, rel=1e-9)
    unwatched = world(2, decisions=[relief(), TAKEN], parameters={"agenda_rate": 1.0})
    unwatched.step()
    assert terms(unwatched, EAST)["go back on it"]["relief to come"] == pytest.approx(terms(unwatched, EAST)["keep to it"]["relief to come"])


def parted(*more: Decision, quarters: int, **changes: Any) -> World:
    """EAST gave its word to leave WEST for relief, all stages lifted but what the word is for, then deals with WEST in quarter 7."""
    orders = [Decision(0, "LEAD", "inducement", "EAST", "", 0.0, {"dispute": "first", "share": "0.6", "leave": "WEST"}), TAKEN, *(stage(q) for q in (2, 3, 4))]
    deal = [Decision(7, "WEST", "propose_deal", "EAST", "", 1.0, {"kind": "treaty", "giver": "me"}), Decision(8, "EAST", "answer_deal", "WEST", "", 1.0)]
    return world(quarters, decisions=[*orders, *more, *deal], parameters={"parting_seen": 1.0}, **changes)


def bans(small: World) -> dict[str, float]:
    return {small.ids[one.sender]: one.level for one in small.measures.values() if one.lever == "import_ban" and one.target == EAST}


def test_a_word_to_stay_away_ends_when_all_that_was_demanded_is_given() -> None:
    assert bans(parted(quarters=11))["LEAD"] == pytest.approx(0.9)
    given = parted(Decision(6, "EAST", "concession", "LEAD", "", 1.0, {"dispute": "first"}), quarters=11)
    assert given.politics.disputes["first"].stage == "settled"
    assert bans(given) == {} and not given.politics.partings


def test_measures_of_a_sender_that_has_left_do_not_come_back() -> None:
    both = {
        "dispute": [{"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}],
        "measure": [
            {"state": state, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}}
            for state in ("LEAD", "ASIDE")
        ],
    }
    assert bans(parted(quarters=10, **both)) == pytest.approx({"LEAD": 0.9, "ASIDE": 0.9})
    assert bans(parted(Decision(6, "ASIDE", "import_ban", "EAST", "*", None), quarters=10, **both)) == pytest.approx({"LEAD": 0.9})


def test_a_second_settlement_is_of_what_the_sender_knows_to_be_missing() -> None:
    """Of .8 everybody knows .4 to be given and all but .05 has been taken back unseen: half of what is missing is .2 all the same, and it is given."""
    small = world(1)
    dispute = small.politics.disputes["first"]
    dispute.policy, dispute.shown = 0.05, 0.4
    asked = {"dispute": "first", "ask": 0.5, "share": 1.0, "stages": 3.0, "snapback": 1.0, "monitored": 0.5}
    small.politics.offers, offer = offers.make(small.politics.offers, "settlement", LEAD, EAST, asked, 0, 2)
    small.politics.relieve(offer, 1)
    assert dispute.relief is not None and dispute.relief.ask == pytest.approx(0.25)
    assert dispute.policy == dispute.known == pytest.approx(0.6)


def test_being_blamed_ends_with_the_last_measure_not_in_parts() -> None:
    """What is still to be lifted shrinks with the stages, and nothing else does: after one of three stages two thirds of it are left."""
    weighed = []
    for blame in (0.0, 1.0):
        small = world(4, decisions=[relief(), TAKEN, stage(2)], parameters={"agenda_rate": 1.0, "blame": blame})
        weighed.append(terms(small, EAST))
    assert weighed[1]["keep to it"]["relief to come"] == pytest.approx(weighed[0]["keep to it"]["relief to come"], rel=1e-9)
    assert weighed[1]["go back on it"] == pytest.approx(weighed[0]["go back on it"], rel=1e-9)


@pytest.mark.parametrize(("watched", "found"), [("0", False), ("0.4", True)])
def test_what_was_taken_back_in_secret_can_be_seen_after_relief_has_ended(watched: str, found: bool) -> None:
    """One stage lifts all; EAST takes back in the same quarter. Where anybody looks it comes out in time, and is known from then on."""
    small = world(3, decisions=[relief(stages="1", monitored=watched), TAKEN, backslide(2), stage(2)])
    dispute = small.politics.disputes["first"]
    assert dispute.stage == "settled" and dispute.policy == pytest.approx(0.2)
    dispute.shown = 0.4  # not seen in the one quarter there was
    for _ in range(30):
        small.step()
    assert dispute.known == pytest.approx(0.2 if found else 0.4)
    assert ("backsliding seen" in {row[1] for row in small.record.rows("events") if row[0] > 2}) == found
