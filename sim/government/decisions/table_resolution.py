"""A sender looks for voices behind its measures: table a condemnation in the assembly, seek a mandate in the council, or neither.

Worth: what an adopted text adds, times the chance it has when states vote as they are expected to; a text that fails costs
face, whatever it would have been worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.assembly import chance_of_adoption, tabling_terms
from sim.government.choice import Option
from sim.government.question import Question
from sim.government.resolution import Body, Resolution, ResolutionKind
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute the state leads in which measures are in force, on the agenda and without an earlier text."""
    p, found = world.p, []
    council = sum(profile.council for profile in world.setting.states) >= 3
    for dispute in world.politics.open_disputes():
        if dispute.leader != state or dispute.stage != "imposed" or any(r.dispute == dispute.id for r in world.politics.resolutions.values()):
            continue
        if not on_agenda(world, state, "table a resolution", dispute.id):
            continue
        me, target = world.ids[state], world.ids[dispute.target]
        options, orders = [Option("leave it to the measures", {})], {}
        kinds: list[tuple[ResolutionKind, Body, str]] = [("condemn", "assembly", "table a condemnation")]
        if council:
            kinds.append(("mandate", "council", "seek a mandate"))
        for kind, body, name in kinds:
            draft = Resolution("draft", kind, world.politics.sponsors(kind, state, dispute.target), dispute.target, body, world.quarter, dispute.id)
            chance = chance_of_adoption(world, draft)
            worth = p["mandate_weight"] if kind == "mandate" else 0.5 * p["mandate_weight"]
            options.append(Option(name, tabling_terms("voices behind it", worth, chance, p)))
            lever = "council_mandate" if kind == "mandate" else "assembly_resolution"
            orders[name] = (Decision(world.quarter, me, lever, target, "", 1.0, {"dispute": dispute.id}),)
        found.append(Question("table a resolution", dispute.id, tuple(options), orders, {}, covers=("assembly_resolution", "council_mandate")))
    return found
