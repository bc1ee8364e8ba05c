"""What a government expects measures to cost: two solves of the world economy, no simulation.

`now` is the loss of real income in the coming quarter at short-run elasticities and today's relationships; `long_run` the
loss after everybody has adjusted (long-run elasticities, workers free to move). Both compare a world with the measures in
question with the same world without them, in % of real income, for every state at once. Connectors' mark-ups count as paid in the quarter they are earned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from numpy.typing import NDArray

from sim.economy.equilibrium import Mobility
from sim.economy.expectation import LEAST, Expected, expect, first
from sim.economy.frictions import Frictions
from sim.government.outlook import Outlook
from sim.levers.combine import finished, written
from sim.levers.lever import Measure

if TYPE_CHECKING:
    from sim.government.agreement import Agreement
    from sim.government.deals import Leverage
    from sim.world import World

Array = NDArray[np.float64]
WORST = 100.0


@dataclass(frozen=True)
class Losses:
    """Expected losses `(state,)` in % of real income: positive is a loss."""

    now: Array
    long_run: Array


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected under some measures now and in the long run, and the premiums `(sector, state)` for detours."""

    near: Expected
    far: Expected
    scarcity: tuple[Array, Array]

    @property
    def now(self) -> Array:
        """Real income `(state,)` in the coming quarter, 1 = base."""
        return _income_or_nothing(self.near)

    @property
    def long_run(self) -> Array:
        """Real income `(state,)` after everybody has adjusted, 1 = base."""
        return _income_or_nothing(self.far)


class Forecasts:
    """Forecasts of one quarter; the same set of measures is solved once.

    The measures in force are always solved first. All others start from what was found for them, so results do not depend on who asks first.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._measures: list[Measure] = []
        self._present: Forecast | None = None
        self._outlook: Outlook | None = None  # under the measures in force
        self._changed: dict[tuple[str, ...], Forecast] = {}  # by what is added or lifted
        self.notes: dict[str, Leverage] = {}  # leverage by agreement, see `deals`

    def of_adding(self, package: Collection[Measure]) -> Losses:
        """Losses from adding `package` to the measures in force."""
        present = self._under_present()
        key = ("adding", *sorted(f"{measure.id}@{measure.level!r}" for measure in package))
        if key not in self._changed:
            self._changed[key] = self._solved(written(package, self._world.tally.of(self._measures)), present)
        return _losses(present, self._changed[key])

    def of_keeping(self, kept: Collection[Measure]) -> Losses:
        """Losses from `kept`, which are in force, against a world where only they are lifted."""
        present = self._under_present()
        names = {measure.id for measure in kept}
        key = ("lifting", *sorted(names))
        if key not in self._changed:
            self._changed[key] = self._solved(self._world.tally.of(self._measures, without=names), present)
        return _losses(self._changed[key], present)

    def of_agreements(self, held: Iterable[Agreement]) -> Array | None:
        """Losses `(state,)` this quarter if, the measures in force being what they are, only the agreements `held` held; None without an equilibrium."""
        present, world = self._under_present(), self._world
        assert self._outlook is not None
        near = Outlook.of(world, self._outlook.frictions, self._outlook).near(present.scarcity[0], held)
        income = expect(world.accounts, near, present.near, **_near(world)).real_income
        return None if income is None else np.asarray(100.0 * (1.0 - income / present.now))

    def _under_present(self) -> Forecast:
        """The forecast for the measures in force; everything is worked out anew when they are no longer the same."""
        in_force = list(self._world.measures.values())
        if self._present is None or len(in_force) != len(self._measures) or not all(map(is_, in_force, self._measures)):
            self._measures, self._changed, self._outlook = in_force, {}, None
            self._present = self._solved(self._world.tally.of(in_force), None)
        return self._present

    def _solved(self, frictions: Frictions, start: Forecast | None) -> Forecast:
        """The forecast for measures written as `frictions`, sought from `start` on (None: from the last quarter)."""
        world = self._world
        scarcity = (world.economy.scarcity, world.economy.scarcity) if start is None else start.scarcity
        outlook = Outlook.of(world, finished(frictions), self._outlook)
        if self._outlook is None:
            self._outlook = outlook
        near, far = outlook.near(scarcity[0]), outlook.far(scarcity[1])
        if start is None:
            now = first(world.accounts, near, start=world.economy.start, **_near(world))
            long_run = first(world.accounts, far, tolerance=FORECAST_TOLERANCE)
        else:
            now = expect(world.accounts, near, start.near, **_near(world))
            long_run = expect(world.accounts, far, start.far, tolerance=FORECAST_TOLERANCE)
        return Forecast(now, long_run, (near.scarcity, far.scarcity))


FORECAST_TOLERANCE = 1e-5  # of world factor income; found to a ten-thousandth of a point


class Near(TypedDict):
    """How the coming quarter is solved; arguments of `expect`."""

    impact_share: float
    mobility: Mobility
    tolerance: float


def _near(world: World) -> Near:
    return {"impact_share": world.p["impact_share"], "mobility": "specific", "tolerance": FORECAST_TOLERANCE}


def _losses(without: Forecast, with_them: Forecast) -> Losses:
    now, long_run = 1.0 - with_them.now / without.now, 1.0 - with_them.long_run / without.long_run
    return Losses(np.minimum(100.0 * now, WORST), np.minimum(100.0 * long_run, WORST))


def _income_or_nothing(expected: Expected) -> Array:
    """Real income `(state,)`; a forecast without an equilibrium counts as losing nearly everything for everybody."""
    return np.full(len(expected.income), LEAST) if expected.real_income is None else expected.real_income
