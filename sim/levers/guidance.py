"""Guidance: the sender says in plain words, and by licence, what stays allowed, so that firms need not guess."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("guidance", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="guidance",
    label="Guidance and licences",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the doubt that it removes", "share of doubt", 0.0, 1.0, 0.5, "assumption"),
    hurts="Nobody; it repairs harm beyond the rule.",
    costs_user="Pressure on the target falls by what firms dare again. Staff and time, which the model does not charge.",
    dynamics="Works only on what is legal: exempt goods flow again.",
    contested="How far comfort letters change what banks do.",
    examples=("general licences for food and medicine",),
    apply=_apply,
    acts_on="firms",
    takes_sector=False,
    friendly=True,
)
