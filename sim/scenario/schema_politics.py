"""The part of the schema that describes politics: ties, organisations, disputes, agreements, decisions, injects."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.decisions import LARGEST_VALUE, Decision
from sim.scenario.schema_keys import Id, Line, Prose, Table, key

LAST = 400
Quantity = Annotated[float, Field(ge=-LARGEST_VALUE, le=LARGEST_VALUE)]
OptionValue = Annotated[str, Field(min_length=1, max_length=200)] | Quantity | bool


class TieKeys(Table):
    """`[[tie]]`: what two states are to each other. Pairs that are not named have the defaults."""

    a: Id = key("One state")
    b: Id = key("The other state")
    alliance: float = key("Alliance", 0.0, unit="0 none to 1 full", ge=0, le=1)
    affinity: float | None = key(
        "Affinity of their governments",
        None,
        unit="-1 to 1",
        ge=-1,
        le=1,
        default_words="1 less half the distance of their ideal points, not below -1",
    )
    rivalry: float = key("Rivalry", 0.0, unit="0 none to 1 full", ge=0, le=1)
    grievance_a: float = key("Old grievance that a holds against b", 0.0, unit="0 to 1", ge=0, le=1)
    grievance_b: float = key("Old grievance that b holds against a", 0.0, unit="0 to 1", ge=0, le=1)
    trust: float = key("Trust at the start", 0.5, unit="0 to 1", ge=0, le=1)
    note: Prose = key("Why", "")


class OrganisationKeys(Table):
    """`[[organisation]]`: a group of states with a common institution."""

    id: Id = key("Short name")
    name: Line | None = key("Name shown to people", None, default_words="the id")
    members: list[Id] = key("States that belong to it", min_length=2, max_length=250)
    coalition: bool = key("Whether it decides on measures together; a note to readers, the model makes nothing of it", False)
    note: Prose = key("What it does", "")


class DecisionKeys(Table):
    """`[[measure]]` (in force at the start) and `[[timetable]]`: the fields of a decisions file."""

    quarter: int = key("Quarter in which it takes effect; the first is 0", 0, unit="quarter", ge=0, le=LAST)
    state: Id = key("Who decides")
    lever: Id = key("Which lever; the Lab and `sim/levers` list them")
    target: str = key("On whom: a state, or * for all others", "", max_length=24)
    sector: str = key("In which sector, or * for all", "", max_length=24)
    value: Quantity | None = key("How strongly, in the lever's unit", None, default_words="withdraws the measure")
    options: dict[str, OptionValue] = key("Further settings of the lever, such as purpose", {})
    note: Prose = key("In words, for the teacher", "")

    def as_decision(self) -> Decision:
        """The same as a `Decision`; options become texts, as in a decisions file."""
        options = {name: _option(value) for name, value in self.options.items()}
        return Decision(self.quarter, self.state, self.lever, self.target, self.sector, self.value, options)


class InjectKeys(Table):
    """`[[inject]]`: something that happens in a quarter: it is announced, and kinds other than news strike the states named."""

    quarter: int = key("When; the first quarter is 0", unit="quarter", ge=0, le=LAST)
    kind: Literal["news", "productivity", "supply", "demand", "support", "government"] = key(
        "What it moves: nothing; value added for the same work; output of the same work and inputs, as in a bad harvest; what buyers elsewhere want of these "
        "states' goods; support of the public; who governs",
        "news",
    )
    states: list[Id] = key("Whom it concerns", [], default_words="everyone", max_length=250)
    sector: str = key("Which sector, of those that move trade; * for all", "", max_length=24)
    value: float = key("Size; news and government need none", 0.0, unit="change as a share, -0.1 = 10 % less", ge=-1, le=10)
    text: Line = key("What people read")


class DisputeKeys(Table):
    """`[[dispute]]`: what the senders want changed of the target's policy."""

    id: Id = key("Short name")
    issue: Line = key("The disputed policy, in one neutral sentence")
    senders: list[Id] = key("Who demands the change; the first leads", min_length=1, max_length=100)
    target: Id = key("Whose policy it is")
    demand: float = key("How much of the policy is to change", 1.0, unit="share", gt=0, le=1)
    kind: Literal["economic", "core"] = key("A matter of business, or one of the state's core interests", "economic")
    salience_sender: float = key("How much it matters to the senders", 0.5, unit="0 to 1", gt=0, lt=1)
    salience_target: float = key("How much it matters to the target", 0.5, unit="0 to 1", gt=0, lt=1)
    policy: float = key("How much of it is already changed at the start", 0.0, unit="share", ge=0, le=1)
    stage: Literal["dormant", "demand", "threat", "imposed"] = key("How far it has come at the start", "demand")
    institution: str = key("Organisation through which the senders act", "", default_words="none", max_length=24)
    package: Literal["", "payments", "technology", "partial trade", "embargo"] = key(
        "Bundle of measures threatened or in force, which followers are asked to join; needed at the stage threat", "", default_words="none"
    )


class AgreementKeys(Table):
    """`[[agreement]]`: a deal between two states."""

    id: Id = key("Short name")
    kind: Literal["licence", "barter", "cash_for_goods", "payment_link", "votes", "treaty", "credit"] = key("What is agreed")
    party_a: Id = key("The side that gives (licensor, seller, lender)")
    party_b: Id = key("The side that takes (licensee, buyer, borrower)")
    since: int = key("Quarter in which it begins; negative = before the start", 0, unit="quarter", ge=-LAST, le=LAST)
    until: int | None = key(
        "Quarter in which it ends; a note to readers, the deal goes on until a side ends it", None, unit="quarter", ge=0, le=LAST, default_words="open end"
    )
    terms: dict[str, Quantity] = key(
        "Numbers of the deal by name: level of what it puts in force; of a licence royalty, fee_bn, gap and shares by sector; others are a note to readers", {}
    )
    text: Line | None = key("The deal in words", None, default_words="none")


class ResolutionKeys(Table):
    """`[[resolution]]`: a text that is put to the vote."""

    id: Id = key("Short name")
    quarter: int = key("When it is tabled; the vote is in the next quarter", unit="quarter", ge=0, le=LAST)
    kind: Literal["condemn", "demand", "mandate", "lift", "designate"] = key("What it does")
    tabled_by: Id = key("Who tables it")
    about: Id = key("Which state it is about")
    body: Literal["assembly", "council"] = key("Where it is voted on", "assembly")
    position: float | None = key(
        "Place of the text on the line of ideal points", None, ge=-4, le=4, default_words="that of the state that tables it"
    )
    text: Line = key("What it says")


def _option(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value!r}"
