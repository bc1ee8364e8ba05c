"""How far a long piece of work has come, and how long it will still take: one line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

EVERY_ON_TERMINAL, EVERY_ELSEWHERE = 0.5, 30.0  # seconds


class Meter:
    """A line on stderr. Use as a context; `show(done, total)` may be called as often as one likes."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._began = time.monotonic()
        self._last = self._began
        self._first_done: int | None = None
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._terminal:
            print(file=sys.stderr)

    def show(self, done: int, total: int) -> None:
        """Say how far the work has come."""
        now = time.monotonic()
        if self._first_done is None:
            self._first_done = done - 1  # what was there from an earlier start says nothing about speed
        if now - self._last < (EVERY_ON_TERMINAL if self._terminal else EVERY_ELSEWHERE) and done < total:
            return
        self._last = now
        text = f"{self.label}: {done} of {total}, {left(now - self._began, done - self._first_done, total - done)}"
        print(f"\r{text:<78}" if self._terminal else text, end="" if self._terminal else "\n", file=sys.stderr, flush=True)


def left(seconds: float, done: int, remaining: int) -> str:
    """Time left in words, from `done` pieces in `seconds`."""
    if remaining <= 0:
        return f"finished in {_span(seconds)}"
    if done <= 0:
        return "just begun"
    return f"about {_span(seconds / done * remaining)} left"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
