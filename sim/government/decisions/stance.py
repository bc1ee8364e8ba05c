"""A third party towards measures of others: control transit, stay neutral, trade on, or stand by the target.

Profit is first-order from this quarter's economy: what easier trade saves on the trade there is, what forwarding earned, what a gift
costs. Beside it stand affinity to either side, rivalry with the senders, penalties feared from their hubs, and what neutrality is worth
(Early 2015; McLean & Whang 2010). A mandate speaks for controlling transit, and to who is bound by it against helping the target. Patron's
money is of most use where somebody also trades.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.passage import earned_on
from sim.government.agenda import on_agenda
from sim.government.choice import Option
from sim.government.dispute import Dispute
from sim.government.packages import STANCES, stance_of
from sim.government.question import Question
from sim.government.stakes import lasting
from sim.government.ties import NOTICED, bound_by_mandate, fear_of, mandate_behind, siding
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute under measures that concerns the state as a third party and is on its agenda."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.stage != "imposed" or state == dispute.target or state in dispute.senders or dispute.entered == world.quarter:
            continue
        if not _concerned(world, state, dispute):
            continue
        if dispute.entered == world.quarter - 1 or on_agenda(world, state, "stance", dispute.id):
            found.append(_question(world, state, dispute))
    return found


def _concerned(world: World, state: int, dispute: Dispute) -> bool:
    near = world.connections.exposure[dispute.target, state] >= NOTICED
    rival = world.politics.rivalry[state, dispute.leader] > 0
    return bool(near or rival)


def _question(world: World, state: int, dispute: Dispute) -> Question:
    p, target = world.p, dispute.target
    me, other = world.ids[state], world.ids[target]
    income = float(world.accounts.factor_total[state])
    years = 0.25 * lasting(p["agenda_rate"], p)  # how long a stance lasts, discounted
    flows = world.accounts.flows if world.solution is None else world.solution.flows
    trade = float(flows[:, state, target].sum() + flows[:, target, state].sum())
    points = 100.0 * years / income
    eased = p["trade_on_help"] * trade * points
    earned = earned_on(world.passage, flows, state, target) * points
    given = _gift(world, state, target)
    side = -siding(world, state, dispute.leader, target)
    fear = fear_of(world, state, target)
    helping = {"ties and rivalries": side, "bound by the mandate": -bound_by_mandate(world, state, dispute)}
    options = [
        Option("stay neutral", {"being neutral": p["neutrality"] if world.setting.states[state].neutral else 0.0}),
        Option("control transit", {"ties and rivalries": -side, "forwarding given up": -earned, "mandate": mandate_behind(world, dispute)}),
        Option("trade on", {**helping, "profit": eased, "penalties feared": -fear}),
    ]
    mine = stance_of(world, state, target)
    orders = {
        "stay neutral": tuple(_order(world, me, other, lever, None, dispute) for lever in mine),
        "control transit": (_order(world, me, other, "transit_control", 1.0, dispute),),
        "trade on": (_order(world, me, other, "trade_facilitation", p["trade_on_help"], dispute),),
    }
    if given > 0:
        options.append(
            Option(
                "stand by the target",
                {**helping, "a rival's measures spoiled": _rival(world, state, dispute), "profit": eased,
                 "money given away": -given * income * points, "penalties feared": -1.5 * fear},
            )
        )
        orders["stand by the target"] = (
            _order(world, me, other, "trade_facilitation", p["trade_on_help"], dispute),
            _order(world, me, other, "aid", given, dispute),
        )
    for name in orders:
        kept = {order.lever for order in orders[name]}
        orders[name] += tuple(_order(world, me, other, lever, None, dispute) for lever in mine if lever not in kept)
    return Question("stance", dispute.id, tuple(options), orders, {"penalties feared": fear, "trade at stake": trade}, covers=(*STANCES, "join_coalition"))


def _gift(world: World, patron: int, target: int) -> float:
    """Share of its income a patron would give each quarter: no more than makes good a part of what the target was seen to lack last quarter."""
    if world.solution is None:
        return 0.0
    lacking = max(0.0, 1.0 - float(world.solution.real_income[target])) * world.accounts.income[target]
    return float(min(world.p["patron_share"], world.p["patron_cover"] * lacking / world.accounts.income[patron]))


def _rival(world: World, state: int, dispute: Dispute) -> float:
    return world.p["rivalry_stakes"] * float(np.max(world.politics.rivalry[state, dispute.senders]))


def _order(world: World, me: str, other: str, lever: str, value: float | None, dispute: Dispute) -> Decision:
    return Decision(world.quarter, me, lever, other, "", value, {"purpose": "signal", "stance": "1", "dispute": dispute.id} if value is not None else {})
