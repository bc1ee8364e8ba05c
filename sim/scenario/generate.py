"""Worlds made by rule, for experiments and benchmarks: any number of states and sectors, no file.

Sizes, places and advantages are drawn from one generator seeded with `seed`; flows follow by gravity. The first state is
a hub power, the second a rival power, every third of the others is neutral; of the rest two lean to the hub for each that
leans to the rival. All numbers here are assumptions; they describe no real state.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.refusals import Refusal
from sim.scenario.assemble import assemble
from sim.scenario.cross import cross_check
from sim.scenario.default_sectors import DEFAULT_SECTORS
from sim.scenario.messages import Problems, collect
from sim.scenario.scenario import Scenario
from sim.scenario.schema import ScenarioKeys
from sim.scenario.worlds import build_world

KINDS = ("food", "energy", "basic", "high_tech", "services", "finance")
REGIMES = ("democracy", "democracy", "single-party", "personal", "monarchy")
WORLD_INCOME = 80_000.0  # USD bn a year
HUB_SHARE, RIVAL_SHARE = 0.22, 0.16
MAP_WIDTH = 12.0  # thousand km
# How many times more is sold at home: fitted to the home shares of 2014 by tests/fit/fit_borders.py.
SPREADS = {"food": 0.25, "energy": 0.5, "basic": 0.2, "high_tech": 0.3, "services": 0.02, "finance": 0.05}  # of log advantage, s.d.
BORDERS = {"food": 56.0, "energy": 18.0, "basic": 10.0, "high_tech": 8.4, "services": 470.0, "finance": 440.0}


def gravity_world(
    states: int = 12, sectors: int = 6, seed: int = 1, quarters: int = 24, sizes: Mapping[int, float] | None = None
) -> Scenario:
    """A world of `states` (3 to 250) and `sectors` (1 to 60): a hub, a rival, about a third neutral.

    `sizes` fixes the share of world income of the states at these positions (2 and above); the others share the rest as drawn.

    The same arguments give the same world. Raises `Refusal` for numbers out of range.
    """
    _within("states", states, 3, 250)
    _within("sectors", sectors, 1, 60)
    _within("seed", seed, 0, 2**63 - 1)
    rng = np.random.default_rng(seed)
    sector_keys = sectors_of(sectors)
    drawn = np.concatenate([[0.0, 0.0], rng.lognormal(0.0, 1.0, states - 2)])
    share = np.zeros(states)
    for index, size in {0: HUB_SHARE, 1: RIVAL_SHARE, **(sizes or {})}.items():
        share[index], drawn[index] = size, 0.0
    gdp = (share + (1.0 - share.sum()) * drawn / max(drawn.sum(), 1e-300)) * WORLD_INCOME
    places = rng.uniform(0.0, MAP_WIDTH, (states, 2))
    advantage = np.exp(rng.normal(0.0, 1.0, (states, sectors)) * spreads(sectors))
    entries: list[dict[str, Any]] = []
    camps = []
    for index in range(states):
        neutral = index >= 2 and index % 3 == 2
        camp = "hub" if index == 0 else "rival" if index == 1 else "neutral" if neutral else ("rival" if index % 9 == 4 else "hub")
        camps.append(camp)
        ideal = {"hub": 1.2, "rival": -0.8, "neutral": -0.1}[camp] + 0.3 * float(rng.normal())
        entries.append(
            {
                "id": f"S{index + 1:03d}",
                "regime": "democracy" if index == 0 else "single-party" if index == 1 else REGIMES[int(rng.integers(len(REGIMES)))],
                "population_m": float(max(gdp[index] / rng.uniform(8.0, 40.0), 0.2)),
                "gini": float(rng.uniform(28.0, 50.0)),
                "ideal_point": float(np.clip(ideal, -3.0, 3.0)),
                "hub": index == 0,
                "neutral": neutral,
                "gdp_bn": float(gdp[index]),
                "place": [float(part) for part in places[index]],
                "advantage": {sector["id"]: float(advantage[index, s]) for s, sector in enumerate(sector_keys)},
                "council": index < 5,
                "veto": index < 2,
                "reserves_held_in": {} if index < 2 else {"S001": 0.5},
            }
        )
    ties = [{"a": "S001", "b": "S002", "rivalry": 0.6}] + [
        {"a": "S001" if camp == "hub" else "S002", "b": f"S{index + 1:03d}", "alliance": 0.7}
        for index, camp in enumerate(camps)
        if index >= 2 and camp != "neutral"
    ]
    return from_keys(
        {
            "format": 1,
            "id": f"gravity-{states}x{sectors}-{seed}",
            "title": f"Made by gravity: {states} states, {sectors} sectors, seed {seed}",
            "question": "What does a measure do in a world made by rule?",
            "quarters": quarters,
            "world": {"gravity": {}},
            "state": entries,
            "sector": sector_keys,
            "tie": ties,
        }
    )


def pair_world(sectors: int = 6, quarters: int = 24) -> Scenario:
    """One sender, one target and the rest of the world, in balance; the sender takes between 15 and 30 % of the target's trade."""
    sector_keys = sectors_of(sectors)
    states = [
        {"id": "SENDER", "gdp_bn": 16_000.0, "place": [0.0, 0.0], "population_m": 330.0, "ideal_point": 1.2, "hub": True},
        {"id": "TARGET", "gdp_bn": 1_600.0, "place": [4.0, 0.0], "population_m": 140.0, "ideal_point": -0.8, "regime": "personal"},
        {"id": "REST", "gdp_bn": 60_000.0, "place": [0.0, 4.0], "population_m": 7_000.0 / 2, "inner_distance": 2.0, "neutral": True},
    ]
    return from_keys(
        {
            "format": 1,
            "id": f"pair-{sectors}",
            "title": f"Sender, target and the rest of the world, {sectors} sectors",
            "question": "What does one sender's measure do to one target?",
            "quarters": quarters,
            "world": {"gravity": {}},
            "state": states,
            "sector": sector_keys,
        }
    )


def from_keys(data: dict[str, Any]) -> Scenario:
    """A scenario from the keys of a file given as Python values; tables named in them cannot be read. Raises `Refusal`."""
    from pydantic import ValidationError

    name = str(data.get("id", "scenario"))
    problems = Problems(name, {}, data)
    try:
        keys = ScenarioKeys.model_validate(data)
    except ValidationError as error:
        collect(error, ScenarioKeys, problems)
        problems.refuse()
        raise
    if keys.world.gravity is None:
        raise Refusal(f"{name}: a scenario without a file has no tables; its world must be made by gravity.")
    sectors = keys.sector or list(DEFAULT_SECTORS)
    cross_check(keys, sectors, problems)
    problems.refuse()
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return assemble(keys, sectors, build_world(keys.world, keys.state, sectors, Path(), f"{name}: world"), "", digest)


def sectors_of(count: int) -> list[dict[str, Any]]:
    """Keys of the six default sectors, or of `count` sectors that take their kinds and shares in turn."""
    entries = []
    for index in range(count):
        sector = DEFAULT_SECTORS[index % len(KINDS)]
        turn = index // len(KINDS)
        entries.append(
            {
                "id": sector.id if turn == 0 else f"{sector.id}{turn + 1}",
                "kind": sector.kind,
                "value_added": sector.value_added,
                "final_share": sector.final_share,
                "trade_elasticity": sector.trade_elasticity,
                "border": BORDERS[sector.kind],
            }
        )
    return entries


def spreads(sectors: int) -> list[float]:
    """Standard deviation of log comparative advantage of each sector."""
    return [SPREADS[KINDS[index % len(KINDS)]] for index in range(sectors)]


def _within(name: str, number: int, low: int, high: int) -> None:
    if not low <= number <= high:
        raise Refusal(f"{name}: {number} is out of range; allowed is {low} to {high}.")
