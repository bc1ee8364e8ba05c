"""Live: what the quarter meant for households, by fifth of the population, and for the support of governments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.home_budget import handed_out
from sim.economy.households import live
from sim.government import home_front

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Hand out the quarter's incomes, bills and transfers, and see what households can buy with them; support follows."""
    accounts, solution, people, p = world.accounts, world.solution, world.people, world.p
    assert solution is not None
    usual = (1.0 - p["investment_share"]) * accounts.income * accounts.final_shares
    own, moved = handed_out(world.frictions.home, people, accounts.factor_income, solution, world.balance, p)
    world.living = live(
        people,
        own,
        solution.price_index,
        world.policy_bill,
        moved,
        np.divide(world.home.given, usual, out=np.zeros_like(usual), where=usual > 0),
        None if world.living is None else world.living.essentials,
        p,
        world.home.localisation.sum(axis=0)[:, None] * people.rents,
    )
    home_front.lose_face(world)
    home_front.move(world, 1.0 - 0.01 * world.living.public, 1.0 - 0.01 * world.living.elite)
