"""A question before a government: the options it weighs, what each would order, and what the government believes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.government.choice import Option
from sim.scenario.decisions import Decision


@dataclass(frozen=True)
class Question:
    """`decision` is the kind of question, `about` what it is about (a dispute, a partner); together they are its key.

    `orders[option name]` are the instruments that option uses, the same that people have; an option without orders keeps
    things as they are. `covers` names the levers by which a person answers the question instead.
    """

    decision: str
    about: str
    options: tuple[Option, ...]
    orders: Mapping[str, tuple[Decision, ...]]
    beliefs: Mapping[str, float] = field(default_factory=dict)
    covers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the draw, the record and the decisions function know the question by."""
        return f"{self.decision}:{self.about}"
