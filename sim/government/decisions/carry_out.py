"""The sender after resistance: carry out the threat or back down.

Carrying out brings the chance that the target gives in later, costs the sender's own trade, and saves face; backing down costs
the audience what was promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.packages import package_measures, package_orders, retraction
from sim.government.question import Question
from sim.government.sending import leading_terms, sender_view

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each of the state's threats that its target has heard, and met with resistance."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.stage != "threat" or dispute.leader != state or dispute.offered > 0 or dispute.heard_in is None:
            continue
        package = package_measures(world, dispute)
        view = sender_view(world, dispute, world.forecasts.of_adding(package), state)
        found.append(
            Question(
                "carry out",
                dispute.id,
                (
                    Option("impose", leading_terms(view)),
                    Option("back down", {"loss of face": -view.audience}),
                ),
                {
                    "impose": package_orders(world, dispute),
                    "back down": (retraction(world, dispute),),
                },
                {"target gives in within a quarter": view.chance},
                covers=("retraction",),
            )
        )
    return found
