"""Condemnation: a government calls another's conduct wrong in public, and does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics

AT_HOME = 0.1  # support won at home by a firm word, for each point of affinity it costs: assumption


def _act(measure: Measure, politics: Politics) -> None:
    speaker, other = measure.sender, measure.target
    for one, two in ((speaker, other), (other, speaker)):
        politics.affinity[one, two] = max(-1.0, politics.affinity[one, two] - measure.level)
    politics.grievance[other, speaker] = min(1.0, politics.grievance[other, speaker] + 0.5 * measure.level)
    politics.face[speaker] -= AT_HOME * measure.level


LEVER = Lever(
    id="condemnation",
    label="Condemnation",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "How sharp it is", "share of goodwill", 0.01, 0.2, 0.05, "assumption"),
    hurts="The pride of the state it names.",
    costs_user="Some goodwill of the state it names.",
    dynamics="Pleases the public at home for a while; the other remembers.",
    contested="Whether naming and shaming moves anybody.",
    examples=("a foreign ministry's statement",),
    act=_act,
    acts_on="ties",
    takes_sector=False,
)
