"""What the screens need of a run, small enough to keep many: wide tables by state, trade by pair, measures, events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim import api
from ui.roles import Roles, at_issue, roles_in
from ui.shelf import Shelf
from ui.view import Choice, View, decisions

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sim.scenario.scenario import DisputeSpec

RUNS_KEPT = 48  # about 1 MB each for a dozen states over 24 quarters
YEAR = 4  # quarters


@dataclass(frozen=True, eq=False)
class Outcome:
    """A run as the screens use it. `key` says what was run: equal keys, equal outcomes."""

    key: tuple[object, ...]
    states: pd.DataFrame  # the run's table, all columns
    measures: pd.DataFrame
    events: pd.DataFrame
    true_trade: NDArray[np.float64]  # (quarter, exporter, importer), USD bn per quarter, foreign and domestic
    recorded_trade: NDArray[np.float64]  # the same as trade statistics record it
    ids: tuple[str, ...]
    run: api.Run  # without snapshots: all its other tables, and every choice of a government

    @property
    def quarters(self) -> int:
        """How many quarters were run."""
        return len(self.true_trade)

    def wide(self, column: str) -> pd.DataFrame:
        """A column of the states table with quarters as rows and states as columns, in the scenario's order."""
        import pandas as pd

        return pd.DataFrame(self.run.record.series("states", column), columns=list(self.ids)).rename_axis(index="quarter", columns="state")

    def partners(self, state: str, first: int, last: int) -> pd.DataFrame:
        """Trade of `state` with each other state, mean of quarters `first` to `last`, USD bn a YEAR: `exports`, `imports`."""
        import pandas as pd

        place = self.ids.index(state)
        mean = YEAR * self.true_trade[first : last + 1].mean(axis=0)
        return pd.DataFrame({"exports": mean[place, :], "imports": mean[:, place]}, index=list(self.ids)).drop(index=state)


_RUNS: Shelf[Outcome] = Shelf(RUNS_KEPT)

Progress = Callable[[int, int], None]


def play(view: View, choice: Choice, setting: api.Scenario, progress: Progress | None = None) -> Outcome:
    """Run the scenario with the measures of `choice`, or take the run from the shelf. Raises `Refusal`, `NoEquilibrium`."""
    length = view.length(setting)
    orders = decisions(choice, setting, length)
    rows = tuple(tuple(order.as_row().items()) for order in orders)
    key = (setting.id, setting.digest, view.seed, length, view.theory, view.numbers, choice.untouched, rows)
    return _RUNS.get(key, lambda: _run(key, setting, view, choice, orders, progress))


def _run(
    key: tuple[object, ...], setting: api.Scenario, view: View, choice: Choice, orders: list[api.Decision], progress: Progress | None
) -> Outcome:
    run = api.run(
        setting,
        seed=view.seed,
        decisions=orders,
        quarters=view.length(setting),
        theory=view.theory or None,
        parameters=dict(view.numbers),
        timetable=False,
        governments=not choice.untouched,
        keep_snapshots=False,
        progress=progress,
    )
    return outcome_of(run, key)


def outcome_of(run: api.Run, key: tuple[object, ...]) -> Outcome:
    """A finished run as the screens use it; `key` says what was run."""
    return Outcome(
        key=key,
        states=run.states,
        measures=run.measures,
        events=run.events,
        true_trade=run.record.series("trade", "true_value").sum(axis=3),
        recorded_trade=run.record.series("trade", "recorded_value").sum(axis=3),
        ids=run.setting.state_ids,
        run=run,
    )


def nothing_added(setting: api.Scenario) -> Choice:
    """The choice every run is compared with: no measure at all, neither the scenario's nor the visitor's nor a government's."""
    return Choice(frozenset(range(len(setting.measures) + len(setting.timetable))), untouched=True)


def roles_of(outcome: Outcome, setting: api.Scenario) -> Roles:
    """Targets, senders and third parties of a run."""
    return roles_in(outcome.measures, setting.state_ids, [dispute.target for dispute in came_up(outcome.run, setting)])


def in_focus(view: View, setting: api.Scenario, roles: Roles) -> str:
    """The state that pages show first: the visitor's choice, else whom the newest measure is about, else the main target, else the first state."""
    return view.look or next(iter([*_aimed(view, setting), *roles.target]), setting.state_ids[0])


def _aimed(view: View, setting: api.Scenario) -> list[str]:
    """Whom the visitor's measures are about, the newest first: who is named, or who uses one that is for home or answers another's."""
    asks = ((ask, ask.target in setting.state_ids and api.LEVERS[ask.lever].side != "target") for ask in reversed(view.choice.asks))
    return [ask.target if named else ask.state for ask, named in asks]


def focus_of(view: View, setting: api.Scenario) -> str:
    """The state in focus of a view whose run is not on the page; where it has no run, the target of the first dispute."""
    if view.look:
        return view.look
    try:
        return in_focus(view, setting, roles_of(play(view, view.choice, setting), setting))
    except (api.NoEquilibrium, api.Refusal):
        return next((dispute.target for dispute in setting.disputes), setting.state_ids[0])


def came_up(run: api.Run, setting: api.Scenario) -> list[DisputeSpec]:
    """The scenario's disputes that came up in a run; all of them while none did."""
    return at_issue(setting.disputes, {row[1] for row in run.record.rows("disputes")})


def against(run: api.Run, quarter: int) -> int:
    """How many measures against another state are in force in a quarter: those with a target that are not meant to help it."""
    return sum(row[0] == quarter and bool(row[4]) and not api.LEVERS[row[2]].friendly for row in run.record.rows("measures"))


def deals(run: api.Run) -> tuple[int, int]:
    """How many agreements there were in a run, those from before it too, and how many of them hold at the end: neither broken nor ended."""
    last = {row[1]: row[8] for row in run.record.rows("agreements")}
    return len(last), sum(status not in ("broken", "ended") for status in last.values())


def first_difference(now: Outcome, before: Outcome) -> int:
    """The first quarter in which the measures in force differ; 0 where they never do."""
    fields = ["quarter", "measure", "level"]
    ours, theirs = (set(map(tuple, outcome.measures[fields].to_numpy().tolist())) for outcome in (now, before))
    return min((int(row[0]) for row in ours ^ theirs), default=0)


def turns(outcome: Outcome) -> list[int]:
    """Quarters in which a measure began, ended or changed its level."""
    by_quarter: dict[int, set[tuple[str, float]]] = {}
    for quarter, measure, level in outcome.measures[["quarter", "measure", "level"]].itertuples(index=False):
        by_quarter.setdefault(int(quarter), set()).add((str(measure), float(level)))
    return [quarter for quarter in range(1, outcome.quarters) if by_quarter.get(quarter, set()) != by_quarter.get(quarter - 1, set())]
