"""O14: trade answers a lasting cost change slowly; the elasticity after ten years is several times that after one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import Array, Hook, step_with
from sim.economy.frictions import EXPORTER
from sim.scenario import Scenario
from sim.scenario.laboratory import world_b
from sim.world import World

COST = 0.10
QUARTERS = 44
ONE_YEAR, TEN_YEARS = 4, 40
SECTORS = (0, 2, 3)  # food, basic manufactures, machinery: the elasticities of the source are those of goods


def _flow(setting: Scenario, seed: int, parameters: Mapping[str, float], hook: Hook | None) -> Array:
    """The sender's exports to the target `(quarter, sector)`, with a hook after the measures of every quarter; no shocks."""
    world = World(setting, seed, None, None, {**parameters, "shock_volatility": 0.0}, governments=False)
    for _ in range(QUARTERS):
        step_with(world, {} if hook is None else {"enact": hook})
    return np.asarray(world.record.series("trade", "true_value")[:, 0, 1])


def _cost(sector: int) -> Hook:
    return lambda world: world.frictions.burden(EXPORTER, slice(sector, sector + 1), 0, 1, COST)


def _tariff(sector: int) -> Hook:
    return lambda world: world.frictions.tax(slice(sector, sector + 1), 0, 1, COST)


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Elasticity of expenditure to an iceberg cost of 10 % on one dyad and sector, mean of three sectors; and to a tariff of 10 %."""
    setting = world_b(seed=seed, quarters=QUARTERS)
    free = _flow(setting, seed, parameters, None)

    def path(kind: Callable[[int], Hook]) -> Array:
        hit = [np.log(_flow(setting, seed, parameters, kind(sector))[:, sector] / free[:, sector]) for sector in SECTORS]
        return np.asarray(-np.mean(hit, axis=0) / np.log(1.0 + COST))

    costs, taxed = path(_cost), path(_tariff)
    done = np.flatnonzero(costs >= 0.9 * costs[-1])
    return {
        "one_year": float(costs[ONE_YEAR]),
        "ten_years": float(costs[TEN_YEARS]),
        "adjusted": float(done[0]) / 4.0 if len(done) else QUARTERS / 4.0,
        "tariff_one_year": float(taxed[ONE_YEAR]),
        "tariff_ten_years": float(taxed[TEN_YEARS]),
    }


FACT = Fact("O14", "horizon", {"impact_share": 1.0, "relationship_adjustment": 0.0}, ("one_year",), "trade answers at once")
