"""Compensation of own losers: wages that the named sectors lost, by own measures or others', are partly made good by everybody at home."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.home.cover("wages", (measure.sectors, measure.sender), measure.level)


LEVER = Lever(
    id="compensation",
    label="Compensation of own losers",
    family="economic",
    side="anyone",
    value=Setting("value", "Part of the lost wages made good", "share of lost wages", 0.0, 1.0, 0.5, "assumption"),
    hurts="Taxpayers at home outside the sectors.",
    costs_user="Nothing for the state as a whole; it moves money between its people.",
    dynamics="Buys consent where measures hurt, as long as it is paid.",
    contested="Whether compensated losers stop lobbying.",
    examples=("payments to fruit growers under a food embargo",),
    apply=_apply,
    acts_on="households",
    needs_target=False,
)
