"""The scenario card and the plan of a lesson: what the class needs to know of a scenario, and what the teacher sets.

The card is copied into the session, so that a class keeps its words when the scenario file changes later, and its digest tells
that it has.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ui.classroom import phases
from ui.classroom.refused import Refusal

LONGEST_PHASE_SECONDS = 24 * 3600  # a phase may also be homework for a day
MOST_SEATS = 200


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Frozen):
    """A question of the role check; `answer` is the position of the right option."""

    text: str = Field(max_length=500)
    options: tuple[str, ...] = Field(min_length=2, max_length=6)
    answer: int = Field(ge=0, le=5)


class Role(_Frozen):
    """A role: which state it speaks for, its packet, its check."""

    id: str = Field(max_length=50)
    state: str = Field(max_length=60)
    title: str = Field(max_length=140)
    packet: str = Field(default="", max_length=20_000)
    private: str = Field(default="", max_length=20_000)  # what only this role knows
    goals: dict[str, float] = Field(default_factory=dict, max_length=40)
    check: tuple[Question, ...] = Field(default=(), max_length=10)
    levers: tuple[str, ...] = Field(default=(), max_length=100)  # empty: all


class Inject(_Frozen):
    """A headline the instructor may release; the model gets its key."""

    id: str = Field(max_length=60)
    title: str = Field(max_length=140)
    text: str = Field(default="", max_length=2000)


class Card(_Frozen):
    """What a class needs to know of a scenario."""

    id: str = Field(max_length=300)
    title: str = Field(max_length=140)
    question: str = Field(default="", max_length=1000)
    digest: str = Field(default="", max_length=64)
    minutes: int = Field(default=50, ge=1, le=1000)
    rounds: int = Field(ge=1, le=400)
    quarters_per_round: int = Field(default=1, ge=1, le=20)
    min_seats: int = Field(default=1, ge=1)
    max_seats: int = Field(default=MOST_SEATS, le=MOST_SEATS)
    theory: str = Field(default="", max_length=60)
    roles: tuple[Role, ...] = Field(min_length=1, max_length=MOST_SEATS)
    injects: tuple[Inject, ...] = Field(default=(), max_length=200)
    outcomes: tuple[str, ...] = Field(default=(), max_length=50)  # what a bet may be about; empty: anything
    briefing: str = Field(default="", max_length=20_000)
    content_note: str = Field(default="", max_length=2000)
    objectives: tuple[str, ...] = Field(default=(), max_length=50)
    leaves_out: tuple[str, ...] = Field(default=(), max_length=50)
    debrief_questions: tuple[str, ...] = Field(default=(), max_length=50)
    poll: str = Field(default="How likely is a concession by the end?", max_length=500)


class Plan(_Frozen):
    """What the teacher sets. `seconds` by phase; a phase without an entry has no deadline."""

    seconds: dict[str, int] = Field(default_factory=dict)
    skip: tuple[str, ...] = ()
    absent: Literal["default", "model"] = "model"  # who plays a seat that nobody has started
    lock_when_all_in: bool = False
    messages: bool = True
    share_seats: bool = True  # more students than seats: teams, each with one seat

    def checked(self) -> Plan:
        """The plan, or a refusal."""
        for phase, seconds in self.seconds.items():
            if phase not in phases.TIMED:
                raise Refusal(f"plan: phase '{phase[:40]}' has no clock; allowed are {', '.join(phases.TIMED)}.")
            if not 1 <= seconds <= LONGEST_PHASE_SECONDS:
                raise Refusal(f"plan: {seconds} seconds for '{phase}' are out of range; allowed are 1 to {LONGEST_PHASE_SECONDS}.")
        for phase in self.skip:
            if phase not in phases.MAY_SKIP:
                raise Refusal(f"plan: phase '{phase[:40]}' cannot be left out; allowed are {', '.join(phases.MAY_SKIP)}.")
        return self


def read_card(raw: Any) -> Card:
    """A card from plain data, or a refusal that names the first field at fault."""
    try:
        return Card.model_validate(raw)
    except ValidationError as problem:
        raise Refusal(f"scenario card: {first_fault(problem)}") from None


def read_plan(raw: Any) -> Plan:
    """A plan from plain data, or a refusal that names the first field at fault."""
    try:
        return Plan.model_validate(raw).checked()
    except ValidationError as problem:
        raise Refusal(f"plan: {first_fault(problem)}") from None


def first_fault(problem: ValidationError) -> str:
    """The first fault pydantic found, as a sentence."""
    fault = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])[:120]
    return f"{where}: {fault['msg']}."
