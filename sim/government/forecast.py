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

from sim.economy.equilibrium import Solution, solve
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
        self._starts: tuple[Array | None, Array | None] | None = None  # where the incomes under the measures in force were found
        self.notes: dict[str, Leverage] = {}  # leverage by agreement, see `deals`

    def of_adding(self, package: Collection[Measure]) -> Losses:
        """Losses from adding `package` to the measures in force."""
        before = self._present()
        return _losses(before, self._solved([*self._world.measures.values(), *package]))

    def of_keeping(self, kept: Collection[Measure]) -> Losses:
        """Losses from `kept`, which are in force, against a world where only they are lifted."""
        after = self._present()
        names = {measure.id for measure in kept}
        return _losses(self._solved([measure for measure in self._world.measures.values() if measure.id not in names]), after)

    def _present(self) -> tuple[Array, Array]:
        """Incomes under the measures in force. Always asked for first: all others are solved from where these were found."""
        return self._solved(list(self._world.measures.values()))

    def _solved(self, measures: list[Measure]) -> tuple[Array, Array]:
        """Real income `(state,)` under these measures, in the coming quarter and in the long run."""
        key = tuple(sorted(f"{measure.id}@{measure.level!r}" for measure in measures))
        if key not in self._incomes:
            world = self._world
            now, adjusted = world.changes_under(measures)
            near, far = self._starts or (world.economy.start, None)
            short = solve(
                world.accounts, now, impact_share=world.p["impact_share"], mobility="specific", deficits="given", start=near,
                tolerance=FORECAST_TOLERANCE,
            )
            long_run = solve(
                world.accounts, adjusted, mobility="mobile", deficits="given", start=far, tolerance=FORECAST_TOLERANCE
            )
            if self._starts is None:
                self._starts = (_start_of(short), _start_of(long_run))
            self._incomes[key] = (_income_or_nothing(short), _income_or_nothing(long_run))
        return self._incomes[key]


FORECAST_TOLERANCE = 1e-7  # of world factor income; losses are exact to a hundred-thousandth of a point


def _losses(without: tuple[Array, Array], with_them: tuple[Array, Array]) -> Losses:
    short, long_run = (np.minimum((1.0 - now / then) * 100.0, WORST) for then, now in zip(without, with_them, strict=True))
    return Losses(short, long_run)


def _start_of(solution: Solution) -> Array | None:
    return solution.start if solution.status == "converged" else None


def _income_or_nothing(solution: Solution) -> Array:
    """Real income `(state,)`; a forecast without an equilibrium counts as losing nearly everything for everybody."""
    if solution.status != "converged":
        return np.full(solution.real_income.shape, 1e-3)
    return solution.real_income
