"""Council mandate: the council is asked to back the measures; one veto stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.table("mandate", "council", measure)


LEVER = Lever(
    id="council_mandate",
    label="Council mandate",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 tables it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="The state it is about, once third parties join.",
    costs_user="Face, if it is vetoed.",
    dynamics="Joining and transit controls become worth more to everybody; members of the council are bound, most of all those that voted for it.",
    contested="How much institutions add beyond who their members are.",
    examples=("a mandate under the charter",),
    act=_act,
    acts_on="assembly",
    takes_sector=False,
)
