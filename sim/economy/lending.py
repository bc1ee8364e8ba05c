"""Tables that copies share until one of them is written on: a forecast of one more measure leaves most of what measures say as it is.

A copy lends and borrows every array. Whoever wants to write asks for `mine` first and gets an array nobody else has. Two terms that still
share an array are the same without a look at its numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Lending:
    """Terms made of arrays; `borrowed` names those that a copy has too."""

    borrowed: frozenset[str] = frozenset()

    def mine(self, name: str) -> Array:
        """The array called `name`, to be written on."""
        values: Array = getattr(self, name)
        if name in self.borrowed:
            values = values.copy()
            setattr(self, name, values)
            self.borrowed -= {name}
        return values

    def copy(self) -> Self:
        """The same terms, to be written on without touching these."""
        self.borrowed = frozenset(name for name, value in vars(self).items() if isinstance(value, np.ndarray))
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        return twin

    def own(self) -> frozenset[str]:
        """Names of the arrays that nobody else has: of a copy, those it was written on."""
        return frozenset(name for name, value in vars(self).items() if isinstance(value, np.ndarray) and name not in self.borrowed)

    def take(self, names: Collection[str], other: Self) -> None:
        """Have the other's arrays with these names, borrowed."""
        for name in names:
            setattr(self, name, getattr(other, name))
        self.borrowed |= frozenset(names)

    def same(self, other: Self, names: Iterable[str]) -> bool:
        """Whether the arrays with these names are the same in both, to the last bit."""
        for name in names:
            here, there = getattr(self, name), getattr(other, name)
            if here is not there and here.tobytes() != there.tobytes():
                return False
        return True
