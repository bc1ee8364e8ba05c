"""One run: a scenario, a seed, decisions and a theory, played to the end; saved, and forked at any quarter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis import version
from sim.analysis.bills import WhoPaid, bills
from sim.orders import refuse_after_the_end
from sim.output import atomic_folder
from sim.record import Record, digest, write_tables
from sim.refusals import Refusal, nearest
from sim.scenario import Scenario, load
from sim.scenario.decisions import Decision
from sim.tables import TABLES
from sim.world import Decider, World

if TYPE_CHECKING:
    import pandas as pd

MOST_QUARTERS = 400


@dataclass
class Run:
    """A finished run. Tables are data frames with the columns of the contract; `snapshots[q]` is the start of quarter q."""

    setting: Scenario
    seed: int
    quarters: int
    theory: str
    parameters: Mapping[str, float]
    timetable: bool
    governments: bool
    played: tuple[str, ...]
    decisions: tuple[Decision, ...] | None  # None where a function decided: such a run cannot be replayed from its file
    record: Record
    snapshots: list[dict[str, Any]] = field(default_factory=list, repr=False)

    def table(self, name: str) -> pd.DataFrame:
        """A table by name; see `sim.tables.TABLES`."""
        return self.record.table(name)

    @cached_property
    def states(self) -> pd.DataFrame:
        """One row per quarter and state."""
        return self.table("states")

    @cached_property
    def households(self) -> pd.DataFrame:
        """One row per quarter, state and quintile."""
        return self.table("households")

    @cached_property
    def trade(self) -> pd.DataFrame:
        """One row per quarter, exporter, importer and sector with trade."""
        return self.table("trade")

    @cached_property
    def sectors(self) -> pd.DataFrame:
        """One row per quarter, state and sector."""
        return self.table("sectors")

    @cached_property
    def disputes(self) -> pd.DataFrame:
        """One row per quarter and dispute."""
        return self.table("disputes")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """One row per quarter and measure in force."""
        return self.table("measures")

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """One row per quarter and agreement."""
        return self.table("agreements")

    @cached_property
    def ties(self) -> pd.DataFrame:
        """One row per quarter and pair of states that have to do with each other."""
        return self.table("ties")

    @cached_property
    def votes(self) -> pd.DataFrame:
        """One row per resolution and state."""
        return self.table("votes")

    @cached_property
    def choices(self) -> pd.DataFrame:
        """The decisions table: one row per quarter, state, decision, option and term."""
        return self.table("decisions")

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row per event."""
        return self.table("events")

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each table's CSV text."""
        return {name: digest(self.record.csv(name)) for name in TABLES}

    def bills(self, twin: Run) -> WhoPaid:
        """Who paid, against the same run without the measures; see `sim.analysis.bills`."""
        return bills(self, twin)

    def save(self, folder: str | Path, force: bool = False) -> None:
        """Write `run.json`, every table and the codebook into a new or empty folder, all or nothing."""
        with atomic_folder(Path(folder), force) as target:
            digests = write_tables(self.record, target)
            about = {
                "format": 1,
                "versions": version.versions(),
                "scenario": self.setting.source,
                "scenario_hash": self.setting.digest,
                "seed": self.seed,
                "quarters": self.quarters,
                "theory": self.theory,
                "parameters": dict(self.parameters),
                "timetable": self.timetable,
                "governments": self.governments,
                "played": list(self.played),
                "decisions": None if self.decisions is None else [order.as_row() for order in self.decisions],
                "digests": digests,
                "digest": digest("".join(digests[name] for name in TABLES)),
            }
            text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
            (target / "run.json").write_text(text, encoding="utf-8", newline="\n")


def run(
    scenario: str | Path | Scenario,
    seed: int = 1,
    decisions: Iterable[Decision] | Decider | None = None,
    quarters: int | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
    governments: bool = True,
    played: Iterable[str] = (),
    keep_snapshots: bool = True,
    progress: Callable[[int, int], None] | None = None,
    strict: bool = True,
) -> Run:
    """Play a scenario and return the run.

    `scenario` is an id, a path or a `Scenario`. `decisions` is a list of `Decision`, or a function
    `(quarter, state, decision, options, beliefs) -> option or None` that may force any decision. `timetable=False` leaves the
    scenario's own timetable out (measures in force at the start stay). `governments=False` lets no government decide for
    itself; states in `played` do only what `decisions` say. `strict=False`: a deed that fits no dispute any more, because others were
    faster, comes to nothing and is told, instead of being refused. Raises `Refusal` for bad input and
    `NoEquilibrium` when a quarter's economy has no solution.
    """
    setting = scenario if isinstance(scenario, Scenario) else load(scenario)
    length = setting.quarters if quarters is None else quarters
    if not 1 <= length <= MOST_QUARTERS:
        raise Refusal(f"quarters: {length} is out of range; allowed is 1 to {MOST_QUARTERS}.")
    if not 0 <= seed < 2**63:
        raise Refusal(f"seed: {seed} is out of range; allowed is 0 to {2**63 - 1}.")
    listed = decisions if decisions is None or callable(decisions) else tuple(decisions)
    seats = tuple(played)
    known = [state.id for state in setting.states]
    for name in seats:
        if name not in known:
            raise Refusal(f"played: there is no state '{name}'; allowed are {', '.join(known)}.{nearest(name, known)}")
    world = World(setting, seed, listed, theory, parameters, timetable, governments, seats)
    world.strict = strict
    if isinstance(listed, tuple):
        refuse_after_the_end(listed, length, setting.id)
    result = Run(
        setting,
        seed,
        length,
        world.theory,
        dict(parameters or {}),
        timetable,
        governments,
        seats,
        None if callable(listed) else (listed or ()),
        world.record,
    )
    _play(world, result, keep_snapshots, progress)
    return result


def branch(run: Run, at: int, decisions: Iterable[Decision] = ()) -> Run:
    """Fork a run at the start of quarter `at`: the same history before it, the same luck, other decisions from then on.

    The run's own decisions for earlier quarters stay; from `at` on they are replaced by `decisions`.
    """
    if not 0 <= at < run.quarters:
        raise Refusal(f"branch: quarter {at} is not in the run; allowed is 0 to {run.quarters - 1}.")
    if len(run.snapshots) <= at:
        raise Refusal("branch: the run kept no snapshots; run it again with keep_snapshots=True.")
    if run.decisions is None:
        raise Refusal("branch: a run whose decisions came from a function cannot be forked; give the decisions as a list.")
    before = [order for order in run.decisions if order.quarter < at]
    after = list(decisions)
    early = [order for order in after if order.quarter < at]
    if early:
        raise Refusal(f"branch: a decision for quarter {early[0].quarter} lies before the fork at quarter {at}.")
    refuse_after_the_end(after, run.quarters, "branch")
    orders = (*before, *after)
    world = World(run.setting, run.seed, orders, run.theory, run.parameters, run.timetable, run.governments, run.played)
    world.restore(run.snapshots[at], run.record)
    result = replace(run, decisions=orders, record=world.record, snapshots=run.snapshots[:at])
    _play(world, result, True, None)
    return result


def _play(world: World, result: Run, keep_snapshots: bool, progress: Callable[[int, int], None] | None) -> None:
    while world.quarter < result.quarters:
        if keep_snapshots:
            result.snapshots.append(world.snapshot())
        world.step()
        if progress is not None:
            progress(world.quarter, result.quarters)
