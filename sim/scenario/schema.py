"""The whole of a scenario file, format 1: the one place where its keys are declared."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.schema_keys import Id, Line, Prose, Table, key
from sim.scenario.schema_politics import (
    LAST,
    AgreementKeys,
    DecisionKeys,
    DisputeKeys,
    InjectKeys,
    OrganisationKeys,
    ResolutionKeys,
    TieKeys,
)
from sim.scenario.schema_world import SectorKeys, StateKeys, WorldKeys

GoalWeight = Annotated[float, Field(ge=-100, le=100)]
Threshold = Annotated[float, Field(ge=-1e9, le=1e9)]


class TeachingKeys(Table):
    """`[teaching]`: what a teacher reads before the class and uses in it."""

    briefing: Prose = key("What everyone reads first", "")
    minutes: int = key("Length of the class", 50, unit="minutes", ge=5, le=600)
    min_seats: int = key("Fewest students, and fewest seats unless there are fewer roles", 1, ge=1, le=500)
    max_seats: int = key("Most students; up to twelve share a seat, and there is at most one seat for each role (without roles: each state)", 30, ge=1, le=500)
    quarters_per_round: int = key("Quarters that pass in a class round", 2, unit="quarters", ge=1, le=20)
    objectives: list[Line] = key("What students can do afterwards", [], max_length=20)
    content_note: Prose = key("What some students may find hard", "")
    leaves_out: list[Line] = key("What the scenario leaves out", [], max_length=30)
    debrief_questions: list[Line] = key("Questions for the debrief", [], max_length=30)


class ObjectiveKeys(Table):
    """`[[objective]]`: something students can do afterwards, and what in a run shows that it came up."""

    text: Line = key("What students can do afterwards; listed after those of [teaching]")
    topic: str = key("Topic it belongs to, as in `teaching/objectives.toml`", "", default_words="none", max_length=60)
    lit_by: list[Id] = key("Kinds of event, or levers taken up after the first quarter, that show it has come up; spaces written as _", [], max_length=20)
    question: str = key("What to ask the class when it has come up", "", default_words="none", max_length=400)


class RoleKeys(Table):
    """`[[role]]`: a seat in class."""

    id: Id = key("Short name")
    state: Id = key("Whose government it speaks for")
    title: Line = key("Who the student is")
    packet: Prose = key("What the student reads: the role's own case", "")
    private: Prose = key("What only this role knows", "")
    goals: dict[str, GoalWeight] = key("Weights of outcomes in the role's own account, such as real_income = 0.5", {})


class ExpectKeys(Table):
    """`[[expect]]`: a claim about what the scenario shows, checked by `check --run` and by the tests."""

    text: Line = key("The claim in words")
    table: Literal[
        "states", "households", "trade", "sectors", "disputes", "measures", "agreements", "ties", "votes", "decisions", "events"
    ] = key("Table it is about", "states")
    outcome: Id = key("Column of the table, or count: how many rows match in all the quarters together")
    state: str = key("Rows of this state", "", default_words="all rows, added up", max_length=24)
    where: dict[str, Line] = key('Further conditions on rows, such as exporter = "A"', {})
    quarter: int | None = key("Quarter it is about", None, unit="quarter", ge=0, le=LAST, default_words="the last one")
    until: int | None = key(
        "Last quarter, when it is about the mean of several", None, unit="quarter", ge=0, le=LAST, default_words="quarter"
    )
    compared: Literal["no-measures", "start", "level"] = key(
        "Against the twin run without the timetable (change in %), against quarter 0 (change in %), or the level itself", "no-measures"
    )
    above: Threshold | None = key(
        "Holds when the value is above this", None, unit="%, or the outcome's unit", default_words="no lower bound"
    )
    below: Threshold | None = key(
        "Holds when the value is below this", None, unit="%, or the outcome's unit", default_words="no upper bound"
    )
    share_of_seeds: float = key("Share of seeds in which it must hold", 1.0, unit="share", gt=0, le=1)
    mechanism: str = key("Parameter whose neutral value must make the claim fail", "", default_words="none", max_length=60)
    theory: str = key("Theory under which it is claimed", "", default_words="that of the scenario", max_length=40)
    governments: bool = key("Whether governments decide for themselves where the timetable does not; false for claims about the economy alone", True)
    decisions: list[DecisionKeys] = key("What people decide on top of the timetable for this claim", [], max_length=100)
    played: list[Id] = key("States that people play for this claim: they do only what the timetable and `decisions` say", [], max_length=250)


class SourceKeys(Table):
    """`[[source]]`: a work or a data set."""

    text: Line = key("Author, year, title, publisher")
    licence: str = key("Licence of data", "", max_length=200)
    used_for: str = key("What it was used for", "", max_length=400)


class ScenarioKeys(Table):
    """The keys at the top of the file."""

    format: Literal[1] = key("Version of this format: 1")
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] = key("Name in commands: small letters, digits and -")
    title: Line = key("Title on the card")
    question: Line = key("The question the scenario asks")
    kind: Literal["fictional", "historical"] = key("Invented, or stylised from history", "fictional")
    start: Annotated[str, Field(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$")] = key(
        'Label of the first quarter, as "2014-07" or "2014"', "", default_words="quarters are only numbered"
    )
    quarters: int = key("Length of a run", 20, unit="quarters", ge=1, le=LAST)
    theory: Id = key("Theory preset", "mixed")
    note: Prose = key("What is stylised, and other remarks for the author's readers", "")
    world: WorldKeys = key("The baseline economy")
    teaching: TeachingKeys = Field(default_factory=TeachingKeys, description="Teaching text")
    parameters: dict[str, Threshold] = key("Parameters of the model that differ from their defaults", {})
    state: list[StateKeys] = key("States", min_length=2, max_length=250)
    sector: list[SectorKeys] = key("Sectors", [], default_words="the six default sectors", max_length=60)
    tie: list[TieKeys] = key("Ties between states", [], max_length=20000)
    organisation: list[OrganisationKeys] = key("Organisations", [], max_length=100)
    measure: list[DecisionKeys] = key("Measures in force at the start", [], max_length=2000)
    timetable: list[DecisionKeys] = key("Measures by quarter", [], max_length=2000)
    inject: list[InjectKeys] = key("Events by quarter", [], max_length=500)
    dispute: list[DisputeKeys] = key("Disputes", [], max_length=500)
    agreement: list[AgreementKeys] = key("Agreements", [], max_length=500)
    resolution: list[ResolutionKeys] = key("Resolutions", [], max_length=500)
    objective: list[ObjectiveKeys] = key("Objectives with what shows them", [], max_length=20)
    role: list[RoleKeys] = key("Roles", [], max_length=500)
    expect: list[ExpectKeys] = key("Claims that are checked", [], max_length=200)
    source: list[SourceKeys] = key("Sources", [], max_length=200)
