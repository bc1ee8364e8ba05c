"""Answer to a partial offer: the sender takes it, which settles the dispute, or turns it down and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    offered, dispute.offered = dispute.offered, 0.0
    if offered > 0 and measure.level >= 0.5:
        dispute.concede(dispute.with_more(offered), measure.since, enough=True)


LEVER = Lever(
    id="answer_offer",
    label="Answer a partial offer",
    family="diplomatic",
    side="sender",
    value=Setting("value", "1 accepts, 0 goes on", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="Nobody directly.",
    costs_user="Accepting gives up the rest of the demand; going on prolongs the cost.",
    dynamics="An accepted part ends the dispute and the measures.",
    contested="Whether half a demand met is a success.",
    examples=("a negotiated settlement",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
