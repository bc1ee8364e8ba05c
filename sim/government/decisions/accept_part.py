"""A sender with a partial offer on the table: take the part and end the dispute, or go on for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.packages import measures_of, package_measures
from sim.government.question import Question
from sim.government.sending import leading_terms, sender_view
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each offer of a part made to the state in an earlier quarter."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.leader != state or dispute.offered <= 0:
            continue
        threat = dispute.stage == "threat"
        losses = world.forecasts.of_adding(package_measures(world, dispute)) if threat else world.forecasts.of_keeping(measures_of(world, dispute))
        view = sender_view(world, dispute, losses, state)
        order = (world.quarter, world.ids[state], "answer_offer", world.ids[dispute.target], "")
        named = {"dispute": dispute.id}
        found.append(
            Question(
                "accept part",
                dispute.id,
                (
                    Option("accept", {"part of the demand": dispute.offered * view.gain}),
                    Option("go on", leading_terms(view)),
                ),
                {
                    "accept": (Decision(*order, 1.0, named),),
                    "go on": (Decision(*order, 0.0, named),),
                },
                {"target gives in within a quarter": view.chance},
                covers=("answer_offer",),
            )
        )
    return found
