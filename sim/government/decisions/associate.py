"""A state outside a coalition: associate itself with the measures, or keep out of it.

Asked are those for whom a council's mandate stands behind the measures, and those who sit in an organisation with the leader. They reckon like a
follower (see `join`): own share of the gain, own cost, ties, the leader's hub, the mandate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.packages import package_orders
from sim.government.question import Question
from sim.government.sending import sender_view
from sim.government.ties import hold_of, siding
from sim.levers import LEVERS
from sim.orders import measures_of as measures_from
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute under measures with such a call on the state; seldom on the agenda."""
    return [
        _question(world, state, dispute)
        for dispute in world.politics.open_disputes()
        if dispute.stage == "imposed"
        and dispute.package
        and state not in (dispute.target, *dispute.senders)
        and not world.setting.states[state].neutral
        and _called(world, state, dispute)
        and opened(world, state, "associate", dispute.id, 0.5 * world.p["agenda_rate"])
    ]


def _called(world: World, state: int, dispute: Dispute) -> bool:
    together = any({state, dispute.leader} <= members and dispute.target not in members for members in world.politics.members.values())
    return together or world.politics.mandated(dispute.id)


def _question(world: World, state: int, dispute: Dispute) -> Question:
    p, leader = world.p, dispute.leader
    wider = replace(dispute, senders=[*dispute.senders, state])
    orders = package_orders(world, wider, state)
    package = [measure for order in orders for measure in measures_from(order, world.ids, world.sector_ids, LEVERS[order.lever])]
    view = sender_view(world, wider, world.forecasts.of_adding(package), state)
    terms = {
        "chance that the target gives in": view.hope,
        "own cost": -view.cost,
        "ties with the leader": siding(world, state, leader, dispute.target),
        "hold of the leader's hub": p["hub_fear"] * hold_of(world, leader, state) if world.setting.states[leader].hub else 0.0,
        "mandate": p["mandate_weight"] if world.politics.mandated(dispute.id) else 0.0,
    }
    joining = Decision(world.quarter, world.ids[state], "join_coalition", world.ids[dispute.target], "", 1.0, {"dispute": dispute.id})
    return Question(
        "associate",
        dispute.id,
        (Option("keep out of it", {}), Option("associate itself with the measures", terms)),
        {"associate itself with the measures": (joining, *orders)},
        {"target gives in within a quarter": view.chance},
        covers=("join_coalition",),
    )
