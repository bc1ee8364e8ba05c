"""Named random streams: the same luck whatever the policy.

Every draw is a pure function of the seed and a key such as `("productivity", quarter, state)`. There is no counter and no shared
generator, so one more decision, another order of states or a change of one state's policy never moves anybody else's luck.
A key is hashed (BLAKE2b, 64 bits) into a number strictly between 0 and 1.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist

import numpy as np

Key = str | int
_NORMAL = NormalDist()


class Streams:
    """All random numbers of a run with `seed`. Key parts are strings or whole numbers; 1 and "1" are different keys."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._root = hashlib.blake2b(f"seed {seed}".encode(), digest_size=8)

    def uniform(self, *key: Key) -> float:
        """One draw, uniform on (0, 1)."""
        return _share(self._bits(key))

    def normal(self, *key: Key) -> float:
        """One draw from the standard normal distribution."""
        return _NORMAL.inv_cdf(self.uniform(*key))

    def gumbel(self, *key: Key) -> float:
        """One draw from the standard Gumbel distribution (location 0, scale 1)."""
        return -math.log(-math.log(self.uniform(*key)))

    def gumbels(self, prefix: Sequence[Key], names: Sequence[Key]) -> list[float]:
        """`[gumbel(*prefix, name) for name in names]`, with the common part of the keys hashed once."""
        common, draws = self._root.copy(), []
        _feed(common, prefix)
        for name in names:
            state = common.copy()
            _feed(state, (name,))
            draws.append(-math.log(-math.log(_share(int.from_bytes(state.digest(), "little")))))
        return draws

    def generator(self, *key: Key) -> np.random.Generator:
        """A generator of its own for work that needs many draws at once."""
        return np.random.default_rng(self._bits(key))

    def _bits(self, key: tuple[Key, ...]) -> int:
        state = self._root.copy()
        _feed(state, key)
        return int.from_bytes(state.digest(), "little")


def _feed(state: hashlib.blake2b, key: Sequence[Key]) -> None:
    state.update(b"".join([_written(part) for part in key]))


@lru_cache(maxsize=10_000)
def _written(part: Key) -> bytes:
    """A part of a key with its kind and length, so that no two keys run into each other."""
    text = part.encode() if isinstance(part, str) else b"%d" % part
    return b"%s%d:%s" % (b"s" if isinstance(part, str) else b"i", len(text), text)


def _share(bits: int) -> float:
    """64 bits as a number strictly between 0 and 1; the very last one would round up to 1."""
    return min((bits >> 11) * 2.0**-53 + 2.0**-54, 1.0 - 2.0**-53)
