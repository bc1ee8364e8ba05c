"""Trade: the world equilibrium of the quarter, at short-run elasticities and with sector-specific factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.equilibrium import Change, solve
from sim.economy.factors import bundle
from sim.economy.relationships import weight
from sim.refusals import NoEquilibrium

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Solve the quarter's equilibrium from last quarter's solution; refuse to go on without one."""
    p, economy = world.p, world.economy
    change = Change(
        permeability=world.frictions.legal(),
        preference=weight(economy.relationships, p["impact_share"]),
        cost=world.frictions.cost(),
        tariffs=world.frictions.tariffs,
        productivity=economy.productivity * np.exp(world.shocks),
        factors=bundle(economy.workers, economy.capital, p["capital_share"]),
    )
    solution = solve(
        world.accounts, change, impact_share=p["impact_share"], mobility="specific", deficits="proportional", start=economy.start
    )
    if solution.status != "converged":
        raise NoEquilibrium(solution.message)
    world.solution = solution
    economy.start = solution.start
