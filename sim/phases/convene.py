"""Convene: votes, coalition meetings, mediation. Nothing to do until there is an assembly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Do nothing yet: no body meets in this version."""
