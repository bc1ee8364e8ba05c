"""O09: much of the trade a target loses with the senders it finds again with others, at worse prices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import Pair, pair
from sim.scenario.laboratory import world_a

START = 20
AFTER = 12  # quarters: three years
COALITION, NEUTRAL = 0.5, 0.3


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Share of the trade lost with the coalition that is found with others in the third year, and what it then costs."""
    world = world_a(seed=seed, coalition_share=COALITION, neutral_share=NEUTRAL, lines=1.0, imposed=START, quarters=START + AFTER)
    twins = pair(world, seed, START, AFTER, parameters)
    others = [state for state in range(len(world.states)) if state != twins.target and state not in twins.senders]
    with_, without = (trade[-4:].sum(axis=0) for trade in twins.bilateral("recorded_value"))
    change = with_ - without
    imports, exports = _prices(twins, others)
    return {
        "recovered": float(-change[others].sum() / change[twins.senders].sum() * 100.0),
        "wedge": float(np.expm1(imports - exports) * 100.0),
        "import_price": float(np.expm1(imports) * 100.0),
        "export_price": float(np.expm1(exports) * 100.0),
    }


def _prices(twins: Pair, others: list[int]) -> tuple[float, float]:
    """Log change of what the target pays for goods from others and by detours, and of what it earns from others, third year."""
    target = twins.target
    (price, usual), (value, _) = twins.both("trade", "price"), twins.both("trade", "true_value")
    ratio = np.log(price[-4:] / usual[-4:])
    bought, sold = value[-4:, :, target].copy(), value[-4:, target, others]
    bought[:, target] = 0.0
    imports = (ratio[:, :, target] * bought).sum() / bought.sum()
    exports = (ratio[:, target, others] * sold).sum() / sold.sum()
    return float(imports), float(exports)


FACT = Fact(
    "O09",
    "diversion",
    {"relationship_adjustment": 0.0, "connector_capacity": 0.0, "impact_share": 0.05},
    ("recovered",),
    "no new relationships, no connectors, no answer to prices",
)
