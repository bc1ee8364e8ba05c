"""A state known for its good offices: offer to mediate in a dispute that drags on, or stay out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

DRAGS = 4  # quarters


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute under measures that drags on without a mediator, on the agenda."""
    p, found = world.p, []
    if not world.setting.states[state].mediator:
        return []
    for dispute in world.politics.open_disputes():
        if dispute.stage != "imposed" or dispute.mediator >= 0 or state in (dispute.target, *dispute.senders) or world.quarter - dispute.entered < DRAGS:
            continue
        if not opened(world, state, "mediate", dispute.id, 0.5 * p["agenda_rate"]):
            continue
        ties = float(world.politics.affinity[state, dispute.target] + world.politics.affinity[state, dispute.leader])
        order = Decision(world.quarter, world.ids[state], "mediation", world.ids[dispute.target], "", 1.0, {"dispute": dispute.id})
        found.append(
            Question(
                "mediate",
                dispute.id,
                (
                    Option("offer good offices", {"standing as a mediator": p["neutrality"], "ties with both sides": 0.5 * p["affinity_stakes"] * ties,
                                                  "standing lost if it fails": -0.5 * p["neutrality"]}),
                    Option("stay out of it", {}),
                ),
                {"offer good offices": (order,)},
                {},
                covers=("mediation",),
            )
        )
    return found
