"""A state under pressure looks for partners: which deal to propose, and to whom.

It may ask whomever it is drawn to: states under measures too, states at odds with who presses it, and friends. One of them is on the table at a time,
by chance in proportion to how far it is drawn there (stream `partner`): what each kind of deal with it would bring is forecast, and forecasts are dear.
Every option is a proposal the other side still has to accept: what a deal would bring counts by the belief that it will, reckoned from what it would bring
the other and from what is known between the two.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.agreement import Agreement
from sim.government.choice import Option, chance_of
from sim.government.pacts import PACTS
from sim.government.partnering import ahead, attraction, relation_terms, starting_terms
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

OPEN_TO_ASK = {"payment_link": ("me",), "barter": ("me",), "treaty": ("me",), "cash_for_goods": ("me",), "credit": ("them",), "licence": ("them", "me"),
               "votes": ("me",)}


def questions(world: World, state: int) -> list[Question]:
    """At most one question: the state is under measures, has the file on its agenda, and knows somebody to ask."""
    pressed = any(d.target == state and d.stage in ("imposed", "relief") for d in world.politics.open_disputes())
    if not pressed or not opened(world, state, "propose deal", "", world.p["partner_rate"]):
        return []
    partner = _partner(world, state)
    if partner is None:
        return []
    other, deals = partner
    options, orders, beliefs = [Option("no deal", {})], {}, {}
    me, common = world.ids[state], relation_terms(world, state, other)
    for kind, giver in deals:
        name = f"propose {PACTS[kind].label} {'to' if giver == 'me' else 'from'} {world.ids[other]}"
        deal = Agreement("", kind, *_parties(state, other, giver), world.quarter)
        chance = beliefs[f"{PACTS[kind].label} accepted"] = _acceptance(world, state, other, deal)
        terms = starting_terms(world, state, other, deal, common)
        options.append(Option(name, {term: chance * value for term, value in terms.items()}))
        orders[name] = (Decision(world.quarter, me, "propose_deal", world.ids[other], "", 1.0, {"kind": kind, "giver": giver}),)
    return [Question("propose deal", me, tuple(options), orders, beliefs, covers=("propose_deal",))]


def _acceptance(world: World, state: int, other: int, deal: Agreement) -> float:
    """Belief that the other accepts, 0 to 1: the logit of its choice with nothing else on its table."""
    return chance_of(starting_terms(world, other, state, deal).values(), (), world.p["rationality"])


def _partner(world: World, state: int) -> tuple[int, list[tuple[str, str]]] | None:
    """Whom to ask this time, and which deals (kind, giver) could be proposed; None when nothing is left to ask of anybody, or of whom it came to."""
    taken = _taken(world, state)
    drawn = {other: math.fsum(attraction(world, state, other).values()) for other in range(len(world.ids)) if other != state}
    there = {other: pull for other, pull in drawn.items() if pull > 0 and any((other, kind) not in taken for kind in OPEN_TO_ASK)}
    if not there:
        return None
    luck = {other: world.streams.gumbel("partner", world.quarter, world.ids[state], world.ids[other]) for other in there}
    other = max(there, key=lambda other: math.log(there[other]) + luck[other])  # in proportion to the pull, each with a draw of its own
    deals = [
        (kind, giver)
        for kind, givers in OPEN_TO_ASK.items() if (other, kind) not in taken
        for giver in givers if kind != "licence" or ahead(world, *_parties(state, other, giver))
    ]
    return (other, deals) if deals else None


def _taken(world: World, state: int) -> set[tuple[int, str]]:
    """The deals of a state that hold or are on the table: (the other state, kind)."""
    found = {(deal.other(state), deal.kind) for deal in world.politics.in_force() if state in (deal.party_a, deal.party_b)}
    talks = [offer for offer in world.politics.offers.values() if offer.status == "open" and state in (offer.sender, offer.receiver)]
    return found | {(offer.receiver if offer.sender == state else offer.sender, str(offer.terms.get("kind"))) for offer in talks}


def _parties(state: int, other: int, giver: str) -> tuple[int, int]:
    """Who gives and who takes in a deal that the state proposes to the other."""
    return (state, other) if giver == "me" else (other, state)
