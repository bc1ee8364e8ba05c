"""Tables that copies share until one of them is written on: a forecast of one more measure leaves most of what measures say as it is.

A copy lends and borrows every array. Whoever wants to write asks for `mine` first and gets an array nobody else has. Two terms that still
share an array are the same without a look at its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cells: TypeAlias = frozenset[tuple[str, int]]  # name of an array, flat index
_ARRAYS: dict[type, frozenset[str]] = {}  # names of the arrays that each kind of terms is made of


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
        self.borrowed = self._arrays()
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        return twin

    def own(self) -> frozenset[str]:
        """Names of the arrays that nobody else has: of a copy, those it was written on."""
        return self._arrays() - self.borrowed

    def _arrays(self) -> frozenset[str]:
        """Names of the arrays, the same for all terms of a kind."""
        kind = type(self)
        if kind not in _ARRAYS:
            _ARRAYS[kind] = frozenset(name for name, value in vars(self).items() if isinstance(value, np.ndarray))
        return _ARRAYS[kind]

    def differing(self, other: Self) -> Cells:
        """Where the arrays that nobody else has differ from the other's: names and flat indices."""
        bits = ((name, getattr(self, name).view(np.int64) != getattr(other, name).view(np.int64)) for name in self.own())
        return frozenset((name, int(place)) for name, differs in bits for place in np.flatnonzero(differs))

    def take(self, cells: Cells, other: Self) -> None:
        """Have the other's numbers in these cells, as `differing` names them."""
        for name in {name for name, _ in cells}:
            places = [place for other_name, place in cells if other_name == name]
            self.mine(name).reshape(-1)[places] = getattr(other, name).reshape(-1)[places]

    def same(self, other: Self, names: Iterable[str]) -> bool:
        """Whether the arrays with these names are the same in both, to the last bit."""
        for name in names:
            here, there = getattr(self, name), getattr(other, name)
            if here is not there and here.tobytes() != there.tobytes():
                return False
        return True
