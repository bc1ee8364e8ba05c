"""Pairs of runs under the same luck: with measures and without, sharing everything before the measures begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.quarter import PHASES
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import senders_of, target_of
from sim.world import World

Array = NDArray[np.float64]
Hook = Callable[[World], None]
YEAR = 4


@dataclass(frozen=True, eq=False)
class Pair:
    """Two worlds with the same history up to quarter `start`. Series have the quarters after `start` as their first axis."""

    treated: World
    control: World
    start: int

    def both(self, table: str, column: str) -> tuple[Array, Array]:
        """A column of both worlds from `start` on."""
        with_, without = (world.record.series(table, column)[self.start :] for world in (self.treated, self.control))
        return with_, without

    def log_change(self, table: str, column: str, states: Sequence[int]) -> Array:
        """Log of the sum over `states` with measures over the same sum without them `(quarter,)`."""
        with_, without = self.both(table, column)
        return np.log(with_[:, list(states)].sum(axis=1) / without[:, list(states)].sum(axis=1))

    @property
    def target(self) -> int:
        """Position of the target."""
        return self.treated.place[target_of(self.treated.setting)]

    @property
    def senders(self) -> list[int]:
        """Positions of the senders."""
        return [self.treated.place[name] for name in senders_of(self.treated.setting)]

    def bilateral(self, column: str) -> tuple[Array, Array]:
        """The target's trade in both directions with every partner, with measures and without `(quarter, state)`; its own is 0."""
        result = []
        for series in self.both("trade", column):
            total = series.sum(axis=3)
            both = total[:, self.target, :] + total[:, :, self.target]
            both[:, self.target] = 0.0
            result.append(both)
        return result[0], result[1]


def pair(
    setting: Scenario, seed: int, start: int, quarters: int, parameters: Mapping[str, float], orders: Sequence[Decision] = ()
) -> Pair:
    """Play `setting` with its timetable and `orders`, and without them, `quarters` quarters beyond `start`; no government decides.

    Nothing may be ordered before `start`, so the quarters before it are played once.
    """
    treated = World(setting, seed, orders, None, parameters, governments=False)
    control = World(setting, seed, None, None, parameters, timetable=False, governments=False)
    while treated.quarter < start:
        treated.step()
    control.restore(treated.snapshot(), treated.record)
    for world in (treated, control):
        while world.quarter < start + quarters:
            world.step()
    return Pair(treated, control, start)


def step_with(world: World, after: Mapping[str, Hook]) -> None:
    """One quarter, with a hook called after each phase named: for experiments on what no lever does."""
    for name, phase in PHASES:
        phase(world)
        if name in after:
            after[name](world)
    world.quarter += 1


def years(series: Array) -> Array:
    """Means of a quarterly series over whole years."""
    whole = len(series) // YEAR
    return np.asarray(series[: whole * YEAR].reshape(whole, YEAR).mean(axis=1))


def percent(log_change: float) -> float:
    """A log change in percent."""
    return float(np.expm1(log_change) * 100.0)
