"""The agenda: a standing question is reopened now and then, not drawn afresh every quarter.

Without it every quarter would be another chance to concede by luck, and results would depend on the length of the step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def on_agenda(world: World, state: int, decision: str, about: str) -> bool:
    """Whether the state reopens this question this quarter, from a stream of its own."""
    return opened(world, state, decision, about, world.p["agenda_rate"])


def opened(world: World, state: int, decision: str, about: str, rate: float) -> bool:
    """The same at a rate of its own."""
    return world.streams.uniform("agenda", world.quarter, world.ids[state], decision, about) < rate
