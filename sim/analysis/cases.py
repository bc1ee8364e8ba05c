"""Cases: what a world's disputes look like to somebody who codes sanctions from the outside.

A case begins when a dispute leaves its rest (a demand, a threat or measures) and ends when it is settled or abandoned; a dispute taken up again is
a new case. For each: who, whom, about what, when threatened, imposed and ended, by which instruments, how much of the demand was met and
at which stage that began, and what measures cost target and leader while they were in force. Where a twin run without the measures is at
hand, that is their real income against the twin's, quarter by quarter. Where many disputes overlap it is their real income against that of the
same quarter without these measures alone, once a year: what deals, help and luck do to both is the same with and without, but trade that would
have to grow again is not counted, so it understates what old measures cost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.government.forecast import Forecasts
from sim.government.packages import measures_of
from sim.scenario import Scenario
from sim.world import Decider, World

if TYPE_CHECKING:
    from sim.government.dispute import Dispute

CLOSED = ("dormant", "settled", "abandoned")
HALF, FULL = 0.5, 0.95  # share of the demand met that counts as a success, and as full compliance
YEAR = 4


@dataclass
class Case:
    """One case. Quarters are those of the world; None means it never happened. Losses are mean annual rates in % of real income."""

    dispute: str
    leader: str
    senders: tuple[str, ...]
    target: str
    kind: str
    issue: str
    institution: bool
    demand: float
    began: int
    last: int  # last quarter seen
    threatened: int | None = None
    imposed: int | None = None
    ended: int | None = None
    ending: str = ""  # settled or abandoned; blank while it goes on
    conceded_at: str = ""  # stage of the first concession
    conceded_in: int | None = None  # quarter of the concession under measures that stands at the end, None where there is none
    negotiated: bool = False  # whether it came to relief by stages against a part of the demand
    met: float = 0.0  # share of the demand met so far
    met_by_ten: float = 0.0  # the same ten years after imposition at the latest
    instruments: set[str] = field(default_factory=set)
    losses: list[float] = field(default_factory=list)
    sender_losses: list[float] = field(default_factory=list)

    @property
    def years(self) -> float | None:
        """Years in force, for what was imposed and has ended."""
        return None if self.imposed is None or self.ended is None else (self.ended - self.imposed) / YEAR

    @property
    def loss(self) -> float:
        """Mean annual loss of the target while measures were in force, %."""
        return float(np.mean(self.losses)) if self.losses else 0.0

    @property
    def sender_loss(self) -> float:
        """Mean annual loss of the leading sender while measures were in force, %."""
        return float(np.mean(self.sender_losses)) if self.sender_losses else 0.0


def live(
    setting: Scenario,
    seed: int,
    quarters: int,
    parameters: Mapping[str, float],
    arrivals_until: int | None = None,
    decider: Decider | None = None,
    losses: bool = True,
    progress: Callable[[int, int], None] | None = None,
    until: Callable[[Sequence[Case]], bool] | None = None,
    twin: Sequence[NDArray[np.float64]] | None = None,
) -> list[Case]:
    """Let a world live and return its cases in the order in which they began.

    New disputes arise until the quarter `arrivals_until` (None: to the end). `decider` may force decisions; as soon as
    `until(cases)` is true there is nothing more to see; `losses` says whether they are wanted; `twin` are real incomes `(state,)` by
    quarter of the run without measures, see `incomes`.
    """
    world = World(setting, seed, decider, None, parameters)
    found: list[Case] = []
    open_: dict[str, Case] = {}
    for quarter in range(quarters):
        if arrivals_until is not None and quarter == arrivals_until:
            world.p = {**world.p, "arrival_rate": 0.0}
        world.step()
        forecasts = Forecasts(world) if losses and twin is None else None
        for name, dispute in world.politics.disputes.items():
            _see(world, name, dispute, quarter, open_, found, forecasts)
        if twin is not None:
            _against(world, twin[quarter], open_)
        if progress is not None:
            progress(quarter + 1, quarters)
        if until is not None and until(found):
            break
    return found


def incomes(setting: Scenario, seed: int, quarters: int, parameters: Mapping[str, float], decider: Decider | None = None) -> list[NDArray[np.float64]]:
    """Real incomes `(state,)` relative to the base by quarter of a world that lives by itself."""
    world = World(setting, seed, decider, None, parameters)
    found = []
    for _ in range(quarters):
        world.step()
        assert world.solution is not None
        found.append(world.solution.real_income)
    return found


def _against(world: World, twin: NDArray[np.float64], open_: Mapping[str, Case]) -> None:
    """What measures in force cost this quarter, against the twin."""
    assert world.solution is not None
    lost = 100.0 * (1.0 - world.solution.real_income / twin)
    for name, case in open_.items():
        if case.imposed is not None:
            dispute = world.politics.disputes[name]
            case.losses.append(float(lost[dispute.target]))
            case.sender_losses.append(float(lost[dispute.leader]))


def _see(
    world: World, name: str, dispute: Dispute, quarter: int, open_: dict[str, Case], found: list[Case], forecasts: Forecasts | None
) -> None:
    case = open_.get(name)
    if case is None:
        fresh = dispute.stage not in CLOSED or dispute.ended_in == quarter
        if not fresh:
            return
        case = Case(
            name, world.ids[dispute.leader], tuple(world.ids[sender] for sender in dispute.senders), world.ids[dispute.target],
            dispute.kind, dispute.issue, dispute.institution, dispute.demand, quarter, quarter,
        )
        open_[name] = case
        found.append(case)
    case.last = quarter
    case.negotiated = case.negotiated or dispute.stage == "relief"
    case.demand = max(case.demand, dispute.demand)
    if case.threatened is None and dispute.threatened_in is not None and dispute.threatened_in >= case.began:
        case.threatened = dispute.threatened_in
    if case.imposed is None and dispute.imposed_in is not None and (dispute.imposed_in >= case.began or dispute.stage == "imposed"):
        case.imposed = max(dispute.imposed_in, case.began)
    if dispute.demand > 0:
        case.met = min(dispute.policy / dispute.demand, 1.0)
    if case.imposed is None or quarter - case.imposed <= 10 * YEAR:
        case.met_by_ten = case.met
    if case.imposed is not None:
        case.conceded_in = None if case.met <= 0 else quarter if case.conceded_in is None else case.conceded_in
    if case.met > 0:
        case.conceded_at = dispute.conceded_at or case.conceded_at
    if case.imposed is not None and dispute.stage not in CLOSED:
        case.instruments |= {measure.lever for measure in measures_of(world, dispute)}
        if forecasts is not None and (quarter - case.imposed) % YEAR == 0:
            lost = forecasts.of_keeping(measures_of(world, dispute)).now
            case.losses.append(float(lost[dispute.target]))
            case.sender_losses.append(float(lost[dispute.leader]))
    if dispute.stage in CLOSED:
        case.ended, case.ending = quarter, dispute.stage if dispute.stage != "dormant" else "abandoned"
        del open_[name]
