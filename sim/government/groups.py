"""Whose loss counts: the public and the elite, weighted by the type of government (selectorate theory)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.world import World


def felt(world: World, state: int, losses: NDArray[np.float64]) -> float:
    """The loss in % of income that the government of `state` feels, from expected losses `(state,)` of whole states."""
    p, democracy = world.p, world.setting.states[state].regime == "democracy"
    public = p["public_weight_democracy"] if democracy else p["public_weight_autocracy"]
    elite = p["elite_weight_democracy"] if democracy else p["elite_weight_autocracy"]
    return float(losses[state]) * (public + elite)
