"""Measures are written down step by step, and from one list to the next only from where the lists differ."""

from __future__ import annotations

import numpy as np
import pytest

from sim.levers import LEVERS, Measure
from sim.levers.combine import EACH, Tally, finished, frictions_of
from tests.levers.test_shared_tables import SECTORS, STATES, WRITING, every_number

TARIFFS = np.full((SECTORS, STATES, STATES), 0.1)


def some_measure(rng: np.random.Generator, number: int) -> Measure:
    name = WRITING[rng.integers(len(WRITING))]
    lever, user = LEVERS[name], int(rng.integers(STATES))
    options = {setting.name: setting.default for setting in lever.options}
    level = lever.value.low + rng.uniform(0.1, 0.9) * (lever.value.high - lever.value.low)
    return Measure(f"m{number}", name, user, (user + 1) % STATES if lever.needs_target else -1, np.arange(SECTORS), level, 0, options=options)


@pytest.mark.parametrize("seed", range(8))
def test_a_list_that_grows_and_shrinks_comes_to_the_same_bytes_as_written_afresh(seed: int) -> None:
    """Measures join at the end and leave anywhere, as in a run; and any of them can be left out."""
    rng = np.random.default_rng(seed)
    tally, listed = Tally(TARIFFS), []
    for number in range(60):
        if listed and rng.random() < 0.4:
            del listed[int(rng.integers(len(listed)))]
        else:
            listed.append(some_measure(rng, number))
        assert every_number(finished(tally.of(listed))) == every_number(frictions_of(listed, TARIFFS))
        without = {measure.id for measure in listed if rng.random() < 0.2}
        left = [measure for measure in listed if measure.id not in without]
        assert every_number(finished(tally.of(listed, without))) == every_number(frictions_of(left, TARIFFS))
    assert len(listed) > 0 and number > 2 * EACH


def test_a_measure_of_another_level_under_the_same_id_is_another_measure() -> None:
    rng = np.random.default_rng(1)
    old, new = some_measure(rng, 1), some_measure(rng, 1)
    tally = Tally(TARIFFS)
    before = every_number(tally.of([old]))
    assert every_number(tally.of([new])) == every_number(frictions_of([new], TARIFFS)) != before
