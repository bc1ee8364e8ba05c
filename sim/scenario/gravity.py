"""A world made by structural gravity, deterministic and in balance.

Theory. Head & Mayer 2014 (Handbook of International Economics 4, ch. 3, "structural gravity"; Anderson & van Wincoop
2003): `X[s,i,j] = Y[s,i] / Omega[s,i] * E[s,j] / Phi[s,j] * phi[s,i,j]`, where Y is what i sells in all, E what j spends in all,
and Omega, Phi make every flow add up to both. Here `phi = distance^-delta_s`, times `border` for sales at home.

Outputs and spending come from the accounts. With sector k's share `a[k,s]` in the cost of sector s, final shares f and value
added v: world output solves `Y_s = f_s * GDP + sum_k a[s,k] Y_k`; it is shared out so that each state's value added is
its own GDP and sectors with comparative advantage are larger; `E[k,j] = f_k (GDP_j + D_j) + sum_s a[k,s] Y[s,j]`.
Spending less output of state j is then exactly its deficit D_j. No random numbers: the same sizes give the same world.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MOST_SWEEPS = 20_000
EXACT = 1e-13


def gravity_flows(
    gdp: Array,
    deficits: Array,
    distance: Array,
    advantage: Array,
    final_shares: Array,
    value_added: Array,
    weights: Array,
    distance_elasticity: Array,
    border: Array | float,
) -> tuple[Array, Array]:
    """Return flows (sector, exporter, importer) in the unit of `gdp`, and input shares (input_sector, sector, state).

    `gdp`, `deficits` (state,); `distance` (exporter, importer), inner distances on the diagonal; `advantage` (sector, state);
    `final_shares`, `value_added`, `distance_elasticity`, `border` (sector,), final shares summing to one; `weights` (input_sector, sector),
    columns summing to one. Raises ValueError when the accounts cannot be met.
    """
    mix = weights * (1 - value_added)  # (input_sector, sector): share of the sector's cost
    world = np.linalg.solve(np.eye(len(final_shares)) - mix, final_shares * gdp.sum())
    earned = balanced(advantage * gdp, value_added * world, gdp)  # value added by sector and state
    output = earned / value_added[:, None]
    spending = np.outer(final_shares, gdp + deficits) + mix @ output
    if (spending <= 0).any():
        raise ValueError("a state's deficit is so negative that it could not buy anything")
    closeness = distance[None] ** -distance_elasticity[:, None, None]
    at_home = np.broadcast_to(np.asarray(border, dtype=float), final_shares.shape)[:, None, None]
    closeness = closeness * np.where(np.eye(len(gdp), dtype=bool), at_home, 1.0)
    flows = np.stack([balanced(closeness[s], output[s], spending[s]) for s in range(len(world))])
    return flows, np.repeat(mix[:, :, None], len(gdp), axis=2)


def balanced(pattern: Array, rows: Array, columns: Array) -> Array:
    """Scale rows and columns of a positive `pattern` until they sum to `rows` and `columns` (iterative proportional fitting)."""
    across = np.ones(len(rows))
    down = np.ones(len(columns))
    columns = columns * (rows.sum() / columns.sum())
    exact = EXACT * columns.max()
    for _ in range(MOST_SWEEPS):
        across = rows / (pattern @ down)
        fitted = across @ pattern
        if np.abs(fitted * down - columns).max() <= exact:
            break
        down = columns / fitted
    else:
        raise ValueError("sizes and distances are so uneven that flows could not be balanced")
    result: Array = across[:, None] * pattern * down
    return result


def distances(places: Array, inner: Array) -> Array:
    """Distances (state, state) between `places` (state, 2), with `inner` (state,) on the diagonal and as the least between two."""
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=-1))
    apart = np.maximum(apart, np.minimum(inner[:, None], inner[None]))
    np.fill_diagonal(apart, inner)
    result: Array = apart
    return result
