"""Public pledge: a state binds itself in public to keep its measures until the demand is met; going back on it costs face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.find(measure)
    if measure.sender not in dispute.pledged:
        dispute.pledged.append(measure.sender)


LEVER = Lever(
    id="pledge",
    label="Public pledge",
    family="diplomatic",
    side="sender",
    value=Setting("value", "1 pledges", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Nobody yet.",
    costs_user="The freedom to lift quietly: the loss of face grows.",
    dynamics="Makes holding on believable, to the target and to partners.",
    contested="Whether publics punish leaders who back down.",
    examples=("a government's word that measures stay until the treaty is kept",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
