"""Reroute: goods that are blocked look for another way. Nothing to do until connectors are modelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Do nothing yet: blocked trade stays blocked in this version."""
