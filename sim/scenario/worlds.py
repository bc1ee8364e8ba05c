"""The baseline economy of a scenario: from tables, public trade data or gravity to arrays that add up.

Spending on a flow is its value times (1 + tariff). What sectors buy from each other follows from outputs, value-added shares
and input shares; final demand is what is left of spending, and must not be negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.refusals import Refusal, nearest
from sim.scenario.csv_files import Row, beside, number_in, read_rows
from sim.scenario.gravity import distances, gravity_flows
from sim.scenario.schema_keys import LARGEST
from sim.scenario.schema_world import PublicKeys, SectorKeys, StateKeys, WorldKeys

Array = NDArray[np.float64]
SUMS_TO_ONE = 1e-6
ROUNDING = 1e-9  # final demand this much below zero, as a share of the state's spending, is rounding


@dataclass(frozen=True)
class Tables:
    """`flows`, `tariffs` (sector, exporter, importer), USD bn per year and rates; `value_added` (sector, state);
    `inputs` (input_sector, sector, state)."""

    flows: Array
    tariffs: Array
    value_added: Array
    inputs: Array


class Places:
    """Positions of state and sector ids, refusing unknown ones with the row's place."""

    def __init__(self, states: Sequence[StateKeys], sectors: Sequence[SectorKeys]) -> None:
        self.state = {state.id: index for index, state in enumerate(states)}
        self.sector = {sector.id: index for index, sector in enumerate(sectors)}

    def of(self, row: Row, column: str, table: Mapping[str, int]) -> int:
        """The position of the id in a column of a row."""
        name = row.cells[column]
        if name not in table:
            raise Refusal(f"{row.where}: {column}: there is no '{name[:60]}'; allowed are {', '.join(table)}.{nearest(name[:60], table)}")
        return table[name]


def build_world(world: WorldKeys, states: Sequence[StateKeys], sectors: Sequence[SectorKeys], folder: Path, where: str) -> Tables:
    """Make the arrays of the baseline economy. `where` (`file:line: world`) starts refusals that no table's row explains."""
    places = Places(states, sectors)
    given = [name for name in ("flows", "public", "gravity") if getattr(world, name) is not None]
    if len(given) != 1:
        what = f"{' and '.join(given)} are given together" if given else "no flows are given"
        raise Refusal(f"{where}: {what}; give exactly one of flows, [world.public] and [world.gravity].")
    value_added = _value_added(world, sectors, places, folder, where)
    inputs = None
    if world.gravity is not None:
        flows, inputs = _by_gravity(world, states, sectors, value_added, where)
    elif world.public is not None:
        flows = _from_public(world.public, states, sectors, beside(folder, world.public.file, f"{where}.public"), where)
    else:
        assert world.flows is not None
        flows = _from_csv(beside(folder, world.flows, where), places)
    tariffs = _tariffs(world, places, folder, where, len(sectors), len(states))
    _refuse_empty(flows, states, where)
    spending = (flows * (1 + tariffs)).sum(axis=1)  # (sector, importer)
    if inputs is None:
        inputs = np.stack([_mix(sectors, spending[:, j], value_added[:, j]) for j in range(len(states))], axis=-1)
    if world.inputs is not None:
        _read_inputs(beside(folder, world.inputs, where), places, inputs, value_added)
    return _with_final_demand(Tables(flows, tariffs, value_added, inputs), spending, world, states, sectors, where)


def _refuse_empty(flows: Array, states: Sequence[StateKeys], where: str) -> None:
    for axis, verb in ((2, "sells"), (1, "buys")):
        total = flows.sum(axis=(0, axis))
        for state, value in zip(states, total, strict=True):
            if value <= 0:
                raise Refusal(f"{where}: state '{state.id}' {verb} nothing at all; give it flows, domestic sales included.")


def _from_csv(path: Path, places: Places) -> Array:
    flows = np.zeros((len(places.sector), len(places.state), len(places.state)))
    seen: set[tuple[int, int, int]] = set()
    for row in read_rows(path, ("exporter", "importer", "sector", "value"), ()):
        cell = _cell(row, places, seen)
        flows[cell] = number_in(row.cells["value"], f"{row.where}: value", 0, LARGEST)
    return flows


def _cell(row: Row, places: Places, seen: set[tuple[int, int, int]]) -> tuple[int, int, int]:
    cell = (
        places.of(row, "sector", places.sector),
        places.of(row, "exporter", places.state),
        places.of(row, "importer", places.state),
    )
    if cell in seen:
        raise Refusal(f"{row.where}: exporter, importer and sector were given before in this table; give each flow once.")
    seen.add(cell)
    return cell


def _from_public(keys: PublicKeys, states: Sequence[StateKeys], sectors: Sequence[SectorKeys], path: Path, where: str) -> Array:
    state_of: dict[str, int] = {}
    for index, state in enumerate(states):
        for code in state.members or [state.id]:
            if state_of.setdefault(code, index) != index:
                raise Refusal(
                    f"{where}.public: economy '{code}' is a member of '{states[state_of[code]].id}' and of '{state.id}'; name it once."
                )
    sector_of: dict[str, int] = {}
    for index, sector in enumerate(sectors):
        for code in keys.industries.get(sector.id, [sector.id]):
            if sector_of.setdefault(code, index) != index:
                raise Refusal(f"{where}.public: industry '{code}' belongs to two sectors; name it once.")
    unknown = [name for name in keys.industries if name not in {sector.id for sector in sectors}]
    if unknown:
        ids = [sector.id for sector in sectors]
        raise Refusal(
            f"{where}.public.industries: there is no sector '{unknown[0]}'; allowed are {', '.join(ids)}.{nearest(unknown[0], ids)}"
        )
    rest = {state.id: index for index, state in enumerate(states)}.get(keys.other_states)
    if rest is None and keys.other_states not in ("refuse", "leave-out"):
        raise Refusal(
            f"{where}.public.other_states: there is no state '{keys.other_states}'; allowed are refuse, leave-out or a state's id."
        )
    columns = [keys.exporter, keys.importer, keys.industry, keys.trade] + ([keys.year_column] if keys.year is not None else [])
    flows = np.zeros((len(sectors), len(states), len(states)))
    seen: set[tuple[str, str, str]] = set()
    for row in read_rows(path, columns, (), others=True):
        if keys.year is not None and row.cells[keys.year_column] != str(keys.year):
            continue
        codes = (row.cells[keys.exporter], row.cells[keys.importer], row.cells[keys.industry])
        if codes in seen:
            raise Refusal(f"{row.where}: this exporter, importer and industry were given before for the year; give each flow once.")
        seen.add(codes)
        exporter, importer = (_mapped(code, state_of, rest, keys.other_states, "economy", row) for code in codes[:2])
        sector_index = _mapped(codes[2], sector_of, None, keys.other_industries, "industry", row)
        if exporter is None or importer is None or sector_index is None:
            continue
        flows[sector_index, exporter, importer] += (
            number_in(row.cells[keys.trade], f"{row.where}: {keys.trade}", 0, LARGEST / keys.usd_bn) * keys.usd_bn
        )
    if not seen:
        raise Refusal(f"{where}.public: the table has no row for the year {keys.year}.")
    return flows


def _mapped(code: str, known: Mapping[str, int], rest: int | None, others: str, what: str, row: Row) -> int | None:
    if code in known:
        return known[code]
    if rest is not None or others == "leave-out":
        return rest
    raise Refusal(
        f"{row.where}: {what} '{code[:60]}' belongs to nothing in the scenario; name it there, or say what to do with others."
        f"{nearest(code[:60], known)}"
    )


def _by_gravity(
    world: WorldKeys, states: Sequence[StateKeys], sectors: Sequence[SectorKeys], value_added: Array, where: str
) -> tuple[Array, Array]:
    assert world.gravity is not None
    for state in states:
        if state.gdp_bn is None or state.place is None:
            raise Refusal(f"{where}.gravity: state '{state.id}' needs gdp_bn and place for a world made by gravity.")
    if world.value_added is not None or world.inputs is not None:
        raise Refusal(f"{where}.gravity: value_added and inputs tables do not go with gravity; give them for each sector in [[sector]].")
    gdp = np.array([state.gdp_bn for state in states], dtype=float)
    deficits = np.array([state.deficit_bn for state in states])
    if abs(deficits.sum()) > SUMS_TO_ONE * gdp.sum():
        raise Refusal(
            f"{where}.gravity: the states' deficit_bn add up to {deficits.sum():g}; together they must be 0, "
            "for one's deficit is another's surplus."
        )
    final = np.array([1.0 if sector.final_share is None else sector.final_share for sector in sectors])
    final = final / final.sum()
    weights = np.stack([_weights(sector, sectors, final) for sector in sectors], axis=1)
    delta = [world.gravity.distance_elasticity if s.distance_elasticity is None else s.distance_elasticity for s in sectors]
    border = np.array([world.gravity.border if sector.border is None else sector.border for sector in sectors])
    advantage = np.array([[state.advantage.get(sector.id, 1.0) for state in states] for sector in sectors])
    apart = distances(np.array([state.place for state in states], dtype=float), np.array([state.inner_distance for state in states]))
    try:
        return gravity_flows(gdp, deficits, apart, advantage, final, value_added[:, 0], weights, np.array(delta), border)
    except ValueError as problem:
        raise Refusal(f"{where}.gravity: {problem}; make deficits, sizes or distances more even.") from None


def _value_added(world: WorldKeys, sectors: Sequence[SectorKeys], places: Places, folder: Path, where: str) -> Array:
    value_added = np.repeat(np.array([sector.value_added for sector in sectors])[:, None], len(places.state), axis=1)
    if world.value_added is not None:
        seen = set()
        for row in read_rows(beside(folder, world.value_added, where), ("state", "sector", "share"), ()):
            cell = (places.of(row, "sector", places.sector), places.of(row, "state", places.state))
            if cell in seen:
                raise Refusal(f"{row.where}: state and sector were given before in this table; give each share once.")
            seen.add(cell)
            value_added[cell] = number_in(row.cells["share"], f"{row.where}: share", 1e-6, 1)
    return value_added


def _weights(sector: SectorKeys, sectors: Sequence[SectorKeys], otherwise: Array) -> Array:
    """Shares of the sectors in what `sector` buys, summing to one."""
    if not sector.inputs:
        return otherwise / otherwise.sum()
    weights = np.array([sector.inputs.get(other.id, 0.0) for other in sectors])
    return weights / weights.sum()


def _mix(sectors: Sequence[SectorKeys], spending: Array, value_added: Array) -> Array:
    """Input shares (input_sector, sector) of one state: by each sector's weights, else in proportion to `spending`."""
    return np.stack([_weights(sector, sectors, spending) for sector in sectors], axis=1) * (1 - value_added)


def _read_inputs(path: Path, places: Places, inputs: Array, value_added: Array) -> None:
    """Replace the inputs of every state and sector that the table names; what is off by rounding goes onto value added."""
    given: dict[tuple[int, int], dict[int, float]] = {}
    first: dict[tuple[int, int], str] = {}
    for row in read_rows(path, ("state", "sector", "input_sector", "share"), ()):
        cell = (places.of(row, "sector", places.sector), places.of(row, "state", places.state))
        bought = places.of(row, "input_sector", places.sector)
        first.setdefault(cell, row.where)
        if bought in given.setdefault(cell, {}):
            raise Refusal(f"{row.where}: state, sector and input_sector were given before in this table; give each share once.")
        given[cell][bought] = number_in(row.cells["share"], f"{row.where}: share", 0, 1)
    for (sector, state), shares in given.items():
        total = sum(shares.values()) + value_added[sector, state]
        if abs(total - 1) > SUMS_TO_ONE:
            raise Refusal(
                f"{first[sector, state]}: the inputs of this state and sector and its value added sum to {total:g}; they must sum to 1."
            )
        inputs[:, sector, state] = 0.0
        for bought, share in shares.items():
            inputs[bought, sector, state] = share
        value_added[sector, state] = 1 - inputs[:, sector, state].sum()


def _tariffs(world: WorldKeys, places: Places, folder: Path, where: str, sectors: int, states: int) -> Array:
    tariffs = np.full((sectors, states, states), world.tariff)
    tariffs[:, np.arange(states), np.arange(states)] = 0.0
    if world.tariffs is not None:
        seen: set[tuple[int, int, int]] = set()
        for row in read_rows(beside(folder, world.tariffs, where), ("exporter", "importer", "sector", "rate"), ()):
            cell = _cell(row, places, seen)
            rate = number_in(row.cells["rate"], f"{row.where}: rate", 0, 10)
            if cell[1] == cell[2] and rate != 0:
                raise Refusal(f"{row.where}: a state has no tariff on its own sales; leave the row out.")
            tariffs[cell] = rate
    return tariffs


def _with_final_demand(
    tables: Tables, spending: Array, world: WorldKeys, states: Sequence[StateKeys], sectors: Sequence[SectorKeys], where: str
) -> Tables:
    """Check that final demand is nowhere negative, or scale inputs down where the file says so."""
    output = tables.flows.sum(axis=2)  # (sector, exporter)
    use = np.einsum("ksj,sj->kj", tables.inputs, output)
    short = use > spending + ROUNDING * spending.sum(axis=0)
    if short.any() and world.negative_final_demand == "refuse":
        k, j = (int(position) for position in np.argwhere(short)[0])
        raise Refusal(
            f"{where}: in state '{states[j].id}' sectors would buy {use[k, j]:.4g} bn of '{sectors[k].id}' as inputs, "
            f"but the state buys only {spending[k, j]:.4g} bn in all, so final demand would be negative; raise value_added, change inputs, "
            'or set negative_final_demand = "scale-inputs".'
        )
    if not short.any():
        return tables
    scale = np.where(short, spending / np.where(use > 0, use, 1.0), 1.0)
    inputs = tables.inputs * scale[:, None, :]
    return Tables(tables.flows, tables.tariffs, 1 - inputs.sum(axis=0), inputs)
