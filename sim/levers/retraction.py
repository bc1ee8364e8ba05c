"""Retraction: the sender takes its demand or threat back without having got it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    if dispute.stage in ("demand", "threat"):
        if dispute.stage == "threat":  # a plain demand promised nothing that others would remember
            politics.remember_threat(dispute.leader, executed=False)
        dispute.move("abandoned", measure.since)


LEVER = Lever(
    id="retraction",
    label="Back down",
    family="diplomatic",
    side="sender",
    value=Setting("value", "1 takes the threat back", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Nobody.",
    costs_user="Face at home; the next threat is believed less.",
    dynamics="Empty threats erode later ones (Peterson 2013).",
    contested="How long others remember.",
    examples=("a deadline that passed without consequence",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
