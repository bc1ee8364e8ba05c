"""A mandate of the council binds its members, most of all those that voted for it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.government.choice import Option
from sim.government.decisions import associate, join, stance
from sim.government.question import Question
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import keys_of_states, world

TERM = "bound by the mandate"
ASKED = {"LEAD": "for", "EAST": "for"}  # with ASIDE's the three votes of the council; two are needed
WEIGHT = 0.7


def mandated(vote: str = "for", seat: bool = True, neutral: bool = True, **changes: Any) -> World:
    """Two quarters after LEAD asked the council for a mandate against EAST; ASIDE (`neutral` or not) has a seat there, or WEST in its place, and
    casts `vote`."""
    third = "ASIDE" if seat else "WEST"
    states = [{**keys, "council": keys["id"] in ("LEAD", "EAST", third), "neutral": neutral and keys["id"] == "ASIDE"} for keys in keys_of_states()]
    ballots = [Decision(1, state, "cast_vote", "", "", 1.0, {"vote": cast}) for state, cast in {**ASKED, third: vote}.items()]
    orders = [Decision(0, "LEAD", "council_mandate", "EAST", "", 1.0, {"dispute": "first"}), *ballots]
    made = world(2, decisions=orders, parameters={"agenda_rate": 1.0, "mandate_weight": WEIGHT}, state=states, **changes)
    assert made.politics.mandated("first")
    return made


def options(question: Question) -> dict[str, Option]:
    return {option.name: option for option in question.options}


def of_stance(made: World) -> dict[str, Option]:
    return options(next(one for one in stance.questions(made, made.place["ASIDE"]) if one.about == "first"))


@pytest.mark.parametrize(
    ("vote", "seat", "bound"), [("for", True, 2.0 * WEIGHT), ("against", True, WEIGHT), ("abstain", True, WEIGHT), ("for", False, 0.0)]
)
def test_helping_the_target_costs_a_member_what_a_mandate_weighs_and_twice_that_if_it_voted_for_it(vote: str, seat: bool, bound: float) -> None:
    found = of_stance(mandated(vote, seat))
    assert {name: option.terms.get(TERM, 0.0) for name, option in found.items()} == pytest.approx(
        {"stay neutral": 0.0, "control transit": 0.0, "trade on": -bound, "stand by the target": -bound}
    )
    assert found["control transit"].terms["mandate"] == WEIGHT, "it speaks to all third parties for controlling transit"


def test_without_a_mandate_and_after_it_is_lifted_nobody_is_bound() -> None:
    made = mandated()
    made.politics.mandates.clear()
    assert of_stance(made)["trade on"].terms[TERM] == 0.0


def test_the_bond_lowers_what_trading_on_is_worth() -> None:
    """The terms add up: with the same world and no mandate, trading on is worth twice the weight more."""
    bound = mandated()
    before = of_stance(bound)["trade on"].utility
    bound.politics.mandates.clear()
    assert of_stance(bound)["trade on"].utility - before == pytest.approx(2.0 * WEIGHT)


def disputes(*senders: str) -> dict[str, Any]:
    """LEAD and whoever it asks press EAST with a package, LEAD alone presses WEST."""
    first = {"id": "first", "issue": "a quota", "senders": list(senders), "target": "EAST", "stage": "imposed", "demand": 0.8, "package": "payments"}
    second = {"id": "second", "issue": "a fee", "senders": ["LEAD"], "target": "WEST", "stage": "imposed", "demand": 0.8}
    return {"dispute": [first, second]}


def test_a_member_that_was_asked_to_join_goes_against_the_mandate_by_staying_out() -> None:
    made = mandated(**disputes("LEAD", "ASIDE"))
    (question,) = join.questions(made, made.place["ASIDE"])
    assert options(question)["stay out"].terms[TERM] == -2.0 * WEIGHT
    assert TERM not in options(question)["join the measures"].terms


def test_a_member_that_could_associate_itself_goes_against_the_mandate_by_keeping_out() -> None:
    """The question is on the agenda in every other quarter: in one of the next eight at the latest."""
    made = mandated(neutral=False, **disputes("LEAD"))
    found: list[Question] = []
    for _ in range(8):
        found += associate.questions(made, made.place["ASIDE"])
        made.step()
    assert found
    assert {options(question)["keep out of it"].terms[TERM] for question in found} == {-2.0 * WEIGHT}
