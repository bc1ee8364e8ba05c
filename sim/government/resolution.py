"""A resolution on the table of the assembly or the council."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ResolutionKind = Literal["condemn", "demand", "mandate", "lift", "designate"]
Body = Literal["assembly", "council"]
KINDS: tuple[ResolutionKind, ...] = ("condemn", "demand", "mandate", "lift", "designate")


@dataclass(frozen=True)
class Promise:
    """A vote that was owed under an agreement when a text came to a vote: which agreement, by whom, and whether it was cast so."""

    agreement: str
    by: int
    kept: bool


@dataclass
class Resolution:
    """A text: who tabled it (`sponsors`, the first leads), which state it is about, what it does, and where it is voted on.

    `quarter` is when it was tabled; it is voted on in the next. `dispute` names the dispute it belongs to, "" for none; `position` its
    place on the line of ideal points where the scenario gives one. Until the vote `adopted` and `voted_in` (its quarter) are None; `votes` are
    then those of the body's members, by state, and `promises` the votes among them that were owed under agreements.
    """

    id: str
    kind: ResolutionKind
    sponsors: list[int]
    about: int
    body: Body
    quarter: int
    dispute: str = ""
    position: float | None = None
    text: str = ""
    adopted: bool | None = None
    cast: dict[int, str] = field(default_factory=dict)  # votes that people fixed, by state
    voted_in: int | None = None
    votes: dict[int, str] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
