"""Under threat: wait and see, put money by, or fill stores, before measures come; and stop putting by when the threat is gone.

What is put by is missing now and worth more in hard times, if they come: the belief that the threat is carried out decides. No more counts than measures would
take in a year, or, for stores, than the senders sell of what people cannot do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.government.choice import Option
from sim.government.packages import package_measures
from sim.government.question import Question
from sim.levers import LEVERS
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

WAYS = {"reserve_building": ("put money by", "stop putting money by"), "stockpiling": ("fill stores", "stop filling stores")}


def questions(world: World, state: int) -> list[Question]:
    """One question for each fresh threat against the state; one for each way of putting by that it took under a threat that is gone."""
    found = []
    mine = {one.lever: one for one in world.measures.of(state) if one.lever in WAYS}
    threats = [d for d in world.politics.open_disputes() if d.target == state and d.stage == "threat" and d.package]
    for dispute in threats:
        if dispute.entered == world.quarter - 1 and not mine:
            found.append(_under_threat(world, state, dispute))
    past = [d.threatened_in for d in world.politics.disputes.values() if d.target == state and d.threatened_in is not None]
    if not threats and past:
        found += [_afterwards(world, state, lever) for lever in WAYS if lever in mine and mine[lever].since > min(past)]
    return found


def _under_threat(world: World, state: int, dispute: Dispute) -> Question:
    p, me = world.p, world.ids[state]
    believed = world.politics.credibility(dispute.leader, p["credibility_prior"], p["credibility_weight"])
    loss = max(0.0, float(world.forecasts.of_adding(package_measures(world, dispute)).now[state]))
    usual, sold = _storable(world, state)
    most = {"reserve_building": loss, "stockpiling": 100.0 * usual * float(sold[dispute.senders].sum())}
    options, orders = [Option("wait and see", {})], {}
    for lever, (name, _) in WAYS.items():
        level = LEVERS[lever].value.default
        if lever == "stockpiling" and not usual:
            continue  # nothing that people cannot do without keeps
        aside = 25.0 * level * (usual if lever == "stockpiling" else 1.0) * p["threat_quarters"]
        options.append(Option(name, {"put by for hard times": believed * p["hard_times"] * min(aside, most[lever]), "missing now": -aside}))
        sectors = [world.sector_ids[index] for index in _sectors(world)] if lever == "stockpiling" else [""]
        orders[name] = tuple(Decision(world.quarter, me, lever, "", sector, level) for sector in sectors)
    return Question("prepare", dispute.id, tuple(options), orders, {"threat is carried out": believed}, covers=tuple(WAYS))


def _afterwards(world: World, state: int, lever: str) -> Question:
    me, (name, stop) = world.ids[state], WAYS[lever]
    own = {key[3]: one for key, one in world.measures.items() if one.lever == lever and one.sender == state}
    aside = 25.0 * max(one.level for one in own.values()) * (_storable(world, state)[0] if lever == "stockpiling" else 1.0)
    orders = tuple(Decision(world.quarter, me, lever, "", sector if LEVERS[lever].takes_sector else "") for sector in own)
    return Question(f"after {name}", me, (Option(stop, {}), Option(f"go on to {name}", {"missing now": -aside})), {stop: orders}, {}, covers=(lever,))


def _sectors(world: World) -> list[int]:
    """Goods that people cannot do without and that keep."""
    return [index for index, sector in enumerate(world.setting.sectors) if sector.essential and sector.storable]


def _storable(world: World, state: int) -> tuple[float, NDArray[np.float64]]:
    """What households usually spend on goods for store, over income, and the share of the state's purchases of them that each state sells `(state,)`."""
    sectors = _sectors(world)
    bought = world.accounts.flows[sectors][:, :, state].sum(axis=0)
    total = float(bought.sum())
    usual = (1.0 - world.p["investment_share"]) * float(world.accounts.final_shares[sectors, state].sum())
    return usual, bought / total if total > 0 else bought
