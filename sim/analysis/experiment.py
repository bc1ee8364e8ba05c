"""What an experiment file says: a scenario, what is varied, what is measured, by which design.

What is varied is kept apart by role: *uncertainties* are parameters of the model, *levers* are what a state does, *theories* are the rival
presets. Outcomes are read from a run's tables as a scenario's claims are. Everything that is wrong with a file is told with its line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from sim.analysis.ensemble import Plan, plan_of
from sim.levers import LEVERS
from sim.parameters import PARAMETERS, THEORIES
from sim.refusals import nearest
from sim.scenario import load
from sim.scenario.csv_files import MEGABYTE, read_text
from sim.scenario.decisions import Decision
from sim.scenario.lines import lines_of
from sim.scenario.messages import Problems, collect
from sim.scenario.reading import parsed
from sim.scenario.schema_keys import Id, Line, Table, key
from sim.tables import TABLES

Role = Literal["uncertainty", "lever", "theory"]
Method = Literal["grid", "lhs", "sobol", "morris"]
LABELS = ("quarter", "state", "exporter", "importer", "sector", "quintile")
LIMIT = MEGABYTE // 8
MOST_FACTORS, MOST_LEVELS = 40, 50


class UncertaintyKeys(Table):
    """`[[uncertainty]]`: a parameter of the model, over its declared range or a part of it."""

    parameter: Line = key("Name of the parameter")
    low: float | None = key("Lower end", None)
    high: float | None = key("Upper end", None)
    values: list[float] = key("Values of a grid", [])


class LeverKeys(Table):
    """`[[lever]]`: an order whose value is varied."""

    id: Id = key("Short name of the factor")
    quarter: int = key("Quarter of the order", ge=0)
    state: Line = key("Who")
    lever: Line = key("Which lever")
    target: str = key("On whom", "")
    sector: str = key("Which sector, * for all", "")
    options: dict[str, str] = key("Options of the lever", {})
    low: float | None = key("Lower end", None)
    high: float | None = key("Upper end", None)
    values: list[float] = key("Values of a grid", [])


class OrderKeys(Table):
    """`[[decision]]`: an order that every run has."""

    quarter: int = key("Quarter of the order", ge=0)
    state: Line = key("Who")
    lever: Line = key("Which lever")
    target: str = key("On whom", "")
    sector: str = key("Which sector, * for all", "")
    value: float | None = key("Level; left out, the measure is withdrawn", None)
    options: dict[str, str] = key("Options of the lever", {})


class OutcomeKeys(Table):
    """`[[outcome]]`: one number of a run: rows that match are added up, quarters averaged."""

    id: Id = key("Short name of the outcome")
    text: Line = key("What it is, in words")
    table: Line = key("Table of a run", "states")
    outcome: Line = key("Column, or count for the number of rows")
    where: dict[str, str] = key("Rows: column and value", {})
    quarters: list[int] = Field(min_length=2, max_length=2, description="First and last quarter, both included")
    compared: Literal["no-measures", "start", "level"] = key(
        "level: as it is; start, no-measures: change in % against quarter 0, or against the twin without orders", "level"
    )


class ExperimentKeys(Table):
    """The file."""

    format: Literal[1] = key("Version of the format")
    title: Line = key("Title")
    question: Line = key("The question the experiment answers")
    scenario: Line = key("Id of a shipped scenario, or a path from the experiment's folder")
    method: Method = key("Design")
    samples: int = key("Points of a Latin hypercube, base points of Sobol (a power of two), trajectories of Morris", 32, ge=4, le=65536)
    levels: int = key("Steps of a grid where no values are given", 4, ge=2, le=MOST_LEVELS)
    seeds: int = key("Runs of each point, with the same luck at all points", 2, ge=1, le=1000)
    seed: int = key("First seed", 1, ge=0)
    quarters: int | None = key("Length of the runs", None, ge=1)
    timetable: bool = key("Whether the scenario's timetable is followed", True)
    governments: bool = key("Whether governments decide for themselves", True)
    theories: list[Line] = key("Theories to vary over", [])
    uncertainty: list[UncertaintyKeys] = key("Parameters to vary", [])
    lever: list[LeverKeys] = key("Orders to vary", [])
    decision: list[OrderKeys] = key("Orders in every run", [])
    outcome: list[OutcomeKeys] = Field(min_length=1, description="What is measured")


@dataclass(frozen=True)
class Factor:
    """Something varied. Its number runs from `low` to `high`; a theory's is the place in `names`, a grid takes `values`."""

    name: str
    role: Role
    low: float
    high: float
    values: tuple[float, ...]
    order: Decision | None = None
    names: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """Its column in tables: role and name."""
        return f"{self.role}:{self.name}"

    def shown(self, number: float) -> float | str:
        """The number as tables show it: a theory by its name."""
        return self.names[min(int(number), len(self.names) - 1)] if self.names else number


@dataclass(frozen=True)
class Measured:
    """An outcome; the fields are those of a scenario's claims."""

    name: str
    text: str
    table: str
    outcome: str
    where: Mapping[str, str]
    quarters: tuple[int, int]
    compared: str


@dataclass(frozen=True, eq=False)
class Experiment:
    """An experiment, checked."""

    title: str
    question: str
    method: Method
    samples: int
    seeds: int
    plan: Plan
    factors: tuple[Factor, ...]
    outcomes: tuple[Measured, ...]
    digest: str
    orders: tuple[Decision, ...] = field(default=())


def read_experiment(path: str | Path) -> Experiment:
    """Read and check an experiment file. Raises `Refusal` with one line for each problem."""
    path = Path(path)
    text = read_text(path, LIMIT)
    data = parsed(path, text)
    problems = Problems(str(path), lines_of(text), data)
    try:
        keys = ExperimentKeys.model_validate(data)
    except ValidationError as error:
        collect(error, ExperimentKeys, problems)
        problems.refuse()
        raise AssertionError("a validation error always holds a problem") from error
    beside = path.parent / keys.scenario
    setting = load(beside if beside.suffix == ".toml" and beside.exists() else keys.scenario)
    orders = tuple(_order(entry.model_dump(exclude={"value"}), entry.value) for entry in keys.decision)
    plan = plan_of(setting, keys.seeds, keys.seed, orders, keys.quarters, timetable=keys.timetable, governments=keys.governments)
    factors = _factors(keys, problems)
    outcomes = tuple(_outcome(entry, number, plan, problems) for number, entry in enumerate(keys.outcome))
    for names, where in (([factor.column for factor in factors], "factors"), ([outcome.name for outcome in outcomes], "outcomes")):
        for name in names:
            if names.count(name) > 1:
                problems.add((), f"{where}: '{name}' is there twice; every one needs its own name")
                break
    if keys.method == "sobol" and keys.samples & (keys.samples - 1):
        problems.add(("samples",), f"samples: {keys.samples} is not a power of two, which Sobol sequences need; take 32, 64, 128 ...")
    named = len(keys.uncertainty) + len(keys.lever) + bool(keys.theories)
    if not 1 <= named <= MOST_FACTORS:
        problems.add((), f"{named} factors; allowed are 1 to {MOST_FACTORS}: [[uncertainty]], [[lever]], theories")
    if keys.method in ("sobol", "morris") and named < 2:
        problems.add(("method",), f"method: {keys.method} needs at least two factors")
    problems.refuse()
    varied = tuple(factor.order for factor in factors if factor.order is not None)
    plan_of(setting, keys.seeds, keys.seed, (*orders, *varied), keys.quarters)
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode() + setting.digest.encode()).hexdigest()
    return Experiment(keys.title, keys.question, keys.method, keys.samples, keys.seeds, plan, factors, outcomes, digest, orders)


def _factors(keys: ExperimentKeys, problems: Problems) -> tuple[Factor, ...]:
    found = []
    for number, entry in enumerate(keys.uncertainty):
        place = ("uncertainty", number)
        if entry.parameter not in PARAMETERS:
            problems.add(place, f"there is no parameter '{entry.parameter}'.{nearest(entry.parameter, PARAMETERS)}")
            continue
        parameter = PARAMETERS[entry.parameter]
        low, high, values = _span(entry, parameter.low, parameter.high, keys, place, problems)
        found.append(Factor(entry.parameter, "uncertainty", low, high, values))
    for number, varied in enumerate(keys.lever):
        place = ("lever", number)
        if varied.lever not in LEVERS:
            problems.add(place, f"there is no lever '{varied.lever}'.{nearest(varied.lever, LEVERS)}")
            continue
        setting = LEVERS[varied.lever].value
        low, high, values = _span(varied, setting.low, setting.high, keys, place, problems)
        order = _order(varied.model_dump(exclude={"id", "low", "high", "values"}), low)
        found.append(Factor(varied.id, "lever", low, high, values, order))
    for name in keys.theories:
        if name not in THEORIES:
            problems.add(("theories",), f"there is no theory '{name}'; allowed are {', '.join(THEORIES)}.{nearest(name, THEORIES)}")
    if keys.theories:
        count = len(keys.theories)
        found.append(Factor("theory", "theory", 0.0, float(count), tuple(float(place) for place in range(count)), None, tuple(keys.theories)))
    return tuple(found)


def _span(
    entry: UncertaintyKeys | LeverKeys, lowest: float, highest: float, keys: ExperimentKeys, place: tuple[str | int, ...], problems: Problems
) -> tuple[float, float, tuple[float, ...]]:
    low, high = lowest if entry.low is None else entry.low, highest if entry.high is None else entry.high
    if not lowest <= low < high <= highest:
        problems.add(place, f"the range is {low:g} to {high:g}; allowed is {lowest:g} to {highest:g}, the lower end first")
    for value in entry.values:
        if not lowest <= value <= highest:
            problems.add(place, f"the value {value:g} is out of range; allowed is {lowest:g} to {highest:g}")
    steps = keys.levels - 1
    return low, high, tuple(entry.values) or tuple(low + (high - low) * step / steps for step in range(keys.levels))


def _outcome(entry: OutcomeKeys, number: int, plan: Plan, problems: Problems) -> Measured:
    place = ("outcome", number)
    if entry.table not in TABLES:
        problems.add(place, f"there is no table '{entry.table}'; allowed are {', '.join(TABLES)}.{nearest(entry.table, TABLES)}")
    else:
        columns = [column.name for column in TABLES[entry.table]]
        for name in (entry.outcome, *entry.where):
            if name not in (*columns, "count"):
                problems.add(place, f"table {entry.table} has no column '{name}'.{nearest(name, columns)}")
    first, last = entry.quarters
    if not 0 <= first <= last < plan.quarters:
        problems.add(place, f"quarters are {first} to {last}; allowed is 0 to {plan.quarters - 1}, the first one first")
    return Measured(entry.id, entry.text, entry.table, entry.outcome, dict(entry.where), (first, last), entry.compared)


def _order(keys: dict[str, Any], value: float | None) -> Decision:
    return Decision(value=value, **keys)
