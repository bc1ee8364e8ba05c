"""Pages are drawn a few at a time: threads that draw all at once take the interpreter from each other and all end later (measured: 74 ms of
processor time a page instead of 33). Who only asks whether anything is new does not wait here.

And they are spread in time: a large class asks the more seldom the longer this machine takes over a page, so that a new round, which all pages draw,
leaves the server time to answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time

AT_ONCE = 2
PATIENCE = 5.0  # seconds: then a page is drawn out of turn, whatever holds the others up
ASKS = 3.0  # seconds between two questions of one device in a small class
SELDOM = 20.0  # and in a large one on a slow machine at most
BUSY = 0.6  # of one core: what drawing the pages of a new round may take of it
BESIDES = 1.7  # times its drawing a page costs the server: packing, sending, starting a run (measured: 45 ms, of which 26 are drawing)
DEARER, CHEAPER = 0.1, 0.002  # weight of the newest page in what a page costs: the dear pages of a round are what must be spread
TIMES = 3.0  # how many times the usual a page may count: the first of all takes seconds
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_costs = {"page": 0.03}  # seconds of processor time for drawing it, before any has been drawn


@contextmanager
def a_turn() -> Iterator[None]:
    """Draw inside; wait before while others draw."""
    got = _TURNS.acquire(timeout=PATIENCE)
    began = thread_time()
    try:
        yield
    finally:
        usual = _costs["page"]
        more = min(thread_time() - began, TIMES * usual) - usual
        _costs["page"] = usual + (DEARER if more > 0 else CHEAPER) * more
        if got:
            _TURNS.release()


def pace(devices: int) -> float:
    """Seconds between two questions of one of so many devices."""
    return min(max(ASKS, devices * BESIDES * _costs["page"] / BUSY), SELDOM)
