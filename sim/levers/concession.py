"""Concession: the target changes its policy by a share of what is demanded, on its own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.find(measure, by_target=True).concede(measure.level, measure.since)


LEVER = Lever(
    id="concession",
    label="Concede",
    family="diplomatic",
    side="target",
    value=Setting("value", "How much of the demand is met", "share of the demand", 0.0, 1.0, 1.0, "definition: 1 meets it in full"),
    hurts="Whoever the policy served.",
    costs_user="The policy, and standing with those who wanted to hold out.",
    dynamics="Ends the dispute when it meets the demand; a part may or may not be taken as enough.",
    contested="Whether giving in invites the next demand (conflict expectations, Drezner 1999).",
    examples=("a law repealed under threat of measures",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
