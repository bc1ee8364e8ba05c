"""A state under pressure looks for partners: which deal to propose, and to whom.

Candidates are other states that are under measures too, and those close to it or at odds with who presses it. One of the two nearest is on the table
at a time (from a stream of its own, `partner`): what each kind of deal with it would bring is forecast, and forecasts are dear. Every option is a
proposal the other side still has to accept: what a deal would bring counts by the belief that it will, reckoned from what it would bring
the other and from what is known between the two.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.agreement import Agreement
from sim.government.choice import Option
from sim.government.pacts import PACTS
from sim.government.partnering import ahead, common_adversary, relation_terms, starting_terms
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

MOST_CANDIDATES = 2
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
        parties = (state, other) if giver == "me" else (other, state)
        deal = Agreement("", kind, *parties, world.quarter)
        chance = beliefs[f"{PACTS[kind].label} accepted"] = _acceptance(world, state, other, deal)
        terms = starting_terms(world, state, other, deal, common)
        options.append(Option(name, {term: chance * value for term, value in terms.items()}))
        orders[name] = (Decision(world.quarter, me, "propose_deal", world.ids[other], "", 1.0, {"kind": kind, "giver": giver}),)
    return [Question("propose deal", me, tuple(options), orders, beliefs, covers=("propose_deal",))]


def _acceptance(world: World, state: int, other: int, deal: Agreement) -> float:
    """Belief that the other accepts, 0 to 1: the logit of its choice with nothing else on its table."""
    terms = starting_terms(world, other, state, deal).values()
    stakes = math.fsum(abs(term) for term in terms)
    return 1.0 / (1.0 + math.exp(-world.p["rationality"] * math.fsum(terms) / stakes)) if stakes > 0 else 0.5


def _candidates(world: World, state: int) -> list[int]:
    pull = [
        (common_adversary(world, state, other) + 0.25 * float(world.politics.affinity[state, other]), -other)
        for other in range(len(world.ids))
        if other != state and common_adversary(world, state, other) > 0
    ]
    return [-name for _, name in sorted(pull, reverse=True)[:MOST_CANDIDATES]]


def _partner(world: World, state: int) -> tuple[int, list[tuple[str, str]]] | None:
    """Whom to ask this time, and which deals (kind, giver) could be proposed; None when nothing is left to ask of any candidate."""
    there = []
    for other in _candidates(world, state):
        deals = [(kind, giver) for kind, givers in OPEN_TO_ASK.items() for giver in givers if _possible(world, state, other, kind, giver)]
        if deals:
            there.append((other, deals))
    if not there:
        return None
    return there[int(world.streams.uniform("partner", world.quarter, world.ids[state]) * len(there))]


def _possible(world: World, state: int, other: int, kind: str, giver: str) -> bool:
    """Whether such a deal is not there yet, nor on the table, and, for a licence, whether the giver has something to teach."""
    pair = {state, other}
    if any({deal.party_a, deal.party_b} == pair and deal.kind == kind for deal in world.politics.in_force()):
        return False
    talks = (offer for offer in world.politics.offers.values() if offer.status == "open" and {offer.sender, offer.receiver} == pair)
    if any(offer.terms.get("kind") == kind for offer in talks):
        return False
    if kind != "licence":
        return True
    teacher, pupil = (state, other) if giver == "me" else (other, state)
    return ahead(world, teacher, pupil)
