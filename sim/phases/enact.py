"""Enact: the quarter's orders become measures in force, measures become frictions, and firms answer them and what is threatened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.anticipation import bought_ahead, early_withdrawal
from sim.economy.overcompliance import conduct, policy_bill
from sim.government import deals, threats
from sim.government.deeds import do, withdraw
from sim.government.offers import expire
from sim.government.pacts import bring_in_line
from sim.government.parting import attend
from sim.government.stages import attach, move_on, settled_between
from sim.levers import LEVERS
from sim.levers.combine import finished
from sim.levers.end_deal import OPENLY
from sim.orders import measures_of

if TYPE_CHECKING:
    from sim.scenario.decisions import Decision
    from sim.world import World


def run(world: World) -> None:
    """Do the deeds, put measures in force or withdraw them, bring disputes in line, add up what all measures do; firms answer."""
    for order in sorted(world.pending, key=_place):
        _carry_out(world, order)
    world.pending = []
    _clear_table(world)
    attach(world)
    move_on(world)
    bring_in_line(world)
    deals.open_and_close(world)
    attend(world)
    kept = deals.in_force(world)
    world.frictions = finished(world.tally.of(world.measures.values()))
    world.licences = deals.licences(world, kept, world.frictions)
    world.economy.productivity = deals.productivity(world, world.licences)
    world.conduct = conduct(world.frictions, world.connections.exposure, world.usual_effort, world.p, world.politics.labelled)
    world.policy_bill = policy_bill(world.frictions, world.conduct, world.accounts.flows, world.p)
    _anticipate(world)


def _anticipate(world: World) -> None:
    """Let traders act on what is threatened: buy ahead what keeps, stay away from new deals in what does not."""
    assert world.conduct is not None
    risk, keeps = threats.risk(world), np.array([sector.storable for sector in world.setting.sectors])
    if risk is not None:
        world.conduct = early_withdrawal(world.conduct, risk, keeps, world.p)
    shares = world.accounts.shares if world.solution is None else world.solution.shares
    world.ahead = bought_ahead(world.economy.ahead, risk, shares, keeps, world.p)


def _place(order: Decision) -> int:
    """Whose order counts first where two are about one thing: what a target gives of its own accord, and an open break; else in the order of the states."""
    return 0 if order.lever == "concession" or (order.lever == "end_deal" and order.value is not None and order.value >= OPENLY) else 1


def _clear_table(world: World) -> None:
    """Offers that nobody has answered in time are gone, and that is told; on the table of people who do not decide this quarter they wait."""
    before = world.politics.offers
    world.politics.offers = expire(before, world.quarter, {world.place[name] for name in world.resting})
    for name, offer in world.politics.offers.items():
        if offer.status == "expired" and before[name].status == "open":
            sender, receiver = (world.setting.states[state].name for state in (offer.sender, offer.receiver))
            proposed = str(offer.terms.get("kind", "relief")).replace("_", " ")
            states = f"{world.ids[offer.sender]} {world.ids[offer.receiver]}"
            world.record.row("events", world.quarter, "offer lapsed", states, f"{receiver} leaves what {sender} offered unanswered: {proposed}")


def _carry_out(world: World, order: Decision) -> None:
    lever = LEVERS[order.lever]
    for measure in measures_of(order, world.ids, world.sector_ids, lever):
        key = (measure.lever, measure.sender, measure.target, order.sector or "*")
        old = world.measures.get(key)
        names = " ".join(world.ids[index] for index in (measure.sender, measure.target) if index >= 0)
        if lever.act is not None:
            do(world, order, lever, measure)
            continue
        if order.value is not None and order in world.setting.timetable and settled_between(world, measure.sender, measure.target):
            said = f"{lever.label} of {names.replace(' ', ' on ')} is not needed any more: the dispute is settled"
            world.record.row("events", world.quarter, "came to nothing", names, said)
            continue
        if order.value is None:
            if old is not None:
                withdraw(world, key)
            continue
        world.measures[key] = measure
        if old is None:
            text = f"{lever.label} of {names.replace(' ', ' on ')}, level {measure.level:g}"
            world.record.row("events", world.quarter, "measure imposed", names, text)
        elif old.level != measure.level:
            text = f"{lever.label} of {names.replace(' ', ' on ')} moved from {old.level:g} to {measure.level:g}"
            world.record.row("events", world.quarter, "measure changed", names, text)
