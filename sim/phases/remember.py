"""Remember: trust, grievance and credibility. Nothing to do until governments deal with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Do nothing yet: no memory in this version."""
