"""End a deal: let an agreement lapse quietly, or break it openly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, TooLate, nearest

if TYPE_CHECKING:
    from sim.government.politics import Politics

OPENLY = 0.5  # level from which a deal is broken openly


def _act(measure: Measure, politics: Politics) -> None:
    between = [d for d in politics.in_force() if {d.party_a, d.party_b} == {measure.sender, measure.target}]
    named = measure.notes.get("agreement")
    found = next((deal for deal in between if named in (None, deal.id)), None)
    if found is None and named in politics.agreements and politics.agreements[named].ended_in is not None:
        raise TooLate(f"lever '{measure.lever}' in quarter {measure.since}: the agreement has ended.")
    if found is None:
        close = nearest(named, [deal.id for deal in between]) if named else ""
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no such agreement between the two states.{close}")
    politics.part(found, measure.sender, measure.since, broken=measure.level >= OPENLY)


LEVER = Lever(
    id="end_deal",
    label="End a deal",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 breaks it openly, 0 lets it lapse", "0 or 1", 0.0, 1.0, 0.0, "definition"),
    hurts="Whoever still needs the deal.",
    costs_user="What the deal still brought; an open break also costs trust.",
    dynamics="A partner that is no longer needed finds out.",
    contested="Whether gains or grievances end partnerships.",
    examples=("a licence that is not renewed",),
    act=_act,
    acts_on="agreements",
    takes_sector=False,
)
