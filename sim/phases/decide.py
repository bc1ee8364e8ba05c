"""Decide: every government chooses; all choices are collected before any takes effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Collect the quarter's orders of all states, in the order of the scenario's states."""
    with world.politics.standing_still():
        world.pending = [order for state in world.states for order in state.decide()]
