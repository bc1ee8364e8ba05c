"""Copies of frictions share their tables until a measure writes on one of them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.economy.frictions import Frictions
from sim.levers import LEVERS, Measure
from sim.levers.combine import finished

SECTORS, STATES = 2, 3
WRITING = sorted(name for name, lever in LEVERS.items() if lever.apply is not None)


def every_number(frictions: Frictions) -> dict[str, bytes]:
    """All arrays of the frictions, their home terms and their pair terms, as bytes by name."""
    return {
        f"{type(part).__name__}.{field.name}": getattr(part, field.name).tobytes()
        for part in (frictions, frictions.home, frictions.pairs)
        for field in fields(part)
        if isinstance(getattr(part, field.name), np.ndarray)
    }


@pytest.mark.parametrize("name", WRITING)
def test_a_measure_written_on_a_copy_leaves_the_original_as_it_is_and_the_other_way_round(name: str) -> None:
    lever = LEVERS[name]
    assert lever.apply is not None
    options = {setting.name: setting.default for setting in lever.options}
    level = lever.value.low + 0.7 * (lever.value.high - lever.value.low)
    measure = Measure("m", name, 0, 1 if lever.needs_target else -1, np.arange(SECTORS), level, 0, options=options)
    for written_on_copy in (True, False):
        original = Frictions.none(np.full((SECTORS, STATES, STATES), 0.1))
        twin = original.copy()
        written, kept = (twin, original) if written_on_copy else (original, twin)
        before = every_number(kept)
        lever.apply(measure, written)
        finished(written)
        assert every_number(kept) == before
        assert every_number(written) != before


def test_copies_share_a_table_until_one_of_them_is_written_on() -> None:
    """A tariff of 20 % on a copy: its tariffs are its own, everything else is still the original's."""
    original = Frictions.none(np.zeros((SECTORS, STATES, STATES)))
    twin = original.copy()
    twin.tax(np.array([0]), 0, 1, 0.2)
    assert twin.tariffs is not original.tariffs
    assert twin.permeability is original.permeability and twin.pairs.cap is original.pairs.cap
    assert twin.same(original, ("permeability",)) and not twin.same(original, ("tariffs",))
    assert original.tariffs[0, 0, 1] == 0.0 and twin.tariffs[0, 0, 1] == 0.2
