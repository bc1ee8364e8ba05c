"""Assembly resolution: a text against a state's conduct is put to all states, voted on next quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.table("condemn", "assembly", measure)


LEVER = Lever(
    id="assembly_resolution",
    label="Assembly resolution",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 tables it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="The standing of the state it is about.",
    costs_user="Face, if it fails.",
    dynamics="Everybody sees where everybody stands; promises and dependence show.",
    contested="Whether words of many states change conduct.",
    examples=("a resolution of the General Assembly",),
    act=_act,
    acts_on="assembly",
    takes_sector=False,
)
