"""The target of fresh measures speaks out: say nothing, condemn them in public, or call its ambassador home.

A sharp word is worth something at home, the more the disputed policy matters there. It costs goodwill, which is worth more between friends, and
a channel of talk, which is worth more to a state that lives from trade with the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.question import Question
from sim.levers import LEVERS
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

WORDS = {"condemnation": "condemn it in public", "downgrade": "call its ambassador home"}


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute whose measures have come into force against the state in the last quarter."""
    return [
        _question(world, state, dispute)
        for dispute in world.politics.open_disputes()
        if dispute.target == state and dispute.stage == "imposed" and dispute.imposed_in == world.quarter - 1
    ]


def _question(world: World, state: int, dispute: Dispute) -> Question:
    p, me, other = world.p, world.ids[state], world.ids[dispute.leader]
    closeness = 0.5 * (1.0 + float(world.politics.affinity[state, dispute.leader]))
    needed = float(world.connections.exposure[state, dispute.leader])
    options, orders = [Option("say nothing", {})], {}
    for lever, name in WORDS.items():
        sharpness = LEVERS[lever].value.default
        terms = {
            "a sharp word at home": p["word_at_home"] * 2.0 * dispute.salience_target * sharpness,
            "goodwill given up": -p["affinity_stakes"] * 2.0 * closeness * sharpness,
        }
        if lever == "downgrade":
            terms["a channel of talk closed"] = -p["channel_worth"] * needed
        options.append(Option(name, terms))
        orders[name] = (Decision(world.quarter, me, lever, other, "", sharpness),)
    return Question("speak out", dispute.id, tuple(options), orders, {"share of trade with the other": needed}, covers=tuple(WORDS))
