"""What is left when trade is cut so deep that parts of the world no longer trade with each other.

Who may buy from another but sell nothing, even by way of third states, cannot pay, so what it bought stops too: only states
that can reach each other *in both directions* trade with each other (the strongly connected parts of the trade that remains).
Each part pays its own way: its deficits sum to zero. And people do not stop eating because everybody closed the border: where a good that
a state does not make at all may come from nowhere, a trickle passes both ways at a price to match (contraband of last resort).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.blocks import blocks_of

Array = NDArray[np.float64]

TRICKLE = 1e-2  # share of the usual trade; at an elasticity of 0.5 within the quarter that means ten thousand times the usual price


def parts(open_: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Number of the part each state belongs to `(state,)`; `open_` `(exporter, importer)` says who can sell to whom directly."""
    labels = np.empty(len(open_), dtype=np.int64)
    for number, members in enumerate(blocks_of(open_)):
        labels[members] = number
    return labels


def sustained(permeability: Array, flows: Array) -> tuple[Array, NDArray[np.int64]]:
    """Permeability `(sector, exporter, importer)` that an equilibrium can sustain, and the part each state is in `(state,)`.

    `flows` are those of the base quarter. Nothing changes, and all states are in one part, while all trade of the base is open.
    """
    starving, trading, cut = _left(permeability, flows)
    if not cut:
        return permeability, parts(trading)
    kept = permeability
    if starving.any():
        usual: NDArray[np.bool_] = flows > 0
        hungry = np.asarray(starving.any(axis=0))
        way_in = usual & starving[:, None, :]
        way_out = usual & hungry[None, :, None]
        kept = np.where(way_in | way_out, np.maximum(permeability, TRICKLE), permeability)
        trading = np.asarray((usual & (kept > 0)).any(axis=0))
    labels = parts(trading)
    if not labels.any():
        return kept, labels
    return np.where(labels[None, :, None] == labels[None, None, :], kept, 0.0), labels


@njit(cache=True)
def _left(permeability, flows):  # type: ignore[no-untyped-def]
    """Which states get nothing of a sector they usually buy `(sector, importer)`, who still sells anything to whom `(exporter, importer)`, and whether
    any usual flow is cut."""
    sectors, states, _ = flows.shape
    cut = False
    starving, trading = np.zeros((sectors, states), np.bool_), np.zeros((states, states), np.bool_)
    for s in range(sectors):
        bought, served = np.zeros(states, np.bool_), np.zeros(states, np.bool_)
        for i in range(states):
            for j in range(states):
                usual = flows[s, i, j] > 0.0
                left = usual and permeability[s, i, j] > 0.0
                bought[j] |= usual
                served[j] |= left
                trading[i, j] |= left
                cut |= usual and not left
        for j in range(states):
            starving[s, j] = bought[j] and not served[j]
    return starving, trading, cut


def balanced(deficit: Array, labels: NDArray[np.int64], income: Array) -> Array:
    """Deficits `(state,)` that sum to zero in each part: what a part lacks is shared by its states' factor income."""
    return np.asarray(_balanced(deficit, labels, income))


@njit(cache=True)
def _balanced(deficit, labels, income):  # type: ignore[no-untyped-def]
    states = len(deficit)
    gap, size = np.zeros(states), np.zeros(states)
    for i in range(states):
        gap[labels[i]] += deficit[i]
        size[labels[i]] += income[i]
    kept = np.empty(states)
    for i in range(states):
        part = labels[i]
        kept[i] = deficit[i] - income[i] * (gap[part] / size[part]) if size[part] > 0.0 else deficit[i]
    return kept
