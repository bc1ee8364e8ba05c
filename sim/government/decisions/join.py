"""A state asked to follow a leader's measures: join or stay out; one that follows is asked again when the leader has gone on to a larger package.

It reckons like a sender, with its share of the gain, and adds its ties with the leader, what the leader's hub could do to it, and a
council mandate, which speaks against staying out to who is bound by it. The members of an institution pool their stakes and are paid for unequal losses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.choice import Option
from sim.government.packages import beyond, measures_of, ordered
from sim.government.question import Question
from sim.government.sending import following_terms, sender_view, staying_out_terms

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute whose leader has measures in force, or just raised them, and the state has not gone along or left."""
    found = []
    for dispute in world.politics.open_disputes():
        asked = dispute.stage == "imposed" and state in dispute.senders[1:] and state not in dispute.left and dispute.package
        if not asked or dispute.entered == world.quarter or not measures_of(world, dispute, dispute.leader):
            continue
        raised = dispute.raised_in == world.quarter - 1
        if not raised and (measures_of(world, dispute, state) or not _on_table(world, state, dispute)):
            continue
        orders = beyond(world, dispute, state, dispute.package)
        if not orders:
            continue
        view = sender_view(world, dispute, world.forecasts.of_adding(ordered(world, orders)), state)
        terms = following_terms(world, dispute, view, state)
        found.append(
            Question(
                "join",
                dispute.id,
                (
                    Option("join the measures", terms),
                    Option("stay out", staying_out_terms(world, dispute, view, state)),
                ),
                {"join the measures": orders},
                {"target gives in within a quarter": view.chance},
                covers=tuple(sorted({order.lever for order in orders})),
            )
        )
    return found


def _on_table(world: World, state: int, dispute: Dispute) -> bool:
    """Whether measures have just come into force, or the file is on the agenda."""
    return dispute.entered == world.quarter - 1 or on_agenda(world, state, "join", dispute.id)
