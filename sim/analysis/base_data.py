"""Reading a trade equilibrium from a user's own CSV files.

`flows.csv` exporter,importer,sector,value (domestic sales included, before tariff); `sectors.csv` sector,trade_elasticity; optional
`value_added.csv` state,sector,share; `inputs.csv` state,sector,input_sector,share; `tariffs.csv` exporter,importer,sector,rate. A
shock file has exporter,importer,sector and cost_factor, permeability, new_tariff, blank meaning unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
LARGEST_FILE = 500_000_000  # bytes
MOST_STATES, MOST_SECTORS = 400, 200
SUM_TOLERANCE = 1e-6
ALL = "*"


@dataclass(frozen=True)
class Bounds:
    """What a number may be: more than `above`, or at least `least`; at most `most`."""

    words: str
    least: float = -np.inf
    above: float = -np.inf
    most: float = np.inf

    def wrong(self, values: Array) -> NDArray[np.bool_]:
        """Where values are out of bounds."""
        return ~((values >= self.least) & (values > self.above) & (values <= self.most) & np.isfinite(values))


FLOW = Bounds("0 or more and at most 1e18", least=0.0, most=1e18)
SHARE = Bounds("0 to 1", least=0.0, most=1.0)
RATE = Bounds("more than -1 and at most 1e6", above=-1.0, most=1e6)
ELASTICITY = Bounds("more than 0 and at most 1000", above=0.0, most=1e3)
FACTOR = Bounds("more than 0 and at most 1e9", above=0.0, most=1e9)


def read_accounts(base_dir: Path) -> Accounts:
    """Read the base of a counterfactual from `base_dir`; other files in it are ignored. Raises `Refusal` with file and line."""
    if not base_dir.is_dir():
        raise Refusal(f"{base_dir}: there is no such folder; give the folder that holds flows.csv and sectors.csv.")
    table = _read(base_dir / "sectors.csv", ("sector", "trade_elasticity"))
    elasticity = _numbers(base_dir / "sectors.csv", table, "trade_elasticity", ELASTICITY)
    sectors = table["sector"].tolist()
    _refuse_repeats(base_dir / "sectors.csv", table, ["sector"])
    flows_file = base_dir / "flows.csv"
    flows_table = _read(flows_file, ("exporter", "importer", "sector", "value"))
    states = list(dict.fromkeys([*flows_table["exporter"].unique(), *flows_table["importer"].unique()]))
    if not states or not sectors:
        raise Refusal(f"{flows_file}: there are no rows; give at least one flow.")
    if len(states) > MOST_STATES or len(sectors) > MOST_SECTORS:
        raise Refusal(f"{base_dir}: {len(states)} states and {len(sectors)} sectors; allowed are at most {MOST_STATES} and {MOST_SECTORS}.")
    _refuse_repeats(flows_file, flows_table, ["exporter", "importer", "sector"])
    shape = (len(sectors), len(states), len(states))
    flows = np.zeros(shape)
    flows[_cells(flows_file, flows_table, states, sectors)] = _numbers(flows_file, flows_table, "value", FLOW)
    tariffs = np.zeros(shape)
    file = base_dir / "tariffs.csv"
    if file.is_file():
        table = _read(file, ("exporter", "importer", "sector", "rate"))
        _refuse_repeats(file, table, ["exporter", "importer", "sector"])
        tariffs[_cells(file, table, states, sectors)] = _numbers(file, table, "rate", RATE)
    value_added, inputs = _costs(base_dir, states, sectors)
    try:
        return Accounts.build(states, sectors, flows, elasticity, value_added, inputs, tariffs)
    except Refusal as problem:
        raise Refusal(f"{base_dir}: {str(problem).removeprefix('accounts: ')}") from None


def _costs(base_dir: Path, states: Sequence[str], sectors: Sequence[str]) -> tuple[Array, Array]:
    """Value-added shares `(sector, state)` and input shares `(input_sector, sector, state)` that sum to one."""
    inputs = np.zeros((len(sectors), len(sectors), len(states)))
    file = base_dir / "inputs.csv"
    if file.is_file():
        table = _read(file, ("state", "sector", "input_sector", "share"))
        _refuse_repeats(file, table, ["state", "sector", "input_sector"])
        where = (
            _places(file, table, "input_sector", sectors),
            _places(file, table, "sector", sectors),
            _places(file, table, "state", states),
        )
        inputs[where] = _numbers(file, table, "share", SHARE)
    used = inputs.sum(axis=0)
    if (used > 1.0 + SUM_TOLERANCE).any():
        s, i = (int(axis[0]) for axis in np.nonzero(used > 1.0 + SUM_TOLERANCE))
        raise Refusal(f"{file}: the input shares of {sectors[s]} in {states[i]} sum to {used[s, i]:.6g}; allowed is at most 1.")
    file = base_dir / "value_added.csv"
    if file.is_file():
        table = _read(file, ("state", "sector", "share"))
        _refuse_repeats(file, table, ["state", "sector"])
        made, where_made = _places(file, table, "sector", sectors), _places(file, table, "state", states)
        share = _numbers(file, table, "share", SHARE)
        off = np.abs(share + used[made, where_made] - 1.0) > SUM_TOLERANCE
        if off.any():
            row = int(np.argmax(off))
            s, i = int(made[row]), int(where_made[row])
            total = share[row] + used[s, i]
            raise Refusal(
                f"{file}:{row + 2}: value added and inputs of {sectors[s]} in {states[i]} sum to {total:.6g}; they must sum to 1"
                + (" (there is no inputs.csv)." if not (base_dir / "inputs.csv").is_file() else ".")
            )
    return np.maximum(1.0 - used, 0.0), inputs


def read_shock(file: Path, accounts: Accounts) -> Change:
    """Read a shock file. `*` for exporter or importer means every foreign flow; later rows replace the cells they fill."""
    table = _read(file, ("exporter", "importer", "sector"), ("cost_factor", "permeability", "new_tariff"))
    states, sectors = accounts.states, accounts.sectors
    shape = accounts.flows.shape
    cost, permeability, tariffs = np.ones(shape), np.ones(shape), accounts.tariffs.copy()
    targets = (("cost_factor", cost, FACTOR), ("permeability", permeability, SHARE), ("new_tariff", tariffs, RATE))
    given = [(name, values, bounds) for name, values, bounds in targets if name in table]
    foreign = ~np.eye(len(states), dtype=bool)
    places = {
        "exporter": _places(file, table, "exporter", states, wild=True),
        "importer": _places(file, table, "importer", states, wild=True),
        "sector": _places(file, table, "sector", sectors, wild=True),
    }
    numbers = {name: _numbers(file, table, name, bounds, blank=True) for name, _, bounds in given}
    for row in range(len(table)):
        i, j, s = (int(places[name][row]) for name in ("exporter", "importer", "sector"))
        cells = np.zeros(foreign.shape, dtype=bool)
        cells[slice(None) if i < 0 else i, slice(None) if j < 0 else j] = True
        if i < 0 or j < 0:
            cells &= foreign
        for name, values, _ in given:
            number = numbers[name][row]
            if not np.isnan(number):
                for sector in range(len(sectors)) if s < 0 else (s,):
                    values[sector][cells] = number
    return Change(permeability=permeability, cost=cost, tariffs=tariffs)


def _read(file: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    import pandas as pd

    if not file.is_file():
        raise Refusal(f"{file}: there is no such file; it needs the columns {', '.join(needed)}.")
    if file.stat().st_size > LARGEST_FILE:
        raise Refusal(f"{file}: the file has {file.stat().st_size / 1e6:.0f} MB; allowed are {LARGEST_FILE / 1e6:.0f} MB.")
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except (ValueError, UnicodeDecodeError) as problem:
        reason = " ".join(str(problem).split())
        raise Refusal(f"{file}: not a readable CSV file in UTF-8 ({reason}).") from None
    names = [str(name).strip() for name in table.columns]
    table.columns = pd.Index(names)
    missing = [name for name in needed if name not in names]
    if missing:
        raise Refusal(f"{file}:1: column '{missing[0]}' is missing; it needs {', '.join(needed)}.{nearest(missing[0], names)}")
    unknown = [name for name in names if name not in (*needed, *optional)]
    if unknown and optional:
        raise Refusal(f"{file}:1: there is no column '{unknown[0]}'; allowed are {', '.join((*needed, *optional))}.{nearest(unknown[0], optional)}")
    if len(set(names)) < len(names):
        raise Refusal(f"{file}:1: a column is named twice; name each of {', '.join(needed)} once.")
    return table.apply(lambda column: column.str.strip())


def _numbers(file: Path, table: pd.DataFrame, column: str, bounds: Bounds, blank: bool = False) -> Array:
    import pandas as pd

    text = table[column]
    values = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = bounds.wrong(values)
    if blank:
        wrong &= (text != "").to_numpy()
    if wrong.any():
        row = int(np.argmax(wrong))
        shown = str(text.iloc[row])[:40]
        raise Refusal(f"{file}:{row + 2}: {column} is '{shown}'; allowed is a number, {bounds.words}" + (", or blank." if blank else "."))
    return np.asarray(values)


def _places(file: Path, table: pd.DataFrame, column: str, allowed: Sequence[str], wild: bool = False) -> NDArray[np.int64]:
    """Position of each row's name in `allowed`, -1 for the wild card."""
    import pandas as pd

    codes = pd.Index(allowed).get_indexer(pd.Index(table[column]))
    wrong = codes < 0
    if wild:
        wrong &= (table[column] != ALL).to_numpy()
    if wrong.any():
        row = int(np.argmax(wrong))
        name = str(table[column].iloc[row])[:40]
        some = ", ".join(list(allowed)[:12]) + (" and others" if len(allowed) > 12 else "")
        raise Refusal(f"{file}:{row + 2}: there is no {column} '{name}'; allowed are {some}.{nearest(name, allowed)}")
    return np.asarray(codes, dtype=np.int64)


def _cells(file: Path, table: pd.DataFrame, states: Sequence[str], sectors: Sequence[str]) -> tuple[NDArray[np.int64], ...]:
    return (
        _places(file, table, "sector", sectors),
        _places(file, table, "exporter", states),
        _places(file, table, "importer", states),
    )


def _refuse_repeats(file: Path, table: pd.DataFrame, columns: list[str]) -> None:
    blank = (table[columns] == "").any(axis=1).to_numpy()
    if blank.any():
        raise Refusal(f"{file}:{int(np.argmax(blank)) + 2}: a name is blank; every row needs {', '.join(columns)}.")
    repeated = table.duplicated(columns).to_numpy()
    if repeated.any():
        row = int(np.argmax(repeated))
        named = ", ".join(str(table[column].iloc[row]) for column in columns)
        raise Refusal(f"{file}:{row + 2}: {named} is given twice; give each once.")
