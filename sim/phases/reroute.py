"""Reroute: blocked goods look for another way; what gets through, and how, is settled before the markets open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.economy.reaction import passage_under

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Find the quarter's detours and put direct trade and detours together."""
    assert world.conduct is not None
    economy = world.economy
    world.passage = passage_under(
        world.frictions, world.conduct, world.accounts, world.connections, economy.known, economy.scarcity, world.p, economy.running
    )
    economy.scarcity = world.passage.routes.scarcity
