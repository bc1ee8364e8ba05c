"""Shock: what happens to the world without anybody's decision, from named streams.

Each state's productivity follows `z <- persistence * z + volatility * e` with its own stream, so that one state's luck does not
depend on what another does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.government.arrivals import arrive

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Draw this quarter's productivity shocks and new disputes, and announce the scenario's injects."""
    arrive(world)
    p = world.p
    draws = np.array([world.streams.normal("productivity", world.quarter, state) for state in world.ids])
    scale = np.array([state.profile.shock_scale for state in world.states])
    world.shocks = p["shock_persistence"] * world.shocks + p["shock_volatility"] * scale * draws
    for inject in world.setting.injects:
        if inject.quarter == world.quarter:
            world.record.row("events", world.quarter, "inject", " ".join(inject.states), inject.text)
