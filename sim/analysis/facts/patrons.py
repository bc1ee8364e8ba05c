"""O15: third parties that trade on and stand by the target lower success; a patron alone does less than with commercial hubs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.staged import IMPOSED, outcome, staged
from sim.parameters import resolve
from sim.scenario.decisions import Decision
from sim.scenario.laboratory import senders_of, target_of, world_a

STATES, SECTORS = 24, 5
SHARE, NEUTRAL, LINES = 0.5, 0.3, 0.6
HUBS = 2  # neutral states with the most trade with the target
DRAWS = 2  # disputes for each seed and way
CONTROL, TRADE = "control transit", "trade on"
STANDING_BY = "stand by the target"  # no option where a patron has nothing to give
WAYS = {"none": (False, False), "patron": (True, False), "hubs": (False, True), "both": (True, True)}


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """A coalition's measures with the rival power as patron or not and two commercial hubs trading on or not, from the first day on.

    All other third parties control what passes through them, in every arm: what the helpers do is then nobody else's doing.
    """
    world = world_a(STATES, SECTORS, seed, coalition_share=SHARE, neutral_share=NEUTRAL)
    values = resolve(parameters)
    target = target_of(world)
    aim, total = world.state_ids.index(target), world.flows.sum(axis=0)
    neutral = [index for index, state in enumerate(world.states) if state.neutral and index != aim]
    hubs = [world.state_ids[index] for index in sorted(neutral, key=lambda index: -(total[index, aim] + total[aim, index]))[:HUBS]]
    power, senders = world.state_ids[1], senders_of(world)
    third = [state for state in world.state_ids if state != target and state not in senders]
    found: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        luck = DRAWS * seed + draw
        setting = staged(world, senders, target, LINES, luck)
        for name, (patron, commercial) in WAYS.items():
            stances = {**dict.fromkeys(third, CONTROL), **dict.fromkeys(hubs if commercial else (), TRADE), **({power: STANDING_BY} if patron else {})}
            orders = tuple(order for state, stance in stances.items() for order in _orders(state, stance, target, values))
            forced = dataclasses.replace(setting, timetable=setting.timetable + orders)

            def decide(
                quarter: int, state: str, decision: str, options: Sequence[str], beliefs: Mapping[str, float], stances: Mapping[str, str] = stances
            ) -> str | None:
                if not decision.startswith("stance"):
                    return None
                return stances[state] if stances[state] in options else TRADE

            result = outcome(forced, luck, parameters, decider=decide)
            found.setdefault(name, []).append(float(result["met_by_ten"] >= 0.5))
    return found


def _orders(state: str, stance: str, target: str, p: Mapping[str, float]) -> list[Decision]:
    """What a third party puts in force beside the measures."""
    about = {"purpose": "signal", "stance": "1", "dispute": "staged"}
    if stance == CONTROL:
        return [Decision(IMPOSED, state, "transit_control", target, "", 1.0, about)]
    levels = {"trade_facilitation": p["trade_on_help"], "aid": p["patron_share"] if stance == STANDING_BY else 0.0}
    return [Decision(IMPOSED, state, lever, target, "", level, about) for lever, level in levels.items() if level > 0]


def pooled(records: Sequence[Record]) -> dict[str, float]:
    """Success with patron and hubs over success with none, and of a patron alone over none."""
    share = {name: float(np.mean([won for record in records for won in record[name]])) for name in WAYS}
    nothing = max(share["none"], 1e-9)
    return {"ratio": share["both"] / nothing, "patron_alone": share["patron"] / nothing, **share}


FACT = Fact("O15", "patrons", {"trade_on_help": 0.0, "patron_share": 0.0}, ("ratio",), "neither trading on nor standing by changes anything", pooled)
