"""O14: trade answers a lasting cost change slowly; the elasticity after ten years is several times that after one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import step_with
from sim.economy.frictions import EXPORTER
from sim.scenario.laboratory import world_b
from sim.world import World

COST = 0.10
QUARTERS = 44
ONE_YEAR, TEN_YEARS = 4, 40
SECTORS = (0, 2, 3)  # food, basic manufactures, machinery: the elasticities of the source are those of goods


def _elasticities(seed: int, parameters: Mapping[str, float], tariff: bool) -> list[np.ndarray]:
    """Elasticity path of the sender's exports to the target for each sector `(quarter,)`; the rest of the world is free to answer."""
    setting = world_b(seed=seed, quarters=QUARTERS)
    calm = {**parameters, "shock_volatility": 0.0}
    paths = []
    for sector in SECTORS:

        def hit(world: World, sector: int = sector) -> None:
            if tariff:
                world.frictions.tax(sector, 0, 1, COST)
            else:
                world.frictions.burden(EXPORTER, sector, 0, 1, COST)

        flows = []
        for hooks in ({"enact": hit}, {}):
            world = World(setting, seed, None, None, calm, governments=False)
            for _ in range(QUARTERS):
                step_with(world, hooks)
            flows.append(world.record.series("trade", "true_value")[:, 0, 1, sector])
        paths.append(-np.log(flows[0] / flows[1]) / np.log(1.0 + COST))
    return paths


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Elasticity of expenditure to an iceberg cost of 10 % on one dyad and sector, mean of three sectors; and to a tariff of 10 %."""
    path = np.mean(_elasticities(seed, parameters, tariff=False), axis=0)
    taxed = np.mean(_elasticities(seed, parameters, tariff=True), axis=0)
    done = np.flatnonzero(path >= 0.9 * path[-1])
    return {
        "one_year": float(path[ONE_YEAR]),
        "ten_years": float(path[TEN_YEARS]),
        "adjusted": float(done[0]) / 4.0 if len(done) else QUARTERS / 4.0,
        "tariff_one_year": float(taxed[ONE_YEAR]),
        "tariff_ten_years": float(taxed[TEN_YEARS]),
    }


FACT = Fact("O14", "horizon", {"impact_share": 1.0, "relationship_adjustment": 0.0}, ("one_year",), "trade answers at once")
