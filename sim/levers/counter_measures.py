"""Counter-measures: the user answers another state's restrictions in kind, by not buying the named goods from it.

The share of lines it stops buying is `value` times the share that the other state's own rules forbid in the sector they hit hardest, read before anybody
answers; when the other side lifts, the answer ends by itself."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    cells = frictions.mine("answers")
    covered = cells[measure.sender, measure.target, measure.sectors]
    cells[measure.sender, measure.target, measure.sectors] = 1.0 - (1.0 - covered) * (1.0 - measure.level)


LEVER = Lever(
    id="counter_measures",
    label="Counter-measures",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the other side's restrictions that is answered", "share of restrictions", 0.0, 1.0, 1.0, "definition: 1 answers in full"),
    hurts="The other side's exporters, and own buyers of those goods.",
    costs_user="Dearer goods at home, often more than what the other side loses.",
    dynamics="Follows the other side up and down.",
    contested="Whether answering in kind protects or only doubles the harm: a food counter-embargo cost its users 1.9 % of welfare (Hinz & Monastyrenko 2022).",
    examples=("the food counter-embargo of 2014",),
    apply=_apply,
    acts_on="trade",
)
