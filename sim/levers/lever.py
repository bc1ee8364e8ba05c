"""What a lever is, and what a measure is.

A lever is an instrument a state may use: one file in this folder and one line in the registry. A measure is a lever in
force: who uses it, on whom, in which sectors, how strongly, since when and what for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions
from sim.refusals import Refusal, nearest

Family = Literal["economic", "diplomatic"]
Side = Literal["sender", "target", "third party", "anyone"]
PURPOSES = ("signal", "constrain", "coerce")


@dataclass(frozen=True)
class Setting:
    """One number a lever takes: `value` itself or a named option. `source` cites a work or says "assumption"."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    default: float
    source: str

    def read(self, raw: float | str, where: str) -> float:
        """Return the number, or refuse it with the allowed range."""
        try:
            number = float(raw)
        except ValueError:
            raise Refusal(f"{where}: '{self.name}' is '{raw}', which is not a number; allowed is {self.low:g} to {self.high:g} ({self.unit}).") from None
        if not self.low <= number <= self.high:
            raise Refusal(f"{where}: '{self.name}' is {number:g}; allowed is {self.low:g} to {self.high:g} ({self.unit}).")
        return number


@dataclass(frozen=True)
class Measure:
    """A lever in force. States and sectors are positions in the world's lists; `target` is -1 where there is none."""

    id: str
    lever: str
    sender: int
    target: int
    sectors: NDArray[np.int64]  # positions of the sectors it covers
    level: float
    since: int  # quarter
    purpose: str = "coerce"
    options: Mapping[str, float] = field(default_factory=dict)


Apply = Callable[[Measure, Frictions], None]


@dataclass(frozen=True)
class Lever:
    """An instrument: what may be set, what it does to trade, whom it hurts, what it costs, how contested it is.

    `apply` writes a measure onto the quarter's frictions; None for an instrument that acts through another door
    (`acts_on` names it).
    """

    id: str
    label: str
    family: Family
    side: Side
    value: Setting
    hurts: str
    costs_user: str
    dynamics: str
    contested: str
    examples: tuple[str, ...]
    apply: Apply | None = None
    acts_on: str = "trade"
    needs_target: bool = True
    takes_sector: bool = True
    options: tuple[Setting, ...] = ()

    def option(self, measure: Measure, name: str) -> float:
        """The measure's value of a named option, or the option's default."""
        for setting in self.options:
            if setting.name == name:
                return measure.options.get(name, setting.default)
        raise KeyError(name)

    def read_options(self, raw: Mapping[str, str], where: str) -> tuple[dict[str, float], str]:
        """Return the numeric options and the purpose from `raw`, refusing unknown names and values out of range."""
        purpose = raw.get("purpose", "coerce")
        if purpose not in PURPOSES:
            raise Refusal(f"{where}: purpose '{purpose}' is not known; allowed are {', '.join(PURPOSES)}.{nearest(purpose, PURPOSES)}")
        settings = {setting.name: setting for setting in self.options}
        values: dict[str, float] = {}
        for name, text in raw.items():
            if name == "purpose":
                continue
            if name not in settings:
                allowed = ", ".join(["purpose", *settings])
                raise Refusal(f"{where}: lever '{self.id}' has no option '{name}'; allowed are {allowed}.{nearest(name, settings)}")
            values[name] = settings[name].read(text, where)
        return values, purpose
