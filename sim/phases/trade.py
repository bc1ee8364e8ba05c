"""Trade: the world equilibrium of the quarter, at short-run elasticities and with sector-specific factors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.economy.equilibrium import solve
from sim.refusals import NoEquilibrium

if TYPE_CHECKING:
    from sim.world import World

PARTS = (1.0, 0.5, 0.0)  # of the planned deficits, tried in turn: a plan that nobody can carry out is cut


def run(world: World) -> None:
    """Settle who can pay for what, then solve the quarter's equilibrium from last quarter's solution; refuse to go on without one."""
    market = world.market_under(world.frictions, world.passage)
    change = world.with_production(market.change)
    assert change.deficits is not None and change.cost is not None
    for part in PARTS:
        solution = solve(
            world.accounts,
            replace(change, deficits=part * change.deficits),
            impact_share=world.p["impact_share"],
            mobility="specific",
            deficits="given",
            start=world.economy.start if part == 1.0 else None,
        )
        if solution.status == "converged":
            break
    else:
        raise NoEquilibrium(solution.message)
    world.balance = replace(market.plan, deficit=solution.deficit)
    world.market_cost = change.cost
    world.solution = solution
    world.economy.start = solution.start
