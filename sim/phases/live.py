"""Live: what the quarter meant for households, by fifth of the population, and for support of their government."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.households import live
from sim.government import home_front

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Hand out the quarter's incomes and bills, and see what households can buy with them; support follows."""
    accounts, solution = world.accounts, world.solution
    assert solution is not None
    world.living = live(
        world.people,
        solution.factor_income,
        accounts.factor_income,
        solution.income,
        solution.price_index,
        solution.consumer_prices,
        world.policy_bill,
        np.zeros_like(world.people.income),
        np.zeros_like(accounts.output),
        None if world.living is None else world.living.essentials,
        world.p,
    )
    home_front.move(world, 1.0 - 0.01 * world.living.public, 1.0 - 0.01 * world.living.elite)
