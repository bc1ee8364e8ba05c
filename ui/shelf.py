"""A bounded memory for things that cost time to make: runs and charts. The oldest unused is dropped first.

It is shared by all visitors of a server, so two who ask for the same thing get the same thing, made once.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
_PARTED = (str, dict, list)


class Shelf(Generic[Thing]):
    """Holds at most `size` things by key."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing kept under `key`, made now if it is not there. An error while making it is not kept."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:  # one maker at a time for a key; others wait here and then find it
            with self._lock:
                if key in self._things:
                    return self._things[key]
            try:
                thing = make()
                with self._lock:
                    self._things[key] = thing
                    while len(self._things) > self.size:
                        self._things.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return thing

    def peek(self, key: Hashable) -> Thing | None:
        """The thing kept under `key`, or None."""
        with self._lock:
            return self._things.get(key)

    def drop(self, key: Hashable) -> None:
        """Forget the thing kept under `key`, if there is one."""
        with self._lock:
            self._things.pop(key, None)

    def __len__(self) -> int:
        return len(self._things)


def once(value: Any) -> Any:
    """The same plain data with every text kept once, changed in place: a result repeats the ids of states and levers thousands of times."""
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, dict):
        for name, part in value.items():
            if type(part) in _PARTED:
                value[name] = once(part)
    elif isinstance(value, list):
        value[:] = [once(part) if type(part) in _PARTED else part for part in value]
    return value
