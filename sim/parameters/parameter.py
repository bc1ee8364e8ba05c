"""One declared number of the model: what it is called, what it is worth, how far it may go, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from sim.refusals import Refusal


@dataclass(frozen=True)
class Parameter:
    """A constant of the model.

    `low` and `high` bound what a scenario, a sweep or a person may set. `neutral` is the value at which the mechanism
    it governs is off (used by ablations; None where no such value exists). `free` says that calibration and jitter may
    move it. `source` cites a work, or says "assumption". `contested` says in words what is disputed about it.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    label: str
    source: str
    group: str
    free: bool = True
    neutral: float | None = None
    contested: str = ""

    def check(self, value: float, where: str) -> float:
        """Return `value` as a float, or refuse it with the allowed range."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise Refusal(f"{where}: '{self.name}' is {str(value)[:40]!r}; allowed is a number from {self.low:g} to {self.high:g} ({self.unit}).") from None
        if not self.low <= number <= self.high:
            raise Refusal(f"{where}: '{self.name}' is {number:g}; allowed is {self.low:g} to {self.high:g} ({self.unit}).")
        return number
