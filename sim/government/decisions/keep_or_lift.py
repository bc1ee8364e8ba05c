"""A sender whose measures are in force: keep them or lift them. A standing question, reopened at the agenda rate.

A follower weighs what it weighed when it joined: ties with the leader, what the leader's hub could do to it, a mandate (see `join`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.choice import Option
from sim.government.packages import lift_orders, measures_of
from sim.government.question import Question
from sim.government.sending import following_terms, leading_terms, leaving_terms, sender_view

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute under the state's measures whose file is on the agenda this quarter."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.stage != "imposed" or state not in dispute.senders or dispute.entered == world.quarter or dispute.offered > 0:
            continue
        if not on_agenda(world, state, "keep or lift", dispute.id):
            continue
        own = measures_of(world, dispute, state)
        if not own:
            continue
        view = sender_view(world, dispute, world.forecasts.of_keeping(own), state)
        keep = leading_terms(view) if state == dispute.leader else following_terms(world, dispute, view, state)
        found.append(
            Question(
                "keep or lift",
                dispute.id,
                (
                    Option("keep", keep),
                    Option("lift", leaving_terms(view)),
                ),
                {"lift": lift_orders(world, own)},
                {"target gives in within a quarter": view.chance},
                covers=tuple(sorted({measure.lever for measure in own})),
            )
        )
    return found
