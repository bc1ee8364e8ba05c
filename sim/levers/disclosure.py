"""Disclosure of evidence: a state publishes what it knows of a denied dealing; denial against evidence costs trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    if measure.target not in politics.denied:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: that state has denied nothing.")
    del politics.denied[measure.target]
    politics.disclosed[measure.target] = measure.since
    politics.trust[:, measure.target] *= 1.0 - 0.5 * measure.level


LEVER = Lever(
    id="disclosure",
    label="Disclosure of evidence",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "How strong the evidence is", "share", 0.1, 1.0, 0.6, "assumption"),
    hurts="The state that denied.",
    costs_user="Sources that cannot be used again, which the model does not charge.",
    dynamics="Everybody's trust in the state that denied falls at once.",
    contested="Whether exposure changes conduct or only its form.",
    examples=("satellite pictures of transhipped cargo",),
    act=_act,
    acts_on="ties",
    takes_sector=False,
)
