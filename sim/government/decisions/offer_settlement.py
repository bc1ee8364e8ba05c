"""A sender under way: offer relief against part of the demand, or loosen a pair by offering relief to the nearer partner (a wedge).

An offer is reckoned by what it costs if taken, like every offer here. A wedge asks nothing of the demand, only to stay away from the partner, and is worth a
share (`wedge_worth`) of what the sender has at stake with that one, which it leaves alone (see `parting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.closeness import known_partners
from sim.government.dispute import Dispute
from sim.government.packages import measures_of
from sim.government.parting import worth_of_parting
from sim.government.question import Question
from sim.government.sending import leading_terms, sender_view
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

WAIT = 4  # quarters of measures before relief is thought of


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute the state leads whose measures have lasted, on the agenda, without an offer on the table."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.leader != state or dispute.stage != "imposed" or world.quarter - dispute.entered < WAIT:
            continue
        if any(o.status == "open" and o.terms.get("dispute") == dispute.id for o in world.politics.offers.values()):
            continue
        if opened(world, state, "offer settlement", dispute.id, 0.5 * world.p["agenda_rate"]):
            found.append(_question(world, state, dispute))
    return found


def _question(world: World, state: int, dispute: Dispute) -> Question:
    p, me, target = world.p, world.ids[state], world.ids[dispute.target]
    view = sender_view(world, dispute, world.forecasts.of_keeping(measures_of(world, dispute)), state)
    ask, part = p["part_offered"], p["wedge_share"]
    going_on = leading_terms(view)
    head = (world.quarter, me, "offer_settlement", target, "", ask)
    options = [
        Option("hold the line", going_on),
        Option("offer staged relief", {"part of the demand": ask * view.gain, "the target may cheat": -p["cheating_feared"] * ask * view.gain,
            "loss of face": -0.25 * view.audience}),
    ]
    orders = {"offer staged relief": (Decision(*head, {"dispute": dispute.id, "stages": "3", "snapback": "1", "share": "1"}),)}
    for other in sorted(known_partners(world, dispute.target)):
        theirs = world.politics.between(state, other)
        if theirs is None or theirs.stage != "imposed" or world.politics.affinity[state, other] >= world.politics.affinity[state, dispute.target]:
            continue
        name = f"wedge: relief for {target} if it leaves {world.ids[other]}"
        options.append(
            Option(name, {**{term: (1.0 - part) * value for term, value in going_on.items()}, "a pair loosened": worth_of_parting(world, state, other),
                          "loss of face": -0.25 * view.audience})
        )
        terms = {"dispute": dispute.id, "share": repr(part), "leave": world.ids[other]}
        orders[name] = (Decision(world.quarter, me, "inducement", target, "", 0.0, terms),)
    beliefs = {"target gives in within a quarter": view.chance}
    return Question("offer settlement", dispute.id, tuple(options), orders, beliefs, covers=("offer_settlement", "inducement"))
