"""Real income after a change, and nothing else: what a government asks of the economy before it acts.

The point is the one that `sim.economy.equilibrium` finds. It is judged by the gaps of its last sweep; flows and accounts are worked out only where
those gaps are not small enough.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Mobility, swept

Array = NDArray[np.float64]
GIVEN = 2  # the equilibrium's mode of deficits "given"


@dataclass(frozen=True, eq=False)
class Expected:
    """Real income `(state,)` relative to the base, and the `start` for other changes of the same world; None without an equilibrium."""

    real_income: Array | None
    start: Array | None


def expect(
    accounts: Accounts, change: Change, *, impact_share: float = 1.0, mobility: Mobility = "mobile", tolerance: float = 1e-10, start: Array | None = None
) -> Expected:
    """What `equilibrium.solve` would say of real income with the deficits "given"; arguments as there. Never raises for a world without equilibrium."""
    deficit = np.zeros(len(accounts.states)) if change.deficits is None else change.deficits
    world = swept(accounts, change, deficit, GIVEN, impact_share, mobility, tolerance, start)
    if isinstance(world, str):
        return Expected(None, None)
    if world.gap > world.log_tolerance():
        solution = world.finish(deficit, GIVEN, time.perf_counter())
        return Expected(solution.real_income, solution.start) if solution.status == "converged" else Expected(None, None)
    if ((world.income <= 0) & (accounts.income > 0)).any():
        return Expected(None, None)
    hat = np.divide(world.income, accounts.income, out=np.ones_like(world.income), where=accounts.income > 0)
    return Expected(hat / np.exp((accounts.final_shares * world.prices).sum(axis=0)), world.point)
