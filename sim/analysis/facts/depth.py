"""O03: the deeper the measures cut, the more often the target gives in, all else equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.facts.episodes import odds_ratio
from sim.analysis.facts.fact import NOT_FELT, Fact, Record
from sim.analysis.facts.staged import outcome, staged, unmeasured
from sim.scenario.laboratory import world_b

DEPTHS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6)  # share of a full coalition ban
COALITION = 0.5  # share of the target's trade that the coalition, here one sender, holds
DRAWS = 6  # disputes for each seed and depth
SECTORS = 5


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Disputes of equal demand under measures of six depths in World B."""
    world = world_b(SECTORS, seed, sender_share=COALITION)
    cases = []
    for draw in range(DRAWS):
        luck = DRAWS * seed + draw
        settings = {depth: staged(world, ["SENDER"], "TARGET", depth, luck) for depth in DEPTHS}
        twin = unmeasured(settings[DEPTHS[0]], luck, parameters)  # without their measures all six are the same
        cases += [{**outcome(setting, luck, parameters, twin=twin), "depth": depth} for depth, setting in settings.items()]
    return {"cases": cases}


def pooled(records: Sequence[Record]) -> dict[str, float]:
    """Odds ratio of success, top against bottom third of the realised mean annual loss; success by depth."""
    cases = sorted((case for record in records for case in record["cases"]), key=lambda case: case["loss"])
    third = len(cases) // 3
    by_depth = {
        f"depth_{depth:g}": float(np.mean([case["met_by_ten"] >= 0.5 for case in cases if case["depth"] == depth])) for depth in DEPTHS
    }
    return {"odds_ratio": odds_ratio(cases[-third:], cases[:third]), **by_depth}


FACT = Fact("O03", "depth", NOT_FELT, ("odds_ratio",), "a target's government does not count its people's loss", pooled)
