"""O15: third parties that trade on and stand by the target lower success; a patron alone does less than with commercial hubs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.staged import outcome, staged
from sim.scenario.laboratory import senders_of, target_of, world_a

STATES, SECTORS = 24, 5
SHARE, NEUTRAL, LINES = 0.5, 0.3, 0.6
HUBS = 2  # neutral states with the most trade with the target
DRAWS = 1
STANDING_BY = "stand by the target"  # no option where patrons have nothing to lend
WAYS = {"none": (False, False), "patron": (True, False), "hubs": (False, True), "both": (True, True)}


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """A coalition's measures with the rival power as patron or not and two commercial hubs trading on or not."""
    world = world_a(STATES, SECTORS, seed, coalition_share=SHARE, neutral_share=NEUTRAL)
    target = target_of(world)
    aim, total = world.state_ids.index(target), world.flows.sum(axis=0)
    neutral = [index for index, state in enumerate(world.states) if state.neutral and index != aim]
    hubs = {world.state_ids[index] for index in sorted(neutral, key=lambda index: -(total[index, aim] + total[aim, index]))[:HUBS]}
    found: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        luck = DRAWS * seed + draw
        setting = staged(world, senders_of(world), target, LINES, luck)
        for name, (patron, commercial) in WAYS.items():

            def decide(
                quarter: int, state: str, decision: str, options: Sequence[str], beliefs: Mapping[str, float],
                patron: bool = patron, commercial: bool = commercial,
            ) -> str | None:
                if not decision.startswith("stance"):
                    return None
                if state == world.state_ids[1] and patron and STANDING_BY in options:
                    return STANDING_BY
                return "trade on" if state in hubs and commercial else "stay neutral"

            result = outcome(setting, luck, parameters, decider=decide)
            found.setdefault(name, []).append(float(result["met_by_ten"] >= 0.5))
    return found


def pooled(records: Sequence[Record]) -> dict[str, float]:
    """Success with patron and hubs over success with none, and of a patron alone over none."""
    share = {name: float(np.mean([won for record in records for won in record[name]])) for name in WAYS}
    nothing = max(share["none"], 1e-9)
    return {"ratio": share["both"] / nothing, "patron_alone": share["patron"] / nothing, **share}


FACT = Fact("O15", "patrons", {"trade_on_help": 0.0, "patron_share": 0.0}, ("ratio",), "neither trading on nor standing by changes anything", pooled)
