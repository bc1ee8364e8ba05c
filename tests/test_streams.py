"""Named streams: order does not matter, keys do not run into each other, and the draws have their distributions."""

import math

import numpy as np
import pytest

from sim.streams import Streams, _share


def test_the_same_key_gives_the_same_draw_whatever_was_drawn_before():
    first, second = Streams(7), Streams(7)
    for quarter in range(50):
        second.uniform("other", quarter)
    assert first.uniform("a", 1, "b") == second.uniform("a", 1, "b")


def test_keys_do_not_run_into_each_other():
    streams = Streams(1)
    draws = [streams.uniform(*key) for key in (("ab", "c"), ("a", "bc"), ("abc",), (1, 2), (12,), ("1", 2), ("i1:", 2), ("a", "b", "c"))]
    assert len(set(draws)) == len(draws)


def test_another_seed_gives_other_luck():
    assert Streams(1).uniform("a") != Streams(2).uniform("a")


def test_uniform_draws_are_uniform():
    """Kolmogorov-Smirnov distance of 20,000 draws below 1.63 / sqrt(n), the 1 % critical value."""
    draws = np.sort([Streams(3).uniform("k", number) for number in range(20_000)])
    steps = np.arange(1, len(draws) + 1) / len(draws)
    assert draws[0] > 0
    assert draws[-1] < 1
    assert np.abs(draws - steps).max() < 1.63 / math.sqrt(len(draws))


def test_normal_and_gumbel_have_their_moments():
    """Standard normal: mean 0, variance 1. Gumbel: mean 0.5772, variance pi**2 / 6; five standard errors of 20,000 draws."""
    streams = Streams(4)
    normal = np.array([streams.normal("n", number) for number in range(20_000)])
    gumbel = np.array([streams.gumbel("g", number) for number in range(20_000)])
    assert abs(normal.mean()) < 5 / math.sqrt(20_000)
    assert normal.var() == pytest.approx(1.0, abs=0.05)
    assert abs(gumbel.mean() - 0.5772) < 5 * 1.2825 / math.sqrt(20_000)
    assert gumbel.var() == pytest.approx(math.pi**2 / 6, rel=0.06)


def test_a_generator_belongs_to_its_key():
    assert Streams(1).generator("x").random() == Streams(1).generator("x").random()
    assert Streams(1).generator("x").random() != Streams(1).generator("y").random()


def test_many_gumbels_at_once_are_the_same_draws():
    streams = Streams(5)
    names = ["hold", "yield", 3]
    assert streams.gumbels((1, "A", "d"), names) == [streams.gumbel(1, "A", "d", name) for name in names]
    assert streams.gumbels((1, "A", "d"), names[::-1]) == streams.gumbels((1, "A", "d"), names)[::-1]


def test_the_smallest_and_largest_hash_stay_inside_the_open_interval():
    assert 0.0 < _share(0) < 1e-15
    assert 1.0 - 1e-15 < _share(2**64 - 1) < 1.0
