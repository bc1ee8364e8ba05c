"""Pairs of runs that differ in decisions alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim import api

START = 2


def twins(
    scenario: api.Scenario, orders: Iterable[api.Decision], seed: int = 1, quarters: int = 8, **parameters: float
) -> tuple[api.Run, api.Run]:
    """The run with the orders and the run without them, no government deciding for itself."""
    with_, without = (
        api.run(scenario, seed, decisions, quarters, parameters=parameters, timetable=False, governments=False, keep_snapshots=False)
        for decisions in (list(orders), [])
    )
    return with_, without


def change(with_: api.Run, without: api.Run, table: str, column: str) -> NDArray[np.float64]:
    """Change of a column in per cent, the quarter as first axis; nothing over nothing is no change."""
    one, two = (run.record.series(table, column) for run in (with_, without))
    return np.asarray(100.0 * (np.divide(one, two, out=np.ones_like(one), where=two != 0) - 1.0))


def largest(with_: api.Run, without: api.Run) -> float:
    """The largest change of any state's real income or any sector's output in any quarter, in per cent."""
    return max(float(np.abs(change(with_, without, table, column)).max()) for table, column in (("states", "real_income"), ("sectors", "output")))
