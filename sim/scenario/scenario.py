"""A scenario as the rest of the program sees it: frozen, checked, arrays ready.

Axes are written at each array. Money is USD bn per YEAR here (the world divides by four). Every field that a file may leave
out has its default in the schema (`sim/scenario/schema*.py`), not here; `scenarios/README.md` lists them. A None means
that the model's own value for the state's regime type or sector kind is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

RegimeType = Literal["democracy", "single-party", "personal", "monarchy"]
SectorKind = Literal["food", "energy", "basic", "high_tech", "services", "finance", "other"]


@dataclass(frozen=True)
class StateSpec:
    """A state: its people, its government, its money. See `scenarios/README.md` for units and ranges."""

    id: str
    name: str
    regime: RegimeType
    population_m: float
    gini: float
    ideal_point: float
    hub: bool
    neutral: bool
    shock_scale: float  # size of random productivity shocks, 1 = the model's own
    reserves_bn: float  # foreign reserves at the start
    reserves_held_in: Mapping[str, float]  # share of reserves by holder; the rest is out of reach
    foreign_debt_bn: float
    food_share_poorest: float | None  # share of food in the spending of the poorest fifth
    energy_share_poorest: float | None
    winning_coalition: float | None  # share of the people whose support the government needs
    public_weight: float | None  # how much of a loss the government feels for the public, 0 to 1; None: by the regime type
    support_public: float
    support_elite: float
    enforcement: float  # capacity to enforce its measures, 1 = usual
    transhipment: float  # capacity to pass goods on to third parties, 1 = usual
    connector: bool
    council: bool
    veto: bool
    mediator: bool
    lobby: Mapping[str, float]  # weight of a sector's owners in politics, 1 where not named
    members: tuple[str, ...]  # codes of the economies it stands for
    note: str


@dataclass(frozen=True)
class SectorSpec:
    """A sector: `trade_elasticity` is the long-run one (theta)."""

    id: str
    name: str
    kind: SectorKind
    trade_elasticity: float
    essential: bool
    storable: bool
    note: str


@dataclass(frozen=True)
class Tie:
    """What two states are to each other at the start; the tables `Scenario.alliance` and so on hold the same numbers."""

    a: str
    b: str
    alliance: float
    affinity: float | None  # None: from the distance of the two ideal points
    rivalry: float
    grievance_a: float  # held by a against b
    grievance_b: float
    trust: float
    note: str


@dataclass(frozen=True)
class Organisation:
    """A group of states with a common institution; `coalition` tells readers that it imposes measures together, the model makes nothing of it."""

    id: str
    name: str
    members: tuple[str, ...]
    coalition: bool
    note: str


@dataclass(frozen=True)
class Inject:
    """Something that happens to states in a quarter: a text, and for kinds other than `news` what it moves (see `sim.phases.shock`)."""

    quarter: int
    kind: Literal["news", "productivity", "supply", "demand", "support", "government"]
    states: tuple[str, ...]
    sector: str
    value: float
    text: str


@dataclass(frozen=True)
class DisputeSpec:
    """A dispute: what the senders want changed of the target's policy. `senders[0]` leads."""

    id: str
    issue: str
    senders: tuple[str, ...]
    target: str
    demand: float
    kind: Literal["economic", "core"]
    salience_sender: float
    salience_target: float
    policy: float
    stage: Literal["dormant", "demand", "threat", "imposed"]
    institution: str
    package: str = ""


@dataclass(frozen=True)
class AgreementSpec:
    """An agreement in force from `since` (negative: before the first quarter), with its terms by name."""

    id: str
    kind: Literal["licence", "barter", "cash_for_goods", "payment_link", "votes", "treaty", "credit"]
    party_a: str
    party_b: str
    since: int
    until: int | None
    terms: Mapping[str, float]
    text: str


@dataclass(frozen=True)
class ResolutionSpec:
    """A resolution that will be tabled in a quarter."""

    id: str
    quarter: int
    kind: Literal["condemn", "demand", "mandate", "lift", "designate"]
    tabled_by: str
    about: str
    body: Literal["assembly", "council"]
    position: float | None  # place of the text on the ideal-point scale
    text: str


@dataclass(frozen=True)
class Role:
    """A seat in class: whose government it speaks for, what it reads, and the weights of its goals over outcomes."""

    id: str
    state: str
    title: str
    packet: str
    private: str
    goals: Mapping[str, float]


@dataclass(frozen=True)
class Objective:
    """Something students can do afterwards; `lit_by` are kinds of event or levers, spaces written as _, that show it has come up."""

    text: str
    topic: str
    lit_by: tuple[str, ...]
    question: str


def seats_of(fewest: int, most: int, roles: int) -> tuple[int, int]:
    """Fewest and most seats that a class for so many students has: at most one for each role. Students beyond that share seats."""
    return min(fewest, roles), max(1, min(most, roles))


@dataclass(frozen=True)
class Teaching:
    """What a teacher reads before the class and uses in it. `min_seats` to `max_seats` students can be in the class; see `seats`."""

    briefing: str
    minutes: int
    min_seats: int
    max_seats: int
    quarters_per_round: int
    objectives: tuple[str, ...]
    content_note: str
    leaves_out: tuple[str, ...]
    debrief_questions: tuple[str, ...]

    def seats(self, roles: int) -> tuple[int, int]:
        """Fewest and most seats of a class with so many roles to play."""
        return seats_of(self.min_seats, self.max_seats, roles)


@dataclass(frozen=True)
class Expect:
    """A claim in words and the same claim for a machine; see `sim.scenario.expects`."""

    text: str
    table: str
    outcome: str
    where: Mapping[str, str]
    quarters: tuple[int, int]
    compared: Literal["no-measures", "start", "level"]
    above: float | None
    below: float | None
    share_of_seeds: float
    mechanism: str
    theory: str = ""  # "" for that of the scenario
    governments: bool = True  # whether they decide for themselves
    decisions: tuple[Decision, ...] = ()
    played: tuple[str, ...] = ()  # states that do only what timetable and decisions say


@dataclass(frozen=True)
class Source:
    """A work or data set the scenario rests on, and what it was used for."""

    text: str
    licence: str
    used_for: str


@dataclass(frozen=True, eq=False)
class Scenario:
    """Everything a scenario file says.

    `source` is what `load` takes to read it again (its id when it ships, else its path; "" for a generated world).
    `digest` is the SHA-256 of the file and its tables. Arrays are read-only.
    """

    id: str
    title: str
    question: str
    kind: Literal["fictional", "historical"]
    start: str  # label of the first quarter, "2014-01"; "" where quarters are only numbered
    quarters: int
    theory: str
    text: Teaching
    states: tuple[StateSpec, ...]
    sectors: tuple[SectorSpec, ...]
    flows: Array  # (sector, exporter, importer), USD bn per year before tariff, domestic sales on the diagonal
    tariffs: Array  # (sector, exporter, importer), 0.05 = 5 %
    value_added: Array  # (sector, state), share of gross output
    inputs: Array  # (input_sector, sector, state), share of the sector's cost; with value_added they sum to 1
    alliance: Array  # (state, state), 0 to 1, symmetric
    affinity: Array  # (state, state), -1 to 1, symmetric
    rivalry: Array  # (state, state), 0 to 1, symmetric
    grievance: Array  # (holder, against), 0 to 1
    trust: Array  # (state, state), 0 to 1, symmetric
    ties: tuple[Tie, ...]
    organisations: tuple[Organisation, ...]
    measures: tuple[Decision, ...]  # in force at the start, quarter 0
    timetable: tuple[Decision, ...]
    injects: tuple[Inject, ...]
    disputes: tuple[DisputeSpec, ...]
    agreements: tuple[AgreementSpec, ...]
    resolutions: tuple[ResolutionSpec, ...]
    roles: tuple[Role, ...]
    expects: tuple[Expect, ...]
    sources: tuple[Source, ...]
    parameters: Mapping[str, float]
    note: str  # what is stylised, and how deficits are treated
    source: str
    digest: str
    objectives: tuple[Objective, ...] = ()  # those of `text.objectives` that say what shows them

    @property
    def state_ids(self) -> tuple[str, ...]:
        """Ids of the states, in the order of every state axis."""
        return tuple(state.id for state in self.states)

    @property
    def sector_ids(self) -> tuple[str, ...]:
        """Ids of the sectors, in the order of every sector axis."""
        return tuple(sector.id for sector in self.sectors)

    def goal_outcomes(self, state: str) -> tuple[str, ...]:
        """Outcomes that the goals of the state's roles name."""
        return tuple(dict.fromkeys(name for role in self.roles if role.state == state for name in role.goals))

    def with_released(self, released: Sequence[tuple[int, str]]) -> Scenario:
        """The scenario with injects that somebody released: (quarter, name), a name beginning with the inject's number, as "2-news". One that is still to come
        happens then instead; one that has happened is told again, and strikes nobody twice."""
        if not released:
            return self
        own, again = list(self.injects), []
        for quarter, name in released:
            number = int(name.partition("-")[0])
            if quarter < own[number].quarter:
                own[number] = replace(own[number], quarter=quarter)
            else:
                again.append(replace(own[number], quarter=quarter, kind="news"))
        return replace(self, injects=(*own, *again))

    def deficits(self) -> Array:
        """(state,) imports minus exports before tariff, USD bn per year."""
        deficit: Array = self.flows.sum(axis=(0, 1)) - self.flows.sum(axis=(0, 2))
        return deficit
