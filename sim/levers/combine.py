"""What measures do to trade together; their order does not matter but for rounding (see `sim.economy.frictions`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import is_

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions
from sim.economy.lending import Cells
from sim.levers import LEVERS
from sim.levers.lever import Measure

LOWEST_TARIFF = -0.3  # subsidies together pay at most three tenths of a price
EACH = 8  # measures are written down this many at a time


def frictions_of(measures: Iterable[Measure], tariffs: NDArray[np.float64]) -> Frictions:
    """The frictions of a set of measures on top of the baseline `tariffs` `(sector, exporter, importer)`."""
    return finished(written(measures, Frictions.none(tariffs)))


def written(measures: Iterable[Measure], frictions: Frictions) -> Frictions:
    """The same `frictions` with these measures written onto them, not `finished` yet."""
    for measure in measures:
        apply = LEVERS[measure.lever].apply
        if apply is not None:
            apply(measure, frictions)
    return frictions


def finished(frictions: Frictions) -> Frictions:
    """The same `frictions`, all measures being written, with what depends on all of them together."""
    frictions.answer_in_kind()
    if frictions.tariffs.min(initial=0.0) < LOWEST_TARIFF:
        tariffs = frictions.mine("tariffs")
        np.maximum(tariffs, LOWEST_TARIFF, out=tariffs)
    return frictions


class Tally:
    """What a list of measures comes to, step by step, so that a list that differs from it late is not written from its beginning.

    From one quarter to the next most measures stay, and a forecast of lifting one asks for all the others: in the cells that it writes on, those that
    write there too are written again.
    """

    def __init__(self, tariffs: NDArray[np.float64]) -> None:
        self._measures: list[Measure] = []
        self._cells: list[Cells] = []  # where each of them writes
        self._known: dict[str, tuple[Measure, Cells]] = {}  # the same by id, of all measures there were
        self._steps = [Frictions.none(tariffs)]  # of the first `EACH` measures, twice `EACH`, ... and of all

    def of(self, measures: Collection[Measure], without: Collection[str] = ()) -> Frictions:
        """What these measures come to, those with the ids in `without` left out; to be written on, not `finished` yet."""
        listed = list(measures)
        self._write(listed)
        twin = self._steps[-1].copy()
        if without:
            cells: Cells = frozenset().union(*(there for measure, there in zip(listed, self._cells, strict=True) if measure.id in without))
            others = [measure for measure, there in zip(listed, self._cells, strict=True) if not cells.isdisjoint(there) and measure.id not in without]
            twin.take(cells, written(others, self._steps[0].copy()))
        return twin

    def _written_on(self, measure: Measure) -> Cells:
        """The cells the measure writes on, found out by writing it where nothing is written yet."""
        known = self._known.get(measure.id)
        if known is None or known[0] is not measure:
            nothing = self._steps[0]
            known = self._known[measure.id] = measure, written([measure], nothing.copy()).differing(nothing)
        return known[1]

    def _write(self, listed: list[Measure]) -> None:
        """Write down what differs from the last list."""
        if len(listed) == len(self._measures) and all(map(is_, listed, self._measures)):
            return
        differs = (place for place, (new, old) in enumerate(zip(listed, self._measures, strict=False)) if new is not old)
        kept = next(differs, min(len(listed), len(self._measures))) // EACH
        del self._steps[kept + 1 :]
        for start in range(kept * EACH, len(listed), EACH):
            self._steps.append(written(listed[start : start + EACH], self._steps[-1].copy()))
        self._measures, self._cells = listed, [self._written_on(measure) for measure in listed]
