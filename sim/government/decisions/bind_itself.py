"""A leader whose measures have just come into force: keep its hands free, or pledge in public to hold on until the demand is met.

A pledge ties hands (Fearon 1997): going back on it would cost twice the face, so the sender will rather stand firm, the target believes less in an end,
and expects to suffer longer. It is a bad bargain for a sender that doubts its own patience.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.packages import measures_of
from sim.government.question import Question
from sim.government.sending import firmness, leading_terms, sender_view
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute the state leads whose measures came into force in the last quarter."""
    return [
        _question(world, state, dispute)
        for dispute in world.politics.open_disputes()
        if dispute.leader == state and dispute.stage == "imposed" and dispute.imposed_in == world.quarter - 1 and state not in dispute.pledged
    ]


def _question(world: World, state: int, dispute: Dispute) -> Question:
    losses = world.forecasts.of_keeping(measures_of(world, dispute))
    options, beliefs = [], {}
    pledged = replace(dispute, pledged=[*dispute.pledged, state])
    for name, seen, belief in (("keep its hands free", dispute, "firm without a pledge"), ("pledge to hold on", pledged, "firm under a pledge")):
        view = sender_view(world, seen, losses, state)
        firm = beliefs[belief] = firmness(view, world.p)
        standing = {name: firm * value for name, value in leading_terms(view).items()}
        options.append(Option(name, {**standing, "loss of face": -(1.0 - firm) * view.audience}))
    order = Decision(world.quarter, world.ids[state], "pledge", world.ids[dispute.target], "", 1.0, {"dispute": dispute.id})
    return Question("bind itself", dispute.id, tuple(options), {"pledge to hold on": (order,)}, beliefs, covers=("pledge",))
