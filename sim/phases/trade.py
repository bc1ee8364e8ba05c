"""Trade: the world equilibrium of the quarter, at short-run elasticities and with sector-specific factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.economy.equilibrium import solve
from sim.refusals import NoEquilibrium

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Solve the quarter's equilibrium from last quarter's solution; refuse to go on without one."""
    p, economy = world.p, world.economy
    change = world.change_under(world.measures.values())
    solution = solve(
        world.accounts, change, impact_share=p["impact_share"], mobility="specific", deficits="proportional", start=economy.start
    )
    if solution.status != "converged":
        raise NoEquilibrium(solution.message)
    world.solution = solution
    economy.start = solution.start
