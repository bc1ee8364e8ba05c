"""What a seat could really do in the coming round: the levers that would come to something, towards whom, what they have to name, and the offers on its
table.

After a round the model says so in what it gives the seat; before the first, the scenario as it starts is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sim import api

if TYPE_CHECKING:
    from sim.government.offers import Offer
    from ui.classroom.view import RoundSeen

OPEN, NAMED, OFFERED, RELIEF = "open", "named", "offered", "relief"
Openings = Mapping[str, Sequence[str]]  # lever -> states it could be used towards
Named = Mapping[str, Mapping[str, Sequence[str]]]  # lever -> what it goes with (a level, a target) -> organisations or states it may name
Offered = Sequence[Mapping[str, Any]]  # by offer, the oldest first: its kind, who made it, and its terms


def openings(reference: str, state: str, seen: Sequence[RoundSeen]) -> Openings | None:
    """The openings of a state after the rounds `seen`; None where nobody knows: a scenario that is gone, a round of an older version."""
    if seen:
        found: Openings | None = seen[-1].private.get(OPEN)
        return found
    try:
        return at_start(reference)[0].get(state)
    except api.Refusal:
        return None


def named(reference: str, state: str, seen: Sequence[RoundSeen]) -> Named:
    """What the levers that are open to a state have to name; empty where nobody knows."""
    if seen:
        found: Named = seen[-1].private.get(NAMED, {})
        return found
    try:
        return at_start(reference)[1].get(state, {})
    except api.Refusal:
        return {}


def offered(reference: str, state: str, seen: Sequence[RoundSeen]) -> Offered:
    """The offers that a state has to answer in the coming round; empty where nobody knows."""
    if seen:
        found: Offered = seen[-1].private.get(OFFERED, ())
        return found
    try:
        return at_start(reference)[2].get(state, ())
    except api.Refusal:
        return ()


@lru_cache(maxsize=64)
def at_start(reference: str) -> tuple[Mapping[str, Openings], Mapping[str, Named], Mapping[str, Offered]]:
    """The openings of every state before the first round, what they have to name and what is offered. Raises `Refusal` for a scenario that cannot be read."""
    world = api.World(api.load(reference))
    return of_world(world), names_of_world(world), offers_of_world(world)


def of_world(world: api.World) -> dict[str, Openings]:
    """The openings of every state in the coming quarter."""
    return {state: api.possible(world, state) for state in world.ids}


def names_of_world(world: api.World) -> dict[str, Named]:
    """What the levers open to each state have to name in the coming quarter."""
    return {state: api.named(world, state) for state in world.ids}


def offers_of_world(world: api.World) -> dict[str, Offered]:
    """The offers on the table of each state in the coming quarter, with states and the kind of a deal by name."""
    found: dict[str, list[Mapping[str, Any]]] = {state: [] for state in world.ids}
    for offer in _in_order(world):
        if offer.can_be_answered(world.quarter):
            found[world.ids[offer.receiver]].append(_row(world, offer))
    return {state: tuple(rows) for state, rows in found.items()}


def relief_offered(world: api.World, first: int) -> list[dict[str, Any]]:
    """The offers of relief that anybody made from the quarter `first` on, with whom they were made to: they are made in public."""
    return [
        {"quarter": offer.made, "receiver": world.ids[offer.receiver], **_row(world, offer)}
        for offer in _in_order(world)
        if offer.kind == "settlement" and offer.made >= first
    ]


def _in_order(world: api.World) -> list[Offer]:
    return sorted(world.politics.offers.values(), key=lambda one: (one.made, one.id))


def _row(world: api.World, offer: Offer) -> dict[str, Any]:
    terms = dict(offer.terms)
    leave = int(float(terms.pop("leave", 0))) - 1  # counted from 1; 0 is nobody
    about = world.politics.agreements.get(str(terms.pop("agreement", "")))
    named = {"leave": world.ids[leave] if leave >= 0 else "", "anew": about.kind if about is not None else ""}
    return {"offer": offer.kind, "sender": world.ids[offer.sender], **terms, **named}
