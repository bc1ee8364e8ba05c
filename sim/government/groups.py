"""Whose loss counts: how much of the state's loss its government feels, by the type of government and by who loses (selectorate theory), and by which
sectors lose, where some have its ear (interest groups; Kaempfer & Lowenberg).

Forecasts are of whole states. How a loss is shared between the public (the lower four fifths) and the elite (the richest) a government, and whoever
reckons for it, takes from how households fared in the last quarter; before anybody has lost, all are expected to lose alike. So shielding the elite
lets a government that rests on it hold out longer. Groups count through support at home (`home_front`) and in the choice whom to protect
(`decisions.protect`) as well.
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
    on_public, on_elite = incidence(world, state)
    return float(losses[state]) * voice(world, state) * (public * on_public + elite * on_elite)


def voice(world: World, state: int) -> float:
    """How loud a loss is for the sectors that bear it: the mean weight of their owners with the government, by what each lost last quarter; 1 without lobbies.

    The belief that all sectors lose alike weighs as much as `alike_prior` % of income lost.
    """
    lobby = world.setting.states[state].lobby
    if not lobby:
        return 1.0
    earned, last = world.accounts.factor_income[:, state], world.solution
    lost = 0.01 * world.p["alike_prior"] * earned
    if last is not None:
        lost = lost + np.maximum(earned - last.factor_income[:, state] / last.consumer_prices[state], 0.0)
    weights = np.array([lobby.get(sector, 1.0) for sector in world.sector_ids])
    return float(weights @ lost / max(float(lost.sum()), 1e-12))


def incidence(world: World, state: int) -> tuple[float, float]:
    """What the public and the elite lose for each percent that all households lose, as last quarter showed; 1 for both before there was a loss.

    The belief that all lose alike weighs as much as `alike_prior` % of income lost.
    """
    if world.living is None:
        return 1.0, 1.0
    living, prior = world.living, world.p["alike_prior"]
    whole = max(0.0, 100.0 * (1.0 - float(living.disposable[state].sum() / world.people.income[state].sum()))) + prior
    return (max(0.0, float(living.public[state])) + prior) / whole, (max(0.0, float(living.elite[state])) + prior) / whole
