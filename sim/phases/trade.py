"""Trade: the world equilibrium of the quarter, at short-run elasticities and with sector-specific factors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.equilibrium import Change, Solution, solve
from sim.economy.severed import sustained
from sim.refusals import NoEquilibrium

if TYPE_CHECKING:
    from sim.world import World

# Part of the planned deficits and precision, tried in turn: a plan that nobody can carry out is cut; last comes the precision that accounts need.
TRIES = ((1.0, 1e-10), (0.5, 1e-10), (0.0, 1e-10), (0.0, 1e-9))
THIN = (1e-3, 1e-2, 1e-1)  # where even that fails the world has all but fallen apart: links thinner than this share of the usual trade are cut


def run(world: World) -> None:
    """Settle who can pay for what, then solve the quarter's equilibrium from last quarter's solution; refuse to go on without one."""
    market = world.market_now()
    change = world.with_production(market.change)
    solution = _solution(world, change)
    world.balance = replace(market.plan, deficit=solution.deficit)
    assert change.cost is not None
    world.market_cost = change.cost
    world.solution = solution
    world.economy.start = solution.start


def _solution(world: World, change: Change) -> Solution:
    assert change.deficits is not None and change.permeability is not None
    for number, (part, tolerance) in enumerate(TRIES):
        first = _solved(world, replace(change, deficits=part * change.deficits), tolerance, world.economy.start if number == 0 else None)
        if first.status == "converged":
            return first
    for thin in THIN:
        open_, _ = sustained(np.where(change.permeability < thin, 0.0, change.permeability), world.accounts.flows)
        solution = _solved(world, replace(change, permeability=open_, deficits=np.zeros_like(change.deficits)), 1e-9, None)
        if solution.status == "converged":
            return solution
    raise NoEquilibrium(first.message)


def _solved(world: World, change: Change, tolerance: float, start: NDArray[np.float64] | None) -> Solution:
    return solve(
        world.accounts, change, impact_share=world.p["impact_share"], mobility="specific", deficits="given", tolerance=tolerance, start=start
    )
