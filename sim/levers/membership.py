"""Membership: a state joins an organisation or leaves it; members count as closer to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    from sim.government.politics import Politics

CLOSER = 0.1  # affinity that a shared organisation adds to a pair: assumption


def _act(measure: Measure, politics: Politics) -> None:
    name = measure.notes.get("organisation", "")
    if name not in politics.members:
        there = ", ".join(politics.members) or "none"
        close = nearest(name, politics.members)
        raise Refusal(f"lever '{measure.lever}', option organisation: there is no organisation '{name}'; there are {there}.{close}")
    members, joins = politics.members[name], measure.level >= 0.5
    if joins == (measure.sender in members):
        raise Refusal(f"lever '{measure.lever}': the state is {'already' if joins else 'not'} a member of '{name}'.")
    others = sorted(members - {measure.sender})
    politics.members[name] = {*others, measure.sender} if joins else set(others)
    for other in others:
        for one, two in ((measure.sender, other), (other, measure.sender)):
            moved = politics.affinity[one, two] + (CLOSER if joins else -CLOSER)
            politics.affinity[one, two] = min(1.0, max(-1.0, moved))
            politics.trust[one, two] *= 1.0 if joins else 1.0 - CLOSER


LEVER = Lever(
    id="membership",
    label="Join or leave an organisation",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 joins, 0 leaves", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="Those inside, when somebody leaves.",
    costs_user="Freedom on joining, friends on leaving.",
    dynamics="Ties move votes, trust and the choice whom to side with.",
    contested="Whether organisations make states alike or alike states join them.",
    examples=("a customs union that takes in a neighbour",),
    act=_act,
    acts_on="ties",
    needs_target=False,
    takes_sector=False,
    notes=("organisation",),
)
