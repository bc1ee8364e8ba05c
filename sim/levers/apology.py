"""Apology and repair: a state owns up to an old wrong and makes amends; the other's grievance falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics

SHARE = 0.5  # of the grievance that a full apology repairs: assumption


def _act(measure: Measure, politics: Politics) -> None:
    other = measure.target
    politics.grievance[other, measure.sender] *= 1.0 - SHARE * measure.level
    politics.trust[other, measure.sender] += 0.1 * measure.level * (1.0 - politics.trust[other, measure.sender])
    politics.face[measure.sender] += 0.03 * measure.level


LEVER = Lever(
    id="apology",
    label="Apology and repair",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "How full it is", "share of a full apology", 0.1, 1.0, 1.0, "assumption"),
    hurts="Pride at home.",
    costs_user="Some support at home, for a while.",
    dynamics="Old grievances stand in the way of deals; repair opens the way.",
    contested="Whether apologies without payment count.",
    examples=("compensation for a past expropriation",),
    act=_act,
    acts_on="ties",
    takes_sector=False,
)
