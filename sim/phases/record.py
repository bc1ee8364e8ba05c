"""Record: write down the quarter's numbers and the measures in force. What is not modelled yet stays blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.prices import terms_of_trade
from sim.levers import LEVERS

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Add this quarter to the run's tables."""
    accounts, solution, quarter = world.accounts, world.solution, world.quarter
    assert solution is not None
    real_income = accounts.income * solution.real_income
    foreign = solution.flows * (1.0 - np.eye(len(world.ids)))
    exports, imports = foreign.sum(axis=(0, 2)), foreign.sum(axis=(0, 1))
    world.record.numbers(
        "states",
        quarter,
        {
            "real_income": real_income,
            "consumption": (1.0 - world.p["investment_share"]) * real_income,
            "price_index": solution.consumer_prices,
            "exports_true": exports,
            "imports_true": imports,
            "exports_recorded": exports,
            "imports_recorded": imports,
            "terms_of_trade": terms_of_trade(accounts, solution.unit_costs),
        },
    )
    cost = world.frictions.cost()
    by_pair = np.moveaxis(solution.flows, 0, 2)
    world.record.numbers(
        "trade",
        quarter,
        {
            "true_value": by_pair,
            "recorded_value": by_pair,
            "price": np.moveaxis(solution.unit_costs[:, :, None] * cost, 0, 2),
        },
    )
    home = np.einsum("sii->si", solution.shares)
    world.record.numbers(
        "sectors",
        quarter,
        {"output": solution.output.T, "productivity": world.economy.productivity.T, "home_share": home.T},
    )
    for (_, _, _, sector), measure in world.measures.items():
        world.record.row(
            "measures",
            quarter,
            measure.id,
            LEVERS[measure.lever].id,
            world.ids[measure.sender],
            world.ids[measure.target] if measure.target >= 0 else "",
            sector,
            measure.level,
            measure.purpose,
        )
