"""An offer of relief on the table: take it or not.

Taken, the target gives the part asked for and escapes the share of its pain that the measures lifted would have caused, as far as it believes
the sender; snapback, and a sender that has broken its word before, make relief worth less. A wedge also costs the partner that is to be left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.answers import target_view
from sim.government.choice import Option
from sim.government.offers import on_table
from sim.government.packages import ends_with
from sim.government.partnering import gain_of_keeping, relation_terms
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

RETURNS = 0.1  # share of relief a target expects to lose because snapback makes it easy to take back: assumption


def questions(world: World, state: int) -> list[Question]:
    """One question for each offer of relief made to the state in an earlier quarter."""
    found = []
    for offer in on_table(world.politics.offers, state, world.quarter):
        dispute = world.politics.disputes.get(str(offer.terms.get("dispute", "")))
        if offer.kind != "settlement" or dispute is None or dispute.stage != "imposed":
            continue
        view = target_view(world, dispute, world.forecasts.of_keeping(ends_with(world, dispute)))
        ask, share = float(offer.terms["ask"]), float(offer.terms["share"])
        believed = view.credibility * (1.0 - RETURNS * float(offer.terms["snapback"]))
        yes = {"policy given up": -ask * view.worth, "pain of holding out": -(1.0 - share * believed) * view.pain}
        leave = int(float(offer.terms.get("leave", 0))) - 1
        if leave >= 0:
            pair = {state, leave}
            lost = [deal for deal in world.politics.in_force() if {deal.party_a, deal.party_b} == pair]
            yes["the partner left"] = -sum(gain_of_keeping(world, state, deal) for deal in lost)
            yes["ties with the partner"] = -sum(relation_terms(world, state, leave).values())
        head = (world.quarter, world.ids[state], "answer_settlement", world.ids[offer.sender], "")
        found.append(
            Question(
                "answer settlement",
                offer.id,
                (Option("take the relief", yes), Option("turn it down", {"pain of holding out": -view.pain})),
                {"take the relief": (Decision(*head, 1.0),), "turn it down": (Decision(*head, 0.0),)},
                {"relief is believed": believed},
                covers=("answer_settlement",),
            )
        )
    return found
