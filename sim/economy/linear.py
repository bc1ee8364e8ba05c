"""A small system of linear equations, solved within compiled code: for a few unknowns a library's routine takes longer to call than to work."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def solved(matrix, right):  # type: ignore[no-untyped-def]
    """The `x` with `matrix @ x = right`, by elimination with the largest pivot. Raises `ZeroDivisionError` where there is none."""
    rows, x = matrix.copy(), right.copy()
    size = len(x)
    for a in range(size):
        best = a + np.argmax(np.abs(rows[a:, a]))
        if best != a:
            for k in range(a, size):
                rows[a, k], rows[best, k] = rows[best, k], rows[a, k]
            x[a], x[best] = x[best], x[a]
        for b in range(a + 1, size):
            factor = rows[b, a] / rows[a, a]
            if factor != 0.0:
                for k in range(a + 1, size):
                    rows[b, k] -= factor * rows[a, k]
                x[b] -= factor * x[a]
    for a in range(size - 1, -1, -1):
        for k in range(a + 1, size):
            x[a] -= rows[a, k] * x[k]
        x[a] /= rows[a, a]
    return x
