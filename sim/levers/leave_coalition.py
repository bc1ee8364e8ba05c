"""Leave a coalition: a follower withdraws from the senders of a dispute, with its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.find(measure)
    if measure.sender == dispute.leader or measure.sender in dispute.left:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: only a follower that is still part of it can leave.")
    dispute.left.append(measure.sender)


LEVER = Lever(
    id="leave_coalition",
    label="Leave the coalition",
    family="diplomatic",
    side="sender",
    value=Setting("value", "1 leaves", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="The remaining senders.",
    costs_user="Standing with the leader, which the model does not charge.",
    dynamics="The target sees the coalition crumble.",
    contested="Whether institutions keep members in line.",
    examples=("a member that lets its measures lapse",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
