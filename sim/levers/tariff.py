"""Tariff: a tax on imports from the target, on the value before tariff; the revenue goes to the sender's households."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.tax(measure.sectors, measure.target, measure.sender, measure.level)


LEVER = Lever(
    id="tariff",
    label="Tariff on imports",
    family="economic",
    side="anyone",
    value=Setting("value", "Extra tariff rate", "share of the value before tariff", 0.0, 3.0, 0.25, "assumption"),
    hurts="Firms of the target that sell to the sender, and the sender's own buyers, who pay most of the tariff at first.",
    costs_user="Dearer imports for own households and firms; part of it comes back as revenue.",
    dynamics="Pass-through to the sender's prices is nearly complete at first; trade shifts to third parties over years.",
    contested="How much the foreign seller bears: close to nothing in 2018 data (Fajgelbaum et al. 2020), something in theory.",
    examples=("tariff rounds of 2018-19",),
    apply=_apply,
)
