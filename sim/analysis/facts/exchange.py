"""O12: measures on a target's exports and freezes depreciate its currency, measures on its imports appreciate it (Itskhoki & Mukhin)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import Pair, pair, percent
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import world_b

START = 8
AFTER = 8
LINES = 0.5  # of the export-side arm; the import-side arm is scaled to the same loss
TRADE = ("import_ban", "export_ban")
CLOSE = 0.05  # gap of the two losses, as a share
TRIES = 6


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Change of the target's real exchange rate, %, over the first year; both kinds of trade measures cost the target the same real income."""
    world = world_b(seed=seed, quarters=START + AFTER)
    export_side = _arm(world, seed, parameters, "import_ban", LINES)
    freeze = _arm(world, seed, parameters, "asset_freeze", 1.0, "credit_ban")
    wanted = _loss(export_side)
    lines = LINES
    import_side = _arm(world, seed, parameters, "export_ban", lines)
    for _ in range(TRIES):
        if abs(_loss(import_side) / wanted - 1.0) < CLOSE:
            break
        lines = min(lines * (wanted / _loss(import_side)) ** 0.9, 1.0)
        import_side = _arm(world, seed, parameters, "export_ban", lines)
    return {
        "export_side": _rate(export_side),
        "freeze": _rate(freeze),
        "import_side": _rate(import_side),
        "same_loss": abs(_loss(import_side) / wanted - 1.0) * 100.0,
    }


def _arm(world: Scenario, seed: int, parameters: Mapping[str, float], lever: str, value: float, *more: str) -> Pair:
    orders = [Decision(START, "SENDER", name, "TARGET", "*" if name in TRADE else "", value) for name in (lever, *more)]
    return pair(world, seed, START, AFTER, parameters, orders)


def _loss(arm: Pair) -> float:
    return float(-arm.log_change("states", "real_income", [arm.target])[:4].mean())


def _rate(arm: Pair) -> float:
    with_, without = arm.both("states", "exchange_rate")
    return percent(float(np.log(with_ / without)[:4, arm.target].mean()))


FACT = Fact(
    "O12",
    "exchange",
    {"factor_mobility": 1.0, "impact_share": 1.0, "private_assets_ratio": 0.0, "short_debt_ratio": 0.0, "asset_return": 0.0},
    ("freeze",),
    "no private foreign money that could be frozen or not be lent",
)
