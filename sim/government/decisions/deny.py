"""Covert help: a state that helps one under measures (easier trade, money, a deal) may deny it; a sender that sees it may publish what it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.closeness import helped_by, hides
from sim.government.question import Question
from sim.government.ties import DENIED, fear_of
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

FOUND_OUT = 0.3  # chance per denial that it is found out: assumption
TRUST_STAKE = 0.5  # what full trust of others is worth, in stakes of siding: assumption


def questions(world: World, state: int) -> list[Question]:
    """A state that helps a target under fear of penalties: deny or not. A leader that faces a denial of help to its target: publish or not."""
    found = []
    p, me = world.p, world.ids[state]
    helped = sorted(helped_by(world, state))
    if helped and not hides(world, state) and opened(world, state, "deny", "", p["agenda_rate"]):
        fear = sum(fear_of(world, state, target) for target in helped)
        stake = TRUST_STAKE * p["affinity_stakes"] * float(world.politics.trust[:, state].mean())
        order = Decision(world.quarter, me, "denial", "", "", 1.0)
        found.append(
            Question(
                "deny", me,
                (Option("say nothing", {"penalties feared": -fear}), Option("deny it", {"penalties feared": -DENIED * fear,
              "trust lost if found out": -FOUND_OUT * stake})),
                {"deny it": (order,)}, {"chance of being found out": FOUND_OUT}, covers=("denial",),
            )
        )
    led = {d.target for d in world.politics.open_disputes() if d.leader == state and d.stage == "imposed"}
    for other in sorted(world.politics.denied) if led else ():
        if other == state or not hides(world, other) or not led & helped_by(world, other):
            continue
        if not opened(world, state, "disclose", world.ids[other], p["agenda_rate"]):
            continue
        ties = 0.5 * p["affinity_stakes"] * float(world.politics.affinity[state, other])
        order = Decision(world.quarter, me, "disclosure", world.ids[other], "", 0.6)
        found.append(
            Question(
                "disclose", world.ids[other],
                (Option("keep it to itself", {"ties with who denies it": ties}), Option("publish the evidence",
              {"others warned off": 0.3 * p["affinity_stakes"]})),
                {"publish the evidence": (order,)}, {}, covers=("disclosure",),
            )
        )
    return found
