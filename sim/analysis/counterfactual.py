"""The trade equilibrium alone, on a user's own data: what a shock does to real income, prices, wages and trade."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from sim.analysis.base_data import read_accounts, read_shock
from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Deficits, Mobility, Solution, solve
from sim.output import atomic_folder, check_free
from sim.record import FLOAT_FORMAT
from sim.refusals import NoEquilibrium, Refusal, nearest

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Horizon = Literal["long", "short"]
CHOICES = {"horizon": ("long", "short"), "factors": ("mobile", "specific"), "deficits": ("fixed", "proportional", "zero")}


@dataclass(frozen=True)
class CounterfactualResult:
    """What came out: the solution, and the tables `states` and `flows` in the columns of the contract."""

    solution: Solution
    states: pd.DataFrame
    flows: pd.DataFrame


def counterfactual(
    accounts: Accounts,
    change: Change,
    *,
    horizon: Horizon = "long",
    factors: Mobility = "mobile",
    deficits: Deficits = "fixed",
    rho: float = 0.25,
    tolerance: float = 1e-10,
) -> CounterfactualResult:
    """Solve for a change of the accounts. Raises `NoEquilibrium` with a sentence when there is none or none was found."""
    solution = _solved(accounts, change, horizon, factors, deficits, rho, tolerance)
    if solution.status != "converged":
        raise NoEquilibrium(solution.message)
    return CounterfactualResult(solution, _states_table(solution), _flows_table(solution))


def run_counterfactual(
    base_dir: str | Path,
    shock: str | Path,
    out: str | Path | None = None,
    *,
    horizon: Horizon = "long",
    factors: Mobility = "mobile",
    deficits: Deficits = "fixed",
    rho: float = 0.25,
    tolerance: float = 1e-10,
    force: bool = False,
) -> CounterfactualResult:
    """Read `base_dir` and the `shock` file, solve, and write `states.csv`, `flows.csv` and `solution.json` to `out`.

    `out` defaults to `base_dir/out`. Raises `Refusal` for bad data (nothing is written), and `NoEquilibrium` after writing
    `solution.json` alone.
    """
    for name, value in (("horizon", horizon), ("factors", factors), ("deficits", deficits)):
        if value not in CHOICES[name]:
            raise Refusal(f"{name}: '{value}' is not known; allowed are {', '.join(CHOICES[name])}.{nearest(value, CHOICES[name])}")
    if not 0 < rho <= 1:
        raise Refusal(f"rho: {rho:g} is out of range; allowed is more than 0 and at most 1.")
    if not 1e-15 <= tolerance <= 1e-2:
        raise Refusal(f"tolerance: {tolerance:g} is out of range; allowed is 1e-15 to 0.01.")
    base_dir, shock = Path(base_dir), Path(shock)
    target = base_dir / "out" if out is None else Path(out)
    check_free(target, force)
    accounts = read_accounts(base_dir)
    change = read_shock(shock, accounts)
    solution = _solved(accounts, change, horizon, factors, deficits, rho, tolerance)
    with atomic_folder(target, force) as folder:
        (folder / "solution.json").write_text(_solution_json(solution), encoding="utf-8", newline="\n")
        if solution.status == "converged":
            result = CounterfactualResult(solution, _states_table(solution), _flows_table(solution))
            for name, table in (("states", result.states), ("flows", result.flows)):
                table.to_csv(folder / f"{name}.csv", index=False, float_format=FLOAT_FORMAT, lineterminator="\n")
    if solution.status != "converged":
        raise NoEquilibrium(solution.message)
    return result


def _solved(
    accounts: Accounts, change: Change, horizon: Horizon, factors: Mobility, deficits: Deficits, rho: float, tolerance: float
) -> Solution:
    impact = rho if horizon == "short" else 1.0
    return solve(accounts, change, impact_share=impact, mobility=factors, deficits=deficits, tolerance=tolerance)


def _states_table(solution: Solution) -> pd.DataFrame:
    import pandas as pd

    base = solution.base
    foreign = ~np.eye(len(base.states), dtype=bool)
    before, after = base.flows * foreign, solution.flows * foreign
    alone = np.bincount(solution.block, minlength=len(base.states))[solution.block] == 1
    wage = _change(base.factor_total, solution.factor_income.sum(axis=0))
    wage[alone] = np.nan
    return pd.DataFrame(
        {
            "state": base.states,
            "real_income_change_pct": np.where(base.income > 0, 100.0 * (solution.real_income - 1.0), np.nan),
            "consumer_price_change_pct": np.where(alone | (base.income <= 0), np.nan, 100.0 * (solution.consumer_prices - 1.0)),
            "wage_change_pct": wage,
            "exports_change_pct": _change(before.sum(axis=(0, 2)), after.sum(axis=(0, 2))),
            "imports_change_pct": _change(before.sum(axis=(0, 1)), after.sum(axis=(0, 1))),
        }
    )


def _change(before: Array, after: Array) -> Array:
    """Change in per cent; NaN (blank) where the baseline is zero."""
    ratio = np.divide(after, before, out=np.full_like(before, np.nan), where=before > 0)
    return np.asarray(100.0 * (ratio - 1.0))


def _flows_table(solution: Solution) -> pd.DataFrame:
    import pandas as pd

    base = solution.base
    exporter, importer, sector = np.nonzero(np.moveaxis(base.flows > 0, 0, 2))
    names = np.array(base.states, dtype=object)
    return pd.DataFrame(
        {
            "exporter": names[exporter],
            "importer": names[importer],
            "sector": np.array(base.sectors, dtype=object)[sector],
            "value_before": base.flows[sector, exporter, importer],
            "value_after": solution.flows[sector, exporter, importer],
        }
    )


def _solution_json(solution: Solution) -> str:
    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    about = {
        "status": solution.status,
        "message": solution.message,
        "residual": number(solution.residual),
        "iterations": solution.iterations,
        "adding_up_gaps": {"outputs": number(solution.adding_up[0]), "expenditures": number(solution.adding_up[1])},
        "seconds": round(solution.seconds, 6),
        "blocks": int(solution.block.max(initial=0)) + 1 if solution.status == "converged" else None,
    }
    return json.dumps(about, indent=2) + "\n"
