"""Designation: a state is to be labelled; dealing with it then costs every partner standing, and firms their good name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.table("designate", "assembly", measure)


LEVER = Lever(
    id="designation",
    label="Designation",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 tables it", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="The state it is about and all who deal with it.",
    costs_user="Face, if it fails.",
    dynamics="Stigma works through partners and firms: governments that deal with the state pay in standing, some firms stay away. It is slow to go.",
    contested="Whether labels help or merely please.",
    examples=("a list of states of concern",),
    act=_act,
    acts_on="assembly",
    takes_sector=False,
)
