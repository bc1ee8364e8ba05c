"""The target answers a threat or a demand: hold, offer a part, or yield before anything is imposed.

Holding out costs the pain it expects if the threat is carried out, times the belief that it will be. A demand without a threat is taken as
one that may follow at the agenda rate, of a partial ban of trade where no package was named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.answers import answers, target_view
from sim.government.packages import package_measures
from sim.government.question import Question
from sim.levers.lever import USUAL

if TYPE_CHECKING:
    from sim.world import World

def questions(world: World, state: int) -> list[Question]:
    """One question for each threat or demand against the state that it has not answered yet."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.target != state or dispute.stage not in ("demand", "threat") or dispute.entered != world.quarter - 1:
            continue
        view = target_view(world, dispute, world.forecasts.of_adding(package_measures(world, dispute, dispute.package or USUAL)))
        believed = view.credibility * view.pain * (1.0 if dispute.stage == "threat" else world.p["agenda_rate"])
        beliefs = {"threat is carried out": view.credibility, "sender gives up within a quarter": view.quit_chance, "pain": view.pain}
        found.append(answers("answer threat", world, dispute, believed, view.worth, beliefs))
    return found
