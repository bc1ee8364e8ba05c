"""Shock: what happens to the world without anybody's decision: random shocks from named streams, and the scenario's injects.

Each state's productivity follows `z <- persistence * z + volatility * e` with its own stream, so that one state's luck does not
depend on what another does. An inject is announced, and where it is more than news it strikes in its quarter:

- *productivity*: value added for the same work changes by `value`, a share; *supply*: what the sector makes of the same work and inputs does, as in a bad
  harvest, so value added changes by more, by the share it has of output. Both fade like other shocks;
- *demand*: what buyers in other states want of these states' goods changes by `value`; relationships carry it, and come back as they do after any break;
- *support*: the public's support for the government changes by `value`, a share of the people;
- *government*: a new government takes over, with a resolve of its own (not where people play it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.government import home_front
from sim.government.arrivals import arrive

if TYPE_CHECKING:
    from sim.scenario.scenario import Inject
    from sim.world import World

LEAST_SHARE = 0.2  # of value added in output that a shock to supply is reckoned with at least


def run(world: World) -> None:
    """Draw this quarter's productivity shocks and new disputes, and let the scenario's injects happen."""
    arrive(world)
    p = world.p
    draws = np.array([world.streams.normal("productivity", world.quarter, state) for state in world.ids])
    scale = np.array([state.profile.shock_scale for state in world.states])
    world.shocks = p["shock_persistence"] * world.shocks + p["shock_volatility"] * scale * draws
    for inject in world.setting.injects:
        if inject.quarter == world.quarter:
            world.record.row("events", world.quarter, "inject", " ".join(inject.states), inject.text)
            _strike(world, inject)


def _strike(world: World, inject: Inject) -> None:
    """What an inject changes, beside what people read."""
    sectors = [place for name, place in world.sector_place.items() if inject.sector in ("", "*", name)]
    for state in (world.place[name] for name in inject.states):
        if inject.kind == "productivity":
            world.shocks[sectors, state] += np.log1p(inject.value)
        elif inject.kind == "supply":
            world.shocks[sectors, state] += np.log1p(inject.value) / np.maximum(world.accounts.value_added[sectors, state], LEAST_SHARE)
        elif inject.kind == "demand":
            _wanted(world, sectors, state, inject.value)
        elif inject.kind == "support":
            politics = world.politics
            politics.support_public[state] = min(max(politics.support_public[state] + inject.value, 0.0), 1.0)
        elif inject.kind == "government" and world.ids[state] not in world.played:
            home_front.new_government(world, state)


def _wanted(world: World, sectors: list[int], state: int, change: float) -> None:
    """Change what others want of a state's goods within the quarter by a share: stocks of relationships count with the exponent `1 - impact_share`."""
    lasting = 1.0 - world.p["impact_share"]
    if lasting <= 0.0:  # no relationships: who wants less today wants as much tomorrow
        return
    factor = (1.0 + change) ** (1.0 / lasting)
    abroad = [other for other in range(len(world.ids)) if other != state]
    world.economy.relationships[np.ix_(sectors, [state], abroad)] *= factor
