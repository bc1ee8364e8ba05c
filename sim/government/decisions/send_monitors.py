"""A settlement begins: trust the other's word, or send inspectors who see it more often when it is not kept (Cilizoglu 2023)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.question import Question
from sim.government.sending import gain_from
from sim.levers import LEVERS
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each settlement of the state that began in the last quarter and is watched less than a mission would."""
    p, found, watched = world.p, [], LEVERS["monitoring_mission"].value.default
    for dispute in world.politics.open_disputes():
        relief = dispute.relief
        if dispute.leader != state or relief is None or dispute.entered != world.quarter - 1 or relief.monitored >= watched:
            continue
        feared = p["cheating_feared"] * gain_from(world, dispute, state, relief.ask * dispute.demand)
        order = Decision(world.quarter, world.ids[state], "monitoring_mission", world.ids[dispute.target], "", watched, {"dispute": dispute.id})
        found.append(
            Question(
                "send monitors",
                dispute.id,
                (
                    Option("trust the other's word", {"the target may cheat": -(1.0 - relief.monitored) * feared}),
                    Option("send inspectors", {"the target may cheat": -(1.0 - watched) * feared, "what inspectors cost": -p["mission_cost"]}),
                ),
                {"send inspectors": (order,)},
                {"chance of being seen without them": relief.monitored},
                covers=("monitoring_mission",),
            )
        )
    return found
