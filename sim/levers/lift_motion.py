"""Motion to lift: mandate and label are to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.table("lift", "assembly", measure)


LEVER = Lever(
    id="lift_motion",
    label="Motion to lift",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 tables it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Senders who want pressure kept up.",
    costs_user="Face, if it fails.",
    dynamics="Ends label and mandate together; those who keep measures up lean against it.",
    contested="Whether ending mandates rewards or repairs.",
    examples=("the end of measures mandated by a council",),
    act=_act,
    acts_on="assembly",
    takes_sector=False,
)
