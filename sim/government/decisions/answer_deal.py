"""A deal on the table: accept or refuse. Who is given a proposal to make to the other instead has answered by it (a counter-offer) and is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agreement import Agreement, terms_at
from sim.government.choice import Option
from sim.government.offers import on_table
from sim.government.partnering import fee_saved, gain_of_keeping, starting_terms
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each deal that was proposed to the state in an earlier quarter."""
    found = []
    for offer in on_table(world.politics.offers, state, world.quarter):
        if offer.kind != "deal":
            continue
        other = offer.sender
        about = world.politics.agreements.get(str(offer.terms.get("agreement", "")))
        if about is not None:
            gain, share = gain_of_keeping(world, state, about), float(offer.terms["share"])
            pays = about.kind == "licence" and state == about.party_b
            yes = {"gain from the deal": gain, "fee saved": fee_saved(world, state, about, share)} if pays else {"gain from the deal": gain * share}
            no = {"gain from the deal": gain * float(world.politics.trust[state, other])}
        else:
            parties = (other, state) if offer.terms["giver"] == "me" else (state, other)
            kind = str(offer.terms["kind"])
            proposal = Agreement("", kind, *parties, world.quarter, terms_at(kind, float(offer.terms["share"])))
            yes = starting_terms(world, state, other, proposal)
            no = {}
        head = (world.quarter, world.ids[state], "answer_deal", world.ids[other], "")
        named = {"offer": offer.id}
        found.append(
            Question(
                "answer deal",
                offer.id,
                (Option("accept the deal", yes), Option("refuse the deal", no)),
                {"accept the deal": (Decision(*head, 1.0, named),), "refuse the deal": (Decision(*head, 0.0, named),)},
                {"trust": float(world.politics.trust[state, other])},
                covers=("answer_deal", "propose_deal"),
            )
        )
    return found
