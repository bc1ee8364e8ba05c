"""Designation: a sender has its target labelled by the assembly, so that others keep away; those who deal with the labelled want it lifted.

Worth: to the sender what warning the target's other partners off is worth, by their share of its trade; to a partner what it is spared itself. Both times
the chance that the text has when states vote as they are expected to; a text that fails costs face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.assembly import chance_of_adoption, tabling_terms
from sim.government.choice import Option
from sim.government.packages import measures_of
from sim.government.question import Question
from sim.government.resolution import Resolution, ResolutionKind
from sim.government.ties import NOTICED
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

WAIT = 4  # quarters of measures before a label is thought of


def questions(world: World, state: int) -> list[Question]:
    """One question for each target of lasting measures the state leads that nobody has moved to label yet, and for each labelled state it deals with; seldom
    on the agenda."""
    politics, rate = world.politics, 0.5 * world.p["agenda_rate"]
    found = []
    led = [d for d in politics.open_disputes() if d.leader == state and d.stage == "imposed" and world.quarter - d.entered >= WAIT]
    tried = {one.about for one in politics.resolutions.values() if one.kind == "designate"} if led else set()
    for target in sorted({dispute.target for dispute in led} - tried):
        if opened(world, state, "designate", world.ids[target], rate):
            senders = next(dispute.senders for dispute in led if dispute.target == target)
            others = 1.0 - float(world.connections.exposure[target, senders].sum())
            found.append(_question(world, state, target, "designate", world.p["stigma"] * max(others, 0.0)))
    if not politics.labelled:
        return found
    pending = {one.about for one in politics.resolutions.values() if one.kind == "lift" and one.adopted is None}
    acting = {dispute.target for dispute in politics.open_disputes() if measures_of(world, dispute, state)}
    for target in sorted(politics.labelled):
        dealing = world.connections.exposure[state, target] >= NOTICED and target not in acting
        if target != state and dealing and target not in pending and opened(world, state, "lift the label", world.ids[target], rate):
            found.append(_question(world, state, target, "lift", world.p["stigma"]))
    return found


def _question(world: World, state: int, target: int, kind: ResolutionKind, worth: float) -> Question:
    draft = Resolution("draft", kind, world.politics.sponsors(kind, state, target), target, "assembly", world.quarter)
    chance = chance_of_adoption(world, draft)
    lever, name, gain = {
        "designate": ("designation", "have it designated", "others warned off"),
        "lift": ("lift_motion", "move to lift the label", "stigma lifted"),
    }[kind]
    order = Decision(world.quarter, world.ids[state], lever, world.ids[target], "", 1.0)
    options = (Option("table nothing", {}), Option(name, tabling_terms(gain, worth, chance, world.p)))
    return Question(kind, world.ids[target], options, {name: (order,)}, {"chance of adoption": chance}, covers=(lever,))
