"""What a lever is, and what a measure is.

A lever is an instrument a state may use: one file in this folder and one line in the registry. A measure is a lever in
force: who uses it, on whom, in which sectors, how strongly, since when and what for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    from sim.government.politics import Politics

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
    notes: Mapping[str, str] = field(default_factory=dict)  # options in words, such as the dispute it belongs to


Apply = Callable[[Measure, Frictions], None]
Act = Callable[[Measure, "Politics"], None]
PACKAGES = ("payments", "technology", "partial trade", "embargo")  # what a threat may name; what they hold stands in `sim.government.packages`
USUAL = "partial trade"  # what a threat is of, and what a demand is thought to lead to, where none was named
COMMON_NOTES = ("dispute", "agreement", "stance")


@dataclass(frozen=True)
class Lever:
    """An instrument: what may be set, what it does to trade, whom it hurts, what it costs, how contested it is.

    `apply` writes a measure onto the quarter's frictions; `act` does a diplomatic deed once, on the political side of the
    world. An instrument that works through neither names its door in `acts_on`. `notes` are options in words, and `allowed` the words
    that one of them may be, where they are always the same.
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
    act: Act | None = None
    acts_on: str = "trade"
    needs_target: bool = True
    takes_sector: bool = True
    options: tuple[Setting, ...] = ()
    notes: tuple[str, ...] = ()
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    friendly: bool = False  # meant to help the state it names, or to soften what others do to it

    @property
    def is_deed(self) -> bool:
        """Whether it is done once and leaves no measure in force."""
        return self.act is not None

    def option(self, measure: Measure, name: str) -> float:
        """The measure's value of a named option, or the option's default."""
        for setting in self.options:
            if setting.name == name:
                return measure.options.get(name, setting.default)
        raise KeyError(name)

    def read_options(self, raw: Mapping[str, str], where: str) -> Reading:
        """Read a decision's options, refusing unknown names and values out of range."""
        purpose = raw.get("purpose", "coerce")
        if purpose not in PURPOSES:
            raise Refusal(f"{where}: purpose '{purpose}' is not known; allowed are {', '.join(PURPOSES)}.{nearest(purpose, PURPOSES)}")
        settings = {setting.name: setting for setting in self.options}
        words = (*COMMON_NOTES, *self.notes)
        values: dict[str, float] = {}
        notes: dict[str, str] = {}
        for name, text in raw.items():
            if name in settings:
                values[name] = settings[name].read(text, where)
            elif name in words:
                if text not in self.allowed.get(name, (text,)):
                    known = self.allowed[name]
                    raise Refusal(f"{where}: option {name} is '{text[:40]}'; allowed are {', '.join(known)}.{nearest(text, known)}")
                notes[name] = text
            elif name != "purpose":
                allowed = ["purpose", *words, *settings]
                raise Refusal(f"{where}: lever '{self.id}' has no option '{name}'; allowed are {', '.join(allowed)}.{nearest(name, allowed)}")
        return Reading(values, purpose, notes)


@dataclass(frozen=True)
class Reading:
    """A decision's options, read: numbers by name, the purpose, and notes in words."""

    values: Mapping[str, float]
    purpose: str
    notes: Mapping[str, str]
