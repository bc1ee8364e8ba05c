"""What a seat could really do in the coming round: the levers that would come to something, towards whom, and what they have to name.

After a round the model says so in what it gives the seat; before the first, the scenario as it starts is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sim import api

if TYPE_CHECKING:
    from ui.classroom.view import RoundSeen

OPEN, NAMED = "open", "named"
Openings = Mapping[str, Sequence[str]]  # lever -> states it could be used towards
Named = Mapping[str, Mapping[str, Sequence[str]]]  # lever -> what it goes with (a level, a target) -> organisations or states it may name


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


@lru_cache(maxsize=64)
def at_start(reference: str) -> tuple[Mapping[str, Openings], Mapping[str, Named]]:
    """The openings of every state before the first round and what they have to name. Raises `Refusal` for a scenario that cannot be read."""
    world = api.World(api.load(reference))
    return of_world(world), names_of_world(world)


def of_world(world: api.World) -> dict[str, Openings]:
    """The openings of every state in the coming quarter."""
    return {state: api.possible(world, state) for state in world.ids}


def names_of_world(world: api.World) -> dict[str, Named]:
    """What the levers open to each state have to name in the coming quarter."""
    return {state: api.named(world, state) for state in world.ids}
