"""Pages are drawn a few at a time: threads that draw all at once take the interpreter from each other and all end later (measured: 74 ms of
processor time a page instead of 33). Who only asks whether anything is new does not wait here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
PATIENCE = 5.0  # seconds: then a page is drawn out of turn, whatever holds the others up
_TURNS = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def a_turn() -> Iterator[None]:
    """Draw inside; wait before while others draw."""
    got = _TURNS.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if got:
            _TURNS.release()
