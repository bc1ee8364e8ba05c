"""Live: what the quarter meant for households. Filled by state; quintiles are blank until baskets are modelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Do nothing yet: households are not told apart in this version."""
