"""Whose loss counts: how much of the state's loss its government feels, by the type of government (selectorate theory).

A reduced form: the same loss of the whole state is weighted for the public and for the elite, so what shielding does for either group is not in it.
Groups count through support at home (`home_front`) and in the choice whom to protect (`decisions.protect`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.world import World


def felt(world: World, state: int, losses: NDArray[np.float64]) -> float:
    """The loss in % of income that the government of `state` feels, from expected losses `(state,)` of whole states."""
    p, profile = world.p, world.setting.states[state]
    democracy = profile.regime == "democracy"
    public = p["public_weight_democracy"] if democracy else p["public_weight_autocracy"]
    if profile.public_weight is not None:
        public = profile.public_weight
    elite = p["elite_weight_democracy"] if democracy else p["elite_weight_autocracy"]
    return float(losses[state]) * (public + elite)
