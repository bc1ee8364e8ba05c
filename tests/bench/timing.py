"""Measuring: medians of repeated calls, and what machine they were taken on."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """One line of the table: `what`, the `median` and the largest of `times` calls in seconds, what `must` hold (None: no bound), a `note`."""

    what: str
    median: float
    worst: float
    times: int
    must: float | None
    note: str = ""


def timed(call: Callable[[], object], seconds: float = 1.0, least: int = 5, most: int = 200) -> list[float]:
    """Durations of repeated calls, after one that does not count."""
    call()
    found: list[float] = []
    until = time.perf_counter() + seconds
    while len(found) < least or (time.perf_counter() < until and len(found) < most):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return found


def measured(what: str, call: Callable[[], object], must: float | None, note: str = "", **how: float) -> Measured:
    """Measure a call."""
    found = timed(call, **how)  # type: ignore[arg-type]
    return Measured(what, statistics.median(found), max(found), len(found), must, note)


def machine() -> list[str]:
    """What the numbers were taken on."""
    from importlib.metadata import version

    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [line.split(":", 1)[1].strip() for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "mesa", "pandas"))
    return [f"{platform.system()} {platform.machine()}, {model}, {os.cpu_count()} cores{load}", f"Python {platform.python_version()}, {libraries}"]


def shown(seconds: float) -> str:
    """A duration in the unit that reads best."""
    return f"{seconds * 1e3:.2f} ms" if seconds < 1.0 else f"{seconds:.2f} s"


def table(rows: list[Measured]) -> str:
    """The measurements as a Markdown table; the ratio is the median over the bound."""
    lines = ["| what | median | worst | calls | must | ratio | note |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        bound, ratio = ("", "") if row.must is None else (f"<= {shown(row.must)}", f"{row.median / row.must:.2f}")
        lines.append(f"| {row.what} | {shown(row.median)} | {shown(row.worst)} | {row.times} | {bound} | {ratio} | {row.note} |")
    return "\n".join(lines)
