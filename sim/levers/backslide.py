"""Go back on a settlement: the target stops keeping to what it conceded, openly or hoping not to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.find(measure, by_target=True)
    if dispute.relief is None or dispute.stage != "relief":
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: dispute '{dispute.id}' is not in relief.")
    dispute.relief.cheating = measure.level >= 0.5


LEVER = Lever(
    id="backslide",
    label="Go back on a settlement",
    family="diplomatic",
    side="target",
    value=Setting("value", "1 goes back on it, 0 keeps to it again", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="The sender's standing, and later talks.",
    costs_user="Measures come back if it is seen and the terms say so.",
    dynamics="Tempting when relief has come and monitoring is weak.",
    contested="How often settlements fail by cheating and how often by the sender.",
    examples=("work resumed behind closed doors",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
