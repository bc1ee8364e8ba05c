"""What the class has played so far, put together from the rounds' public results: tables for the charts, names, roles.

Everything is what statistics and newspapers show; nothing a seat keeps to itself is in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from sim import api
from ui.outcome import YEAR
from ui.roles import Roles, at_issue, roles_in

if TYPE_CHECKING:
    import pandas as pd

    from ui.classroom.view import RoundSeen


@dataclass(frozen=True)
class Atlas:
    """Names of states, sectors and organisations, first month, disputes: from the scenario as it is installed here (or empty, where it is not)."""

    states: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    start: str = ""
    disputes: tuple[Any, ...] = ()
    setting: api.Scenario | None = None
    organisations: Mapping[str, str] = field(default_factory=dict)

    def state(self, name: str) -> str:
        """A state's name, or its id where the scenario is not installed."""
        return self.states.get(name, name)


@lru_cache(maxsize=64)
def atlas(reference: str) -> Atlas:
    """The atlas of a scenario. A scenario that cannot be read any more gives an empty one: the class goes on with ids."""
    try:
        setting = api.load(reference)
    except api.Refusal:
        return Atlas()
    return Atlas(
        {state.id: state.name for state in setting.states},
        {sector.id: sector.name for sector in setting.sectors},
        setting.start,
        setting.disputes,
        setting,
        {body.id: body.name for body in setting.organisations},
    )


@dataclass(frozen=True, eq=False)
class ClassRun:
    """The rounds played so far as tables. `key` names what was played: equal keys, equal runs."""

    key: tuple[object, ...]
    states: pd.DataFrame
    untouched: pd.DataFrame  # the same world with the same luck and no measures
    start: pd.DataFrame  # its first quarter
    pairs: pd.DataFrame  # quarter, exporter, importer, value, untouched: recorded trade, USD bn a quarter
    measures: pd.DataFrame
    events: pd.DataFrame
    disputes: pd.DataFrame
    ids: tuple[str, ...]
    places: Atlas

    @property
    def quarters(self) -> int:
        """How many quarters were played."""
        return int(self.states["quarter"].max()) + 1

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the states by id."""
        return {state: self.places.state(state) for state in self.ids}

    @cached_property
    def roles(self) -> Roles:
        """Targets, senders and third parties by the measures used and the disputes of the scenario that came up."""
        disputes = at_issue([dispute for dispute in self.places.disputes if dispute.target in self.ids], set(self.disputes.get("dispute", ())))
        found = roles_in(self.measures, self.ids, [dispute.target for dispute in disputes])
        target = tuple(dict.fromkeys([*found.target, *(dispute.target for dispute in disputes)]))
        asking = {state for dispute in disputes for state in dispute.senders}
        sender = tuple(state for state in self.ids if state not in target and (state in found.sender or state in asking))
        return Roles(target, sender, tuple(state for state in self.ids if state not in target and state not in sender))

    def wide(self, column: str, untouched: bool = False) -> pd.DataFrame:
        """A column with quarters as rows and states as columns. One table for everybody in the class: not to be changed."""
        if (column, untouched) not in self._wide:
            table: pd.DataFrame = (self.untouched if untouched else self.states).pivot(index="quarter", columns="state", values=column)
            self._wide[column, untouched] = table[list(self.ids)].astype(float)
        return self._wide[column, untouched]

    @cached_property
    def _wide(self) -> dict[tuple[str, bool], pd.DataFrame]:
        return {}

    def partners(self, state: str, column: str) -> pd.DataFrame:
        """Recorded trade of a state by partner, mean of the last four quarters, USD bn a YEAR: `exports`, `imports`."""
        import pandas as pd

        recent = self.pairs[self.pairs["quarter"] >= self.quarters - YEAR]
        count = recent["quarter"].nunique() or 1
        table = recent.pivot_table(index="exporter", columns="importer", values=column, aggfunc="sum", sort=False) * YEAR / count
        table = table.reindex(index=list(self.ids), columns=list(self.ids)).fillna(0.0)
        return pd.DataFrame({"exports": table.loc[state], "imports": table[state]}, index=list(self.ids)).drop(index=state)

    def first_difference(self) -> int:
        """The first quarter in which a measure is in force; 0 where none ever is."""
        return int(self.measures["quarter"].min()) if len(self.measures) else 0

    def turns(self) -> list[int]:
        """Quarters in which a measure began, ended or changed its level."""
        by_quarter: dict[int, set[tuple[str, float]]] = {}
        for quarter, measure, level in self.measures[["quarter", "measure", "level"]].itertuples(index=False):
            by_quarter.setdefault(int(quarter), set()).add((str(measure), float(level)))
        return [quarter for quarter in range(1, self.quarters) if by_quarter.get(quarter, set()) != by_quarter.get(quarter - 1, set())]

    def in_force(self, sender: str = "") -> list[dict[str, Any]]:
        """The measures in force in the last quarter played, of one state or of all."""
        last = self.measures[self.measures["quarter"] == self.quarters - 1]
        rows: list[dict[str, Any]] = (last[last["sender"] == sender] if sender else last).to_dict("records")  # type: ignore[assignment]
        return rows

    def since(self, measure: str) -> int:
        """The quarter from which on a measure of the last quarter has been in force without a break."""
        kept = set(self.measures.loc[self.measures["measure"] == measure, "quarter"])
        first = self.quarters - 1
        while first - 1 in kept:
            first -= 1
        return first


def run_of(seen: Sequence[RoundSeen], reference: str, before: ClassRun | None = None) -> ClassRun | None:
    """The run of the resolved rounds, or None before the first. Where the run `before` the last round is at hand, only that round is read."""
    import pandas as pd

    known = before if before is not None and before.key == (reference, *(row.digest for row in seen[:-1])) else None
    parts = [row.public for row in (seen if known is None else seen[-1:]) if "pairs" in row.public]
    key = (reference, *(row.digest for row in seen))
    if not parts:
        return None if known is None else replace(known, key=key)

    def joined(name: str) -> pd.DataFrame:
        tables = [pd.DataFrame(part[name]) for part in parts]
        if known is not None:
            tables.insert(0, getattr(known, name))
        full = [table for table in tables if len(table)]
        return pd.concat(full, ignore_index=True) if full else tables[0]

    tables = {name: joined(name) for name in ("states", "untouched", "pairs", "measures", "events", "disputes")}
    if known is not None:
        return replace(known, key=key, **tables)  # type: ignore[arg-type]
    ids = tuple(dict.fromkeys(parts[0]["states"]["state"]))
    return ClassRun(key=key, **tables, start=pd.DataFrame(parts[0]["start"]), ids=ids, places=atlas(reference))
