"""What a government expects measures to cost: two solves of the world economy, no simulation.

`now` is the loss of real income in the coming quarter at short-run elasticities and today's relationships; `long_run` the
loss after everybody has adjusted (long-run elasticities, workers free to move). Both compare a world with the measures in
question with the same world without them, in % of real income, for every state at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.equilibrium import solve
from sim.levers.lever import Measure

if TYPE_CHECKING:
    from sim.government.deals import Leverage
    from sim.world import World

Array = NDArray[np.float64]
WORST = 100.0


@dataclass(frozen=True)
class Losses:
    """Expected losses `(state,)` in % of real income: positive is a loss."""

    now: Array
    long_run: Array


class Forecasts:
    """Forecasts of one quarter; the same set of measures is solved once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._incomes: dict[tuple[str, ...], tuple[Array, Array]] = {}
        self.notes: dict[str, Leverage] = {}  # leverage by agreement, see `deals`

    def of_adding(self, package: Collection[Measure]) -> Losses:
        """Losses from adding `package` to the measures in force."""
        present = list(self._world.measures.values())
        return self._compare(present, [*present, *package])

    def of_keeping(self, kept: Collection[Measure]) -> Losses:
        """Losses from `kept`, which are in force, against a world where only they are lifted."""
        present = list(self._world.measures.values())
        names = {measure.id for measure in kept}
        return self._compare([measure for measure in present if measure.id not in names], present)

    def _compare(self, without: list[Measure], with_them: list[Measure]) -> Losses:
        before, after = self._solved(without), self._solved(with_them)
        short, long_run = ((1.0 - now / then) * 100.0 for then, now in zip(before, after, strict=True))
        return Losses(np.minimum(short, WORST), np.minimum(long_run, WORST))

    def _solved(self, measures: list[Measure]) -> tuple[Array, Array]:
        key = tuple(sorted(f"{measure.id}@{measure.level!r}" for measure in measures))
        if key not in self._incomes:
            world = self._world
            change = world.change_under(measures)
            short = solve(
                world.accounts, change, impact_share=world.p["impact_share"], mobility="specific",
                deficits="given", start=world.economy.start, tolerance=FORECAST_TOLERANCE,
            )
            adjusted = world.change_under(measures, long_run=True)
            long_run = solve(world.accounts, adjusted, mobility="mobile", deficits="given", tolerance=FORECAST_TOLERANCE)
            self._incomes[key] = (_income_or_nothing(short), _income_or_nothing(long_run))
        return self._incomes[key]


FORECAST_TOLERANCE = 1e-8


def _income_or_nothing(solution: object) -> Array:
    """Real income `(state,)`; a forecast without an equilibrium counts as losing nearly everything for everybody."""
    real_income: Array = solution.real_income  # type: ignore[attr-defined]
    if solution.status != "converged":  # type: ignore[attr-defined]
        return np.full(real_income.shape, 1e-3)
    return real_income
