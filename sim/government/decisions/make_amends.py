"""A state under pressure whose possible partner bears it an old grudge: leave the past alone, or own up and make amends.

The partner's grievance stands in the way of any deal (see `partnering`); an apology takes part of it away, and costs pride at home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.home_front import under_measures
from sim.government.partnering import common_adversary
from sim.government.question import Question
from sim.levers.apology import SHARE
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

FELT = 0.1  # grievance from which it stands in the way


def questions(world: World, state: int) -> list[Question]:
    """One question for each state that holds something against this one and has an adversary in common with it; seldom on the agenda."""
    p, politics, found = world.p, world.politics, []
    if under_measures(world, state) is None:
        return []
    for other in range(len(world.ids)):
        grudge = float(politics.grievance[other, state])
        need = common_adversary(world, state, other) if other != state and grudge >= FELT else 0.0
        if need <= 0 or not opened(world, state, "make amends", world.ids[other], 0.25 * p["partner_rate"]):
            continue
        order = Decision(world.quarter, world.ids[state], "apology", world.ids[other], "", 1.0)
        terms = {"grudge taken away": need * SHARE * p["old_grievance"] * grudge, "pride at home": -p["pride"]}
        options = (Option("leave the past alone", {}), Option("own up and make amends", terms))
        found.append(
            Question("make amends", world.ids[other], options, {"own up and make amends": (order,)}, {"grudge": grudge}, covers=("apology",))
        )
    return found
