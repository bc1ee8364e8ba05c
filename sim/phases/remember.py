"""Remember: trust and grievance follow what states did to and for each other; governments fall and new ones begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import home_front, memory

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Move trust and grievance, then let governments turn over. A world whose governments do not decide keeps its governments."""
    memory.remember(world)
    if world.governments:
        home_front.turn_over(world)
