"""What there is to deny, and to publish, is help to a state under measures."""

from __future__ import annotations

from typing import Any

import pytest

from sim.government.closeness import helped_by, known_partners
from sim.government.decisions import deny
from sim.government.possible import named
from sim.government.ties import fear_of
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

STANCE = {"purpose": "signal", "stance": "1", "dispute": "first"}


def asking(lever: str = "", value: float = 0.05, deal: str = "") -> World:
    """LEAD presses EAST; ASIDE uses a lever on EAST, or has a deal with it; every file is on the agenda."""
    orders = [Decision(0, "ASIDE", lever, "EAST", "", value, STANCE)] if lever else []
    deals = {"agreement": [{"id": "deal", "kind": deal, "party_a": "ASIDE", "party_b": "EAST"}]} if deal else {}
    changes: dict[str, Any] = {"decisions": orders, "parameters": {"agenda_rate": 1.0}, **deals}
    return world(1, **changes)


def asked(made: World) -> set[tuple[str, str]]:
    """The questions of denial, by decision and state: ASIDE's before it denied anything, and LEAD's after it has."""
    found = {(one.decision, "ASIDE") for one in deny.questions(made, made.place["ASIDE"])}
    made.politics.denied[made.place["ASIDE"]] = made.quarter
    return found | {(one.decision, "LEAD") for one in deny.questions(made, made.place["LEAD"])}


@pytest.mark.parametrize(
    "help_",
    [{"lever": "trade_facilitation"}, {"lever": "aid", "value": 0.001}, {"lever": "credit_line", "value": 0.001}, {"deal": "licence"}, {"deal": "votes"}],
)
def test_help_may_be_denied_and_the_evidence_published(help_: dict[str, Any]) -> None:
    assert asked(asking(**help_)) == {("deny", "ASIDE"), ("disclose", "LEAD")}


@pytest.mark.parametrize("nothing", [{}, {"lever": "transit_control", "value": 1.0}])
def test_who_does_nothing_or_controls_transit_has_nothing_to_deny_and_there_is_no_evidence(nothing: dict[str, Any]) -> None:
    assert asked(asking(**nothing)) == set()


def test_help_counts_while_its_receiver_is_under_measures_of_others() -> None:
    """Not when the dispute is settled, and not for who presses EAST itself."""
    made = asking("aid", 0.001)
    aside, east, dispute = made.place["ASIDE"], made.place["EAST"], made.politics.disputes["first"]
    assert helped_by(made, aside) == {east}
    dispute.senders = [*dispute.senders, aside]
    assert helped_by(made, aside) == set()
    dispute.senders, dispute.stage = dispute.senders[:-1], "settled"
    assert helped_by(made, aside) == set()


def test_what_a_denial_hides_is_nothing_to_loosen() -> None:
    """LEAD may offer EAST relief for leaving WEST while their deal is known; once both deny it, it knows of none."""
    deal = [
        Decision(0, "WEST", "propose_deal", "EAST", "", 1.0, {"kind": "payment_link", "giver": "me"}),
        Decision(1, "EAST", "answer_deal", "WEST", "", 1.0),
    ]
    denials = [Decision(1, state, "denial", "", "", 1.0) for state in ("WEST", "EAST")]
    for orders, partners in ((deal, {"WEST"}), ([*deal, *denials], set())):
        small = world(5, decisions=orders)
        east = small.place["EAST"]
        assert {small.ids[other] for other in known_partners(small, east)} == partners
        assert set(named(small, "LEAD").get("inducement", {}).get("EAST", ())) == partners


def test_what_a_denial_is_worth_is_what_it_spares_afterwards() -> None:
    """EAST is designated: denying its help to EAST halves what ASIDE fears of penalties and of the stigma, and is reckoned so before."""
    made = asking("aid", 0.001)
    aside, east = made.place["ASIDE"], made.place["EAST"]
    made.politics.labelled[east] = 0
    (question,) = deny.questions(made, aside)
    before, terms = fear_of(made, aside, east), {option.name: option.terms["penalties feared"] for option in question.options}
    made.politics.denied[aside] = made.quarter
    assert terms == pytest.approx({"say nothing": -before, "deny it": -fear_of(made, aside, east)})
    assert fear_of(made, aside, east) == pytest.approx(0.5 * before) and before >= made.p["stigma"] > 0
