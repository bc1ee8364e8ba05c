"""Next stage of relief, or its end: the sender lifts the next part of its measures, or brings back what it lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    if dispute.relief is None or dispute.stage != "relief":
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: dispute '{dispute.id}' is not in relief.")
    dispute.relief.ordered = 1 if measure.level >= 0.5 else -1


LEVER = Lever(
    id="next_stage",
    label="Lift the next stage, or snap back",
    family="diplomatic",
    side="sender",
    value=Setting("value", "1 lifts the next stage, 0 brings measures back", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="The target, when measures come back.",
    costs_user="Leverage, when lifted; credibility of relief, when brought back without cause.",
    dynamics="Each stage is a promise kept or broken; both are remembered.",
    contested="Whether stages build trust or invite delay.",
    examples=("waivers renewed or not renewed",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
