"""The four bills: who pays for measures, in one unit.

Targets' ordinary households (the lower four fifths), targets' elite (the richest fifth), the senders, third parties: those that are neither. Each bill
is the disposable income that the group lacks against the paired run without any measure, at base prices of each fifth's own basket, levies,
transfers, aid and policing included: in % of the group's own disposable income in the paired run, and in USD bn a year. Negative: the group gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.households import ELITE

Array = NDArray[np.float64]
QUARTERS_PER_YEAR = 4


@dataclass(frozen=True)
class Bill:
    """What a group pays: `percent` of its own income, `billions` USD a year at base prices; negative is a gain."""

    percent: float
    billions: float


@dataclass(frozen=True)
class Bills:
    """The four bills of a run against its twin."""

    ordinary: Bill
    elite: Bill
    senders: Bill
    third_parties: Bill


def bill(now: Array, before: Array) -> Bill:
    """The bill of a group from its disposable income `(quarter, member ...)` with and without the measures; nobody pays nothing."""
    if before.size == 0:
        return Bill(0.0, 0.0)
    lost, own = float((before - now).sum()), float(before.sum())
    return Bill(100.0 * lost / own if own > 0 else 0.0, lost / len(before) * QUARTERS_PER_YEAR)


def four_bills(now: Array, before: Array, targets: Sequence[int], senders: Sequence[int]) -> Bills:
    """The four bills from disposable incomes `(quarter, state, quintile)` with and without the measures, over the same quarters."""
    third = [state for state in range(now.shape[1]) if state not in targets and state not in senders]
    return Bills(
        bill(now[:, list(targets), :ELITE], before[:, list(targets), :ELITE]),
        bill(now[:, list(targets), ELITE:], before[:, list(targets), ELITE:]),
        bill(now[:, list(senders)], before[:, list(senders)]),
        bill(now[:, third], before[:, third]),
    )
