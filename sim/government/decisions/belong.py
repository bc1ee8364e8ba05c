"""Organisations: a member under measures of fellow members may leave; an outsider under measures may join one whose members are friendly.

Staying is worth the ties with the members, and galls as far as members press it; joining brings the ties and, where members face the same
adversary, company, and costs freedom, most to a neutral.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.partnering import common_adversary
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

WELCOME = 0.2  # mean affinity of the members from which they take somebody in
FREE = 0.5  # what freedom from ties is worth to a state that is not neutral, against one that is


def questions(world: World, state: int) -> list[Question]:
    """At most one question for each organisation: the state is under measures, and the file is on its agenda, which is rare."""
    politics, found = world.politics, []
    pressing = {s for d in politics.open_disputes() if d.target == state and d.stage == "imposed" for s in d.acting}
    if not pressing:
        return []
    for name, members in sorted(politics.members.items()):
        others = sorted(members - {state})
        if not others or not opened(world, state, "belong", name, 0.25 * world.p["agenda_rate"]):
            continue
        if state in members and pressing & members:
            found.append(_leaving(world, state, name, others, len(pressing & members) / len(others)))
        elif state not in members and not pressing & members and float(np.mean(world.politics.affinity[state, others])) >= WELCOME:
            found.append(_joining(world, state, name, others))
    return found


def _leaving(world: World, state: int, name: str, others: list[int], share: float) -> Question:
    ties = world.p["affinity_stakes"] * float(np.mean(world.politics.affinity[state, others]))
    options = (
        Option("stay a member", {"ties with the members": ties, "members that press it": -world.p["rival_interest"] * share}),
        Option(f"leave {name}", {"a seat given up": -world.p["neutrality"] * FREE}),
    )
    return _asked(world, state, name, options, f"leave {name}", 0.0)


def _joining(world: World, state: int, name: str, others: list[int]) -> Question:
    p = world.p
    terms = {
        "ties with the members": p["affinity_stakes"] * float(np.mean(world.politics.affinity[state, others])),
        "common adversary": p["convenience"] * float(np.mean([common_adversary(world, state, other) for other in others])),
        "freedom given up": -p["neutrality"] * (1.0 if world.setting.states[state].neutral else FREE),
    }
    return _asked(world, state, name, (Option("stay outside", {}), Option(f"join {name}", terms)), f"join {name}", 1.0)


def _asked(world: World, state: int, name: str, options: tuple[Option, Option], moves: str, value: float) -> Question:
    order = Decision(world.quarter, world.ids[state], "membership", "", "", value, {"organisation": name})
    return Question("belong", name, options, {moves: (order,)}, {}, covers=("membership",))
