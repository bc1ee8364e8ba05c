"""A wedge taken: relief for the word to stay away from a partner, what goes back on it, and what releases from it."""

from __future__ import annotations

from types import ModuleType

import pytest

from sim.government.decisions import answer_deal, escalate, keep_settlement, offer_settlement
from sim.government.parting import relief_at_stake, worth_of_parting
from sim.government.question import Question
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)
SEEN, UNSEEN = {"parting_seen": 1.0}, {"parting_seen": 0.0}


def taken(share: str = "0.6", ask: float = 0.0) -> list[Decision]:
    """EAST takes relief in quarter 1 for leaving WEST; LEAD lifts it in quarters 2 to 4."""
    return [
        Decision(0, "LEAD", "inducement", "EAST", "", ask, {"dispute": "first", "share": share, "leave": "WEST"}),
        Decision(1, "EAST", "answer_settlement", "LEAD", "", 1.0),
        *(Decision(quarter, "LEAD", "next_stage", "EAST", "", 1.0, {"dispute": "first"}) for quarter in (2, 3, 4)),
    ]


def treaty(quarter: int) -> list[Decision]:
    """WEST proposes a treaty to EAST, which takes it a quarter later."""
    return [
        Decision(quarter, "WEST", "propose_deal", "EAST", "", 1.0, {"kind": "treaty", "giver": "me"}),
        Decision(quarter + 1, "EAST", "answer_deal", "WEST", "", 1.0),
    ]


def level(made: World) -> float:
    """The level of LEAD's import ban on EAST; 0 when it is gone."""
    return sum(measure.level for measure in made.measures.values() if measure.target == EAST and measure.lever == "import_ban")


def first_asked(decision: ModuleType, orders: list[Decision], about: str) -> tuple[World, Question]:
    """The first of LEAD's questions about a dispute after relief has been lifted, in whatever quarter its file lies open."""
    made = world(5, decisions=orders, parameters={**SEEN, "agenda_rate": 1.0})
    for _ in range(12):
        for question in decision.questions(made, LEAD):
            if question.about == about:
                return made, question
        made.step()
    raise AssertionError("the file never lay open")


def told(made: World, event: str) -> list[str]:
    return [str(row[-1]) for row in made.record.rows("events") if row[1] == event]


def terms(questions: list[Question], name: str) -> dict[str, float]:
    (question,) = questions
    return dict(next(option for option in question.options if option.name == name).terms)


def test_a_wedge_asks_nothing_of_the_demand_and_lifts_its_part_for_the_word() -> None:
    """A ban of 0.9 of which six tenths are lifted in three stages: 0.36 stays, and so does the dispute."""
    made = world(5, decisions=taken(), parameters=SEEN)
    dispute = made.politics.disputes["first"]
    assert level(made) == pytest.approx(0.36)
    assert (dispute.stage, dispute.policy, dispute.conceded_at) == ("imposed", 0.0, "")
    assert made.politics.partings["first"].partner == WEST
    assert told(made, "word given") == ["EAST gives its word to stay away from WEST (a fishing quota)"]
    assert told(made, "inducement") == ["LEAD towards EAST: inducement to leave a partner: WEST"]


def test_a_deal_that_is_seen_brings_measures_back_as_they_were() -> None:
    made = world(8, decisions=[*taken(), *treaty(5)], parameters=SEEN)
    trust = world(8, decisions=taken(), parameters=SEEN).politics.trust[LEAD, EAST]
    assert level(made) == pytest.approx(0.9)
    assert made.politics.partings == {} and len(told(made, "word broken")) == len(told(made, "snapback")) == 1
    assert made.politics.trust[LEAD, EAST] < 0.7 * trust


def test_a_deal_made_while_relief_is_under_way_ends_it() -> None:
    made = world(5, decisions=[*taken()[:3], *treaty(2)], parameters=SEEN)
    dispute = made.politics.disputes["first"]
    assert level(made) == pytest.approx(0.9) and dispute.stage == "imposed" and dispute.relief is None


def test_full_relief_settles_the_dispute_until_the_word_is_broken() -> None:
    kept, broken = (world(8, decisions=[*taken("1"), *more], parameters=SEEN) for more in ([], treaty(5)))
    assert kept.politics.disputes["first"].stage == "settled" and level(kept) == 0.0
    dispute = broken.politics.disputes["first"]
    assert dispute.stage == "imposed" and dispute.ended_in is None and level(broken) == pytest.approx(0.9)


def test_nothing_comes_back_and_nothing_is_at_stake_where_nobody_can_see_it() -> None:
    made = world(8, decisions=[*taken(), *treaty(5)], parameters=UNSEEN)
    assert level(made) == pytest.approx(0.36) and "first" in made.politics.partings
    assert relief_at_stake(made, EAST, WEST) == 0.0


def test_pressing_on_releases_from_the_word() -> None:
    """More of LEAD's own measures, or bringing back what was lifted: either way EAST owes nothing any more."""
    more = Decision(5, "LEAD", "export_ban", "EAST", "*", 0.2, {"dispute": "first"})
    back = Decision(3, "LEAD", "next_stage", "EAST", "", 0.0, {"dispute": "first"})
    for orders in ([*taken(), more], [*taken()[:3], back]):
        made = world(6, decisions=orders, parameters=SEEN)
        assert made.politics.partings == {} and told(made, "word broken") == []


def test_an_exemption_releases_nobody_from_its_word() -> None:
    easier = Decision(5, "LEAD", "exemption", "EAST", "*", 0.5, {"dispute": "first"})
    assert "first" in world(6, decisions=[*taken(), easier], parameters=SEEN).politics.partings


def test_who_gave_its_word_weighs_the_relief_against_a_deal_with_that_partner_only() -> None:
    proposal = treaty(5)[:1]
    bound, free = (world(6, decisions=[*orders, *proposal], parameters=SEEN) for orders in (taken(), taken()[:1]))
    lost = terms(answer_deal.questions(bound, EAST), "accept the deal")["relief for staying away"]
    assert lost < 0 and lost == -relief_at_stake(bound, EAST, WEST)
    assert terms(answer_deal.questions(free, EAST), "accept the deal")["relief for staying away"] == 0
    assert relief_at_stake(bound, WEST, EAST) == relief_at_stake(bound, EAST, 3) == 0.0


def test_more_relief_is_more_to_lose() -> None:
    little, much = (relief_at_stake(world(6, decisions=taken(share), parameters=SEEN), EAST, WEST) for share in ("0.3", "1"))
    assert much > little > 0


def test_a_sender_keeps_up_a_wedge_for_what_it_has_at_stake_with_the_partner() -> None:
    """The worth of the parting, .5 of the stake in the other dispute, stands in each option; a broken word counts by it too."""
    made = world(3, decisions=taken(), parameters=SEEN)
    worth = worth_of_parting(made, LEAD, WEST)
    assert worth > 0
    asked = keep_settlement.questions(made, LEAD)
    assert terms(asked, "lift the next stage")["a pair loosened"] == worth
    assert terms(asked, "bring measures back")["a word broken"] == pytest.approx(-made.p["audience_cost"] * worth)


def test_a_sender_that_would_press_on_counts_the_pair_it_would_bring_together() -> None:
    made, question = first_asked(escalate, taken(), "first")
    by_name = {option.name: dict(option.terms) for option in question.options}
    as_they_are = by_name.pop("leave measures as they are")
    assert by_name and "a pair loosened" not in as_they_are
    assert {given["a pair loosened"] for given in by_name.values()} == {-worth_of_parting(made, LEAD, WEST)}


def test_governments_offer_wedges_that_ask_for_the_parting_alone() -> None:
    _, question = first_asked(offer_settlement, treaty(0), "second")
    (order,) = question.orders["wedge: relief for WEST if it leaves EAST"]
    assert (order.lever, order.value, order.options["leave"]) == ("inducement", 0.0, "EAST")


def test_a_word_is_kept_for_the_measures_that_would_come_back_only() -> None:
    """The other sender has left since: what its measures cost is not at stake, nor is being blamed, which EAST bears as it is."""
    both = [{"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}]
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}} for who in ("LEAD", "ASIDE")]
    at_stake = {}
    for case, blame in (("both", 0.0), ("blamed", 1.0), ("left", 0.0)):
        made = world(5, decisions=taken(), parameters={**SEEN, "blame": blame}, dispute=both, measure=bans)
        if case == "left":
            made.politics.disputes["first"].left.append(ASIDE)
        at_stake[case] = relief_at_stake(made, EAST, WEST)
    assert at_stake["both"] > at_stake["left"] > 0.0
    assert at_stake["blamed"] == pytest.approx(at_stake["both"], rel=1e-9)
