"""Small systems of linear equations against numpy's."""

from __future__ import annotations

import numpy as np
import pytest

from sim.economy.linear import dot, solved, solved_low_rank


def test_two_equations_by_hand() -> None:
    """x + 2y = 5 and 3x + 4y = 11 have the solution (1, 2), and the second equation has the larger pivot."""
    assert solved(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 11.0])) == pytest.approx([1.0, 2.0])


@pytest.mark.parametrize("rank", [1, 4, 7, 12])
def test_a_diagonal_less_a_product_is_solved_whichever_is_smaller(rank: int) -> None:
    """Seven unknowns; up to six ranks the small system is the one of the ranks, from seven on the one of the unknowns."""
    rng = np.random.default_rng(rank)
    diagonal, left, right, values = rng.uniform(1.0, 2.0, 7), rng.uniform(0.0, 0.2, (rank, 7)), rng.uniform(0.0, 0.2, (rank, 7)), rng.normal(size=7)
    expected = np.linalg.solve(np.diag(diagonal) - left.T @ right, values)
    assert solved_low_rank(diagonal, left, right, values) == pytest.approx(expected, rel=1e-12)


def test_a_sum_of_products() -> None:
    assert dot(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])) == 32.0
