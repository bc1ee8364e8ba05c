"""What a seat could really do in the coming round: the levers that would come to something, and towards whom.

After a round the model says so in what it gives the seat; before the first, the scenario as it starts is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sim import api

if TYPE_CHECKING:
    from ui.classroom.view import RoundSeen

OPEN = "open"
Openings = Mapping[str, Sequence[str]]  # lever -> states it could be used towards


def openings(reference: str, state: str, seen: Sequence[RoundSeen]) -> Openings | None:
    """The openings of a state after the rounds `seen`; None where nobody knows: a scenario that is gone, a round of an older version."""
    if seen:
        found: Openings | None = seen[-1].private.get(OPEN)
        return found
    try:
        return at_start(reference).get(state)
    except api.Refusal:
        return None


@lru_cache(maxsize=64)
def at_start(reference: str) -> Mapping[str, Openings]:
    """The openings of every state before the first round. Raises `Refusal` for a scenario that cannot be read."""
    setting = api.load(reference)
    return of_world(api.World(setting))


def of_world(world: api.World) -> dict[str, Openings]:
    """The openings of every state in the coming quarter."""
    return {state: api.possible(world, state) for state in world.ids}
