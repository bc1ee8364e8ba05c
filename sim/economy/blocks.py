"""Which states still trade with each other, and whether an equilibrium can exist at all: questions asked before solving.

Blocks are the strongly connected parts of the trade that remains. Each has a numeraire of its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts

Array = NDArray[np.float64]
BALANCED = 1e-9  # relative to the block's factor income


def connected_to_all(sells: NDArray[np.bool_]) -> bool:
    """Whether every state can reach every other along sales `(exporter, importer)`."""
    return bool(_reached(sells).all() and _reached(sells.T).all()) if len(sells) else True


def _reached(edges: NDArray[np.bool_]) -> NDArray[np.bool_]:
    seen = np.zeros(len(edges), dtype=bool)
    front = seen.copy()
    front[0] = True
    while front.any():
        seen |= front
        front = edges[front].any(axis=0) & ~seen
    return seen


def blocks_of(sells: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Strongly connected parts of `sells` `(exporter, importer)`, each as positions of its states, in order of the first."""
    if sells.all() or connected_to_all(sells):
        return [np.arange(len(sells))]
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    _, labels = connected_components(csr_array(sells), directed=True, connection="strong")
    found = {label: np.flatnonzero(labels == label) for label in dict.fromkeys(labels.tolist())}
    return list(found.values())


def why_none(
    accounts: Accounts, sells: NDArray[np.bool_], supplied: NDArray[np.bool_], blocks: list[NDArray[np.int64]], deficit: Array | None
) -> str:
    """A sentence that says why no equilibrium exists, or "" when none of the known reasons applies.

    `sells` `(exporter, importer)` and `supplied` `(sector, importer)` say what trade remains; `deficit` the deficits in money that must hold, if any.
    """
    states, sectors = accounts.states, accounts.sectors
    unserved = (accounts.spending > 0) & ~supplied
    if unserved.any():
        s, j = (int(axis[0]) for axis in np.nonzero(unserved))
        return f"There is no equilibrium: {states[j]} must spend on {sectors[s]}, which nobody may supply to it."
    if len(blocks) > 1:
        label = np.empty(len(states), dtype=np.int64)
        for number, block in enumerate(blocks):
            label[block] = number
        one_way = sells & (label[:, None] != label[None, :])
        if one_way.any():
            i, j = (int(axis[0]) for axis in np.nonzero(one_way))
            return (
                f"There is no equilibrium: {states[j]} may buy from {states[i]} but can sell nothing to it, directly or through others, "
                f"so it could never pay."
            )
    if deficit is not None:
        for block in blocks:
            total, size = float(deficit[block].sum()), float(accounts.factor_total[block].sum())
            if abs(total) > BALANCED * max(size, 1e-300):
                who = ", ".join(states[i] for i in block[:5]) + (" and others" if len(block) > 5 else "")
                kind = "deficit" if total > 0 else "surplus"
                return f"There is no equilibrium: {who} would run a {kind} of {abs(total):.4g} with nobody, because no trade with the rest remains."
    return ""
