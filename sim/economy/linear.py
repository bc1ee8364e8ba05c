"""Small systems of linear equations, solved within compiled code: for a few unknowns a library's routine takes longer to call than to work."""

from __future__ import annotations

import numpy as np
from numba import njit

RIDGE = 1e-14  # of the trace of normal equations: what makes them a little stiffer


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


@njit(cache=True, fastmath={"reassoc"})
def dot(a, b):  # type: ignore[no-untyped-def]
    """`sum a * b`; the order of the sum is left to the compiler, which then adds several numbers at a time."""
    total = 0.0
    for k in range(a.shape[0]):
        total += a[k] * b[k]
    return total


@njit(cache=True)
def solved_low_rank(diagonal, left, right, values):  # type: ignore[no-untyped-def]
    """The `x` with `(diag(diagonal) - left.T @ right) @ x = values`; `left` and `right` `(rank, unknown)`.

    With clearly fewer ranks than unknowns the system solved is one of `rank` equations (Woodbury's identity). Raises `ZeroDivisionError` without a solution.
    """
    rank, size = left.shape
    if 5 * rank >= 4 * size:
        return solved(np.diag(diagonal) - left.T @ right, values)
    scaled = right / diagonal
    weight = solved(np.eye(rank) - scaled @ left.T, scaled @ values)
    return (values + left.T @ weight) / diagonal


@njit(cache=True)
def least_squares(gram, right, kept):  # type: ignore[no-untyped-def]
    """Solve the first `kept` normal equations, made a little stiffer, by Cholesky's method; by pivoting where rounding has made them indefinite."""
    ridge = 1e-300
    for k in range(kept):
        ridge += RIDGE * gram[k, k]
    root = np.zeros((kept, kept))
    found = np.zeros(kept)
    for a in range(kept):
        for b in range(a + 1):
            rest = gram[a, b] + (ridge if a == b else 0.0)
            for k in range(b):
                rest -= root[a, k] * root[b, k]
            if a > b:
                root[a, b] = rest / root[b, b]
            elif rest > 0.0:
                root[a, a] = np.sqrt(rest)
            else:
                return np.linalg.solve(gram[:kept, :kept] + ridge * np.eye(kept), right[:kept])
        rest = right[a]
        for k in range(a):
            rest -= root[a, k] * found[k]
        found[a] = rest / root[a, a]
    for a in range(kept - 1, -1, -1):
        for k in range(a + 1, kept):
            found[a] -= root[k, a] * found[k]
        found[a] /= root[a, a]
    return found
