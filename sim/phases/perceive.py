"""Perceive: governments start the quarter with forecasts and beliefs from what they could observe so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.forecast import Forecasts

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Forget last quarter's forecasts; new ones are made when a government asks for them."""
    world.forecasts = Forecasts(world)
