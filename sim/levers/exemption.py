"""Exemption: the sender leaves part of its own measures on the target unenforced by rule, usually food and medicine."""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.exempt_from(EXPORTER, measure.sectors, measure.sender, measure.target, measure.level)
    frictions.exempt_from(IMPORTER, measure.sectors, measure.target, measure.sender, measure.level)


LEVER = Lever(
    id="exemption",
    label="Exemption for essentials",
    family="economic",
    side="sender",
    value=Setting("value", "Share of the lines exempted", "share of product lines", 0.0, 1.0, 1.0, "definition: 1 exempts the whole sector"),
    hurts="Nobody directly; it spares the target's households, and so takes pressure off its government.",
    costs_user="Less pressure on the target; own exporters of essentials gain.",
    dynamics="Works only as far as banks and carriers dare to use it.",
    contested="How much of an exemption survives over-compliance by firms.",
    examples=("food and medicine licences",),
    apply=_apply,
    friendly=True,
)
