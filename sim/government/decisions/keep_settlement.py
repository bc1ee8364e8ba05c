"""Both sides of a settlement in relief: the target keeps to it or goes back on it, the sender lifts the next stage or brings measures back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.answers import target_view, worth_to_target
from sim.government.choice import Option
from sim.government.forecast import Losses
from sim.government.packages import measures_of
from sim.government.parting import worth_of_parting
from sim.government.question import Question
from sim.government.sending import gain_from, sender_view
from sim.government.stakes import quarterly_discount
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """The questions of settlements in relief: each quarter for the sender, on the agenda for the target."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.stage != "relief" or dispute.relief is None or dispute.entered == world.quarter:
            continue
        if dispute.target == state and not dispute.relief.cheating and on_agenda(world, state, "keep settlement", dispute.id):
            found.append(_targets(world, dispute))
        if dispute.leader == state:
            found.append(_senders(world, dispute))
    return found


def _targets(world: World, dispute: Dispute) -> Question:
    relief = dispute.relief
    assert relief is not None
    left = measures_of(world, dispute)
    view = target_view(world, dispute, world.forecasts.of_keeping(left))
    full = view.pain_of_losses / relief.left()  # being blamed ends with the last measure, not in parts
    stake = worth_to_target(world, dispute, relief.ask * dispute.demand)
    coming = (relief.left() - relief.left(relief.stages - relief.done)) * full * view.credibility
    discount = quarterly_discount(world.p)
    seen = relief.monitored / (1.0 - discount * (1.0 - relief.monitored)) if relief.monitored > 0 else 0.0  # sooner or later, discounted
    order = Decision(world.quarter, world.ids[dispute.target], "backslide", world.ids[dispute.leader], "", 1.0, {"dispute": dispute.id})
    return Question(
        "keep settlement",
        dispute.id,
        (
            Option("keep to it", {"policy given up": -stake, "relief to come": coming}),
            Option(
                "go back on it",
                {
                    "relief to come": (1.0 - seen) * coming,
                    "measures come back if seen": -seen * (1.0 - relief.left()) * full * (1.0 if relief.snapback else view.credibility),
                },
            ),
        ),
        {"go back on it": (order,)},
        {"chance of being seen": seen},
        covers=("backslide",),
    )


def _senders(world: World, dispute: Dispute) -> Question:
    relief = dispute.relief
    assert relief is not None
    losses, left = world.forecasts.of_keeping(measures_of(world, dispute)), relief.left()
    view = sender_view(world, dispute, losses, dispute.leader)
    back = sender_view(world, dispute, Losses(losses.now / left, losses.long_run / left), dispute.leader)
    got = gain_from(world, dispute, dispute.leader, relief.ask * dispute.demand)
    apart = worth_of_parting(world, dispute.leader, relief.leave) if relief.leave >= 0 else 0.0
    broken = world.p["audience_cost"] * dispute.face(dispute.leader) * (got + apart)
    head = (world.quarter, world.ids[dispute.leader], "next_stage", world.ids[dispute.target], "")
    named = {"dispute": dispute.id}
    kept = 0.0 if relief.seen else 1.0
    return Question(
        "next stage",
        dispute.id,
        (
            Option("lift the next stage", {"part of the demand": kept * got, "a pair loosened": kept * apart, "own cost": -view.cost * relief.left(1) / left}),
            Option("bring measures back", {"chance that the target gives in": back.hope, "own cost": -back.cost, "a word broken": -kept * broken}),
            Option("wait", {"part of the demand": 0.8 * kept * got, "a pair loosened": 0.8 * kept * apart, "own cost": -view.cost}),
        ),
        {"lift the next stage": (Decision(*head, 1.0, named),), "bring measures back": (Decision(*head, 0.0, named),)},
        {"target keeps to it": kept},
        covers=("next_stage",),
    )
