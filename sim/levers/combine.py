"""What all measures in force do to trade together; the order of measures does not matter (see `sim.economy.frictions`)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions
from sim.levers import LEVERS
from sim.levers.lever import Measure

LOWEST_TARIFF = -0.3  # subsidies together pay at most three tenths of a price


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
