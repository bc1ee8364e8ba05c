"""Cast a vote: how this state votes on a text that is on the table; in the council a vote against by a holder of a veto stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.votes import VOTES
from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    name, vote = measure.notes.get("resolution", ""), measure.notes.get("vote", "abstain")
    open_ = [r for _, r in sorted(politics.resolutions.items()) if r.adopted is None and r.quarter < measure.since]
    found = next((resolution for resolution in open_ if name in ("", resolution.id)), None)
    if found is None:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no such text on the table.{nearest(name, [r.id for r in open_])}")
    found.cast[measure.sender] = vote


LEVER = Lever(
    id="cast_vote",
    label="Cast a vote",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 casts it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Whoever hoped for another vote.",
    costs_user="The good will of those who hoped for another vote, which the model does not charge.",
    dynamics="For, against, abstain or stay away: each is read by others.",
    contested="Whether votes are bought.",
    examples=("an abstention with an explanation",),
    act=_act,
    acts_on="assembly",
    needs_target=False,
    takes_sector=False,
    notes=("resolution", "vote"),
    allowed={"vote": VOTES},
)
