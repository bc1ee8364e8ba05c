"""A state outside a coalition: associate itself with the measures, or keep out of it.

Asked are those for whom a council's mandate stands behind the measures, and those who sit in an organisation with the leader. They reckon like a
follower (see `join`): own share of the gain, own cost, ties, the leader's hub, the mandate and whether it binds them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.packages import ordered, package_orders, stance_of
from sim.government.question import Question
from sim.government.resolve import of_joiner
from sim.government.sending import following_terms, sender_view
from sim.government.ties import bound_by_mandate
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
    wider = replace(dispute, senders=[*dispute.senders, state], followers={**dispute.followers, state: of_joiner(world, dispute, state)})
    orders = package_orders(world, wider, state)
    view = sender_view(world, wider, world.forecasts.of_adding(ordered(world, orders)), state)
    bound = bound_by_mandate(world, state, dispute)
    dropped = tuple(Decision(world.quarter, world.ids[state], lever, world.ids[dispute.target]) for lever in stance_of(world, state, dispute.target))
    joining = Decision(world.quarter, world.ids[state], "join_coalition", world.ids[dispute.target], "", 1.0, {"dispute": dispute.id})
    return Question(
        "associate",
        dispute.id,
        (
            Option("keep out of it", {"bound by the mandate": -bound}),
            Option("associate itself with the measures", following_terms(world, wider, view, state)),
        ),
        {"associate itself with the measures": (joining, *dropped, *orders)},
        {"target gives in within a quarter": view.chance},
        covers=("join_coalition",),
    )
