"""Play a session's decisions in the model and sort what comes out by who may see it. Runs in the worker process.

Everybody sees what statistics and newspapers would show. A seat alone sees its own state's true figures and its own resolve. True trade,
the others' resolve and the reasons of every government wait for the debrief.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ui.classroom.openings import NAMED, OFFERED, OPEN, RELIEF, names_of_world, of_world, offers_of_world, relief_offered

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.scenario import Scenario
    from sim.world import World

PUBLIC_OF_STATES = (
    "quarter", "state", "real_income", "consumption", "price_index", "exchange_rate", "exports_recorded", "imports_recorded", "unrest",
    "poverty_gap", "essentials",
)  # fmt: skip
UNTOUCHED_OF_STATES = ("quarter", "state", "real_income", "consumption", "price_index", "exports_recorded", "imports_recorded")
SMALL = "first-warning"  # has sanctions, detours, money and technology: all inner loops run in its first quarter
WORLDS_KEPT = 4  # worlds without measures, stepped on as a class goes on
PUBLIC_OF_TRADE = ("quarter", "exporter", "importer", "sector", "recorded_value")
SECRET_OF_DISPUTES = ("resolve_sender", "resolve_target")
UNSEEN = ("backslide",)  # deeds that nobody is told of; what is seen of them is an event of its own
SECRET_OF_AGREEMENTS = ("hoped",)
DIGITS = 7  # significant digits kept for pages; the digest is over the full tables

Table = dict[str, list[Any]]


def play(
    scenario: str,
    seed: int,
    theory: str,
    moves: Sequence[Mapping[str, Any]],
    upto: int,
    first: int,
    held: Sequence[tuple[str, int, int]],
    injects: Sequence[tuple[int, str]] = (),
) -> dict[str, Any]:
    """Play quarters 0 to `upto` - 1 and report those from `first` on: public, private by state, debrief, digest.

    In quarters in which people hold a state's seat, neither the model's agent nor the scenario's timetable acts for it.

    `injects` are the scenario's own (number and kind, as in the card), released by the instructor in a quarter; see `Scenario.with_released`.
    """
    from sim import api

    setting = api.load(scenario).with_released(injects)
    untouched = _untouched(setting, seed, theory, upto, tuple(injects))
    setting = replace(setting, timetable=tuple(order for order in setting.timetable if not _held(held, order.state, order.quarter)))
    decisions = [api.Decision(**move) for move in moves]
    world = api.World(setting, seed, decisions, theory or None)
    world.strict = False
    while world.quarter < upto:
        world.seat(held)
        world.step()
    doable, namable, offered = of_world(world), names_of_world(world), offers_of_world(world)
    digest = hashlib.sha256()
    for name in api.TABLES:
        digest.update(world.record.csv(name).encode())
    tables = {name: world.record.table(name) for name in api.TABLES}
    recent = {name: table[table["quarter"] >= first] for name, table in tables.items()}
    return {
        "digest": digest.hexdigest(),
        "public": {
            **_public(recent, first, upto),
            "due": _due(world),
            RELIEF: relief_offered(world, first),
            **_compared(recent["trade"], untouched, first, upto),
        },
        "private": {
            state: {**_private(recent, state), OPEN: doable[state], NAMED: namable[state], OFFERED: offered[state]} for state in setting.state_ids
        },
        "debrief": {
            "trade": plain(recent["trade"]),
            "disputes": plain(recent["disputes"]),
            "agreements": plain(recent["agreements"]),
            "decisions": plain(recent["decisions"]),
            "states": plain(recent["states"]),
        },
    }


def _due(world: World) -> dict[str, int]:
    """The quarter in which each threat that stands falls due, by dispute."""
    standing = {name: dispute for name, dispute in world.politics.disputes.items() if dispute.stage == "threat"}
    return {name: dispute.deadline for name, dispute in standing.items() if dispute.deadline is not None}


def _held(held: Sequence[tuple[str, int, int]], state: str, quarter: int) -> bool:
    return any(name == state and since <= quarter <= until for name, since, until in held)


@dataclass
class Untouched:
    """The same world with the same luck and no new measures, stepped on as the class goes on: what everything is compared with.

    Of its quarters only that is kept which is compared, so that it hardly grows: rows of `UNTOUCHED_OF_STATES` and recorded trade by pair.
    """

    world: World
    states: list[Table] = field(default_factory=list)
    pairs: list[dict[tuple[str, str], float]] = field(default_factory=list)

    def play(self, upto: int) -> Untouched:
        """Play on until the quarter `upto` is to come."""
        while self.world.quarter < upto:
            self.world.step()
            record = self.world.record
            self.states.append(plain(record.table("states")[list(UNTOUCHED_OF_STATES)]))
            traded = record.table("trade").groupby(["exporter", "importer"], sort=False)["recorded_value"].sum().reset_index()
            self.pairs.append(dict(zip(zip(traded["exporter"], traded["importer"], strict=True), traded["recorded_value"].tolist(), strict=True)))
            record.forget()
        return self

    def states_in(self, first: int, upto: int) -> Table:
        """The rows of these quarters as one table."""
        return {name: [value for part in self.states[first:upto] for value in part[name]] for name in UNTOUCHED_OF_STATES}

    def pairs_in(self, first: int, upto: int) -> dict[tuple[int, str, str], float]:
        """Recorded trade by quarter, exporter and importer, USD bn a quarter."""
        return {(first + place, *pair): value for place, part in enumerate(self.pairs[first:upto]) for pair, value in part.items()}


_WORLDS: OrderedDict[tuple[object, ...], Untouched] = OrderedDict()


def get_ready() -> None:
    """Play a quarter of a small scenario: on a new installation the inner loops are translated now (half a minute) and not while a class waits."""
    play(SMALL, 1, "", [], 1, 0, [])
    _WORLDS.clear()


def _untouched(setting: Scenario, seed: int, theory: str, upto: int, injects: tuple[object, ...]) -> Untouched:
    """That world, kept from round to round."""
    from sim import api

    key = (setting.source, setting.digest, seed, theory, str(injects))
    found = _WORLDS.pop(key, None) or Untouched(api.World(setting, seed, [], theory or None, timetable=False, governments=False))
    _WORLDS[key] = found.play(upto)
    while len(_WORLDS) > WORLDS_KEPT:
        _WORLDS.popitem(last=False)
    return found


def _compared(trade: pd.DataFrame, untouched: Untouched, first: int, upto: int) -> dict[str, Any]:
    import pandas as pd

    by = ["quarter", "exporter", "importer"]
    kept = untouched.pairs_in(first, upto)
    without = pd.Series(list(kept.values()), index=pd.MultiIndex.from_tuples(list(kept), names=by), name="untouched", dtype=float)
    both = trade.groupby(by, sort=False)["recorded_value"].sum().rename("value").to_frame().join(without).reset_index()
    return {"start": untouched.states_in(0, 1), "untouched": untouched.states_in(first, upto), "pairs": plain(both)}


def _public(recent: Mapping[str, pd.DataFrame], first: int, upto: int) -> dict[str, Any]:
    return {
        "first_quarter": first,
        "upto_quarter": upto,
        "states": plain(recent["states"][list(PUBLIC_OF_STATES)]),
        "trade": plain(recent["trade"][list(PUBLIC_OF_TRADE)]),
        "disputes": plain(_known_disputes(recent["disputes"]).drop(columns=list(SECRET_OF_DISPUTES))),
        "agreements": plain(recent["agreements"].drop(columns=list(SECRET_OF_AGREEMENTS))),
        "measures": plain(recent["measures"]),
        "votes": plain(recent["votes"]),
        "events": plain(recent["events"][~recent["events"]["event"].isin(UNSEEN)]),
    }


def _known_disputes(disputes: pd.DataFrame) -> pd.DataFrame:
    """Disputes as everybody knows them: going back on a settlement shows once it has been seen."""
    return disputes.assign(policy=disputes["known"])


def _private(recent: Mapping[str, pd.DataFrame], state: str) -> dict[str, Any]:
    def of(name: str, *columns: str) -> pd.DataFrame:
        table = recent[name]
        mine = table[columns[0]] == state
        for column in columns[1:]:
            mine |= table[column] == state
        return table[mine]

    disputes = of("disputes", "sender", "target")
    disputes = disputes.assign(policy=disputes["policy"].where(disputes["target"] == state, disputes["known"]))
    for column in SECRET_OF_DISPUTES:  # my own resolve only
        disputes = disputes.assign(**{column: disputes[column].where(disputes[column.removeprefix("resolve_")] == state)})
    return {
        "states": plain(of("states", "state")),
        "households": plain(of("households", "state")),
        "sectors": plain(of("sectors", "state")),
        "trade": plain(of("trade", "exporter", "importer")),
        "disputes": plain(disputes),
        "agreements": plain(of("agreements", "party_a", "party_b")),
        "decisions": plain(of("decisions", "state")),
    }


def plain(table: pd.DataFrame) -> Table:
    """A table as lists by column, ready for JSON: no number that is none, seven digits."""
    return {str(column): [_cell(value) for value in table[column].tolist()] for column in table.columns}


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return None if not math.isfinite(value) else float(f"{value:.{DIGITS}g}")
    return value if value is None or isinstance(value, int | str) else str(value)
