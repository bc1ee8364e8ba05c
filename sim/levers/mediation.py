"""Mediation: a third state carries messages in confidence; the sender learns more of what the target would really accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    open_ = [d for d in politics.open_disputes() if measure.target in (d.target, d.leader) and measure.sender not in (d.target, *d.senders)]
    named = measure.notes.get("dispute")
    found = next((dispute for dispute in open_ if named in (None, dispute.id)), None)
    if found is None:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no open dispute of that state to mediate in from outside.")
    found.mediator = measure.sender


LEVER = Lever(
    id="mediation",
    label="Mediation",
    family="diplomatic",
    side="third party",
    value=Setting("value", "1 offers it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Nobody.",
    costs_user="Time, and standing if it fails: governments weigh it, the model charges nothing.",
    dynamics="Beliefs about the other side narrow; bluffs last less long.",
    contested="Whether mediators change outcomes or are called when outcomes are near.",
    examples=("talks hosted by a neutral state",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
