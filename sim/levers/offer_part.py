"""Partial offer: the target puts a part of the demand on the table, to be given if the sender takes it as enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.find(measure, by_target=True).offered = measure.level


LEVER = Lever(
    id="offer_part",
    label="Offer a part",
    family="diplomatic",
    side="target",
    value=Setting("value", "How much of the demand is offered", "share of the demand", 0.05, 0.95, 0.6, "assumption"),
    hurts="Whoever the policy served, if the offer is taken.",
    costs_user="Only if the sender accepts.",
    dynamics="The sender compares the part in hand with the chance of the whole.",
    contested="Whether an offer shows good will or weakness.",
    examples=("a pilot programme offered in place of a repeal",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
