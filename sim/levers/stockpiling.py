"""Stockpiling: a state keeps part of what its households would have used, and gives it out when less can be bought than at the base."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.home.cover("store", (measure.sectors, measure.sender), measure.level)


LEVER = Lever(
    id="stockpiling",
    label="Stockpiling",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of usual consumption put in store each quarter", "share of consumption", 0.0, 0.25, 0.05, "assumption"),
    hurts="Own households, who get less while stores fill.",
    costs_user="Consumption forgone now, and what age spoils.",
    dynamics="Buys quarters, not years; only goods that keep can be stored.",
    contested="Whether stores deter measures or only move the pain.",
    examples=("grain reserves", "fuel reserves"),
    apply=_apply,
    acts_on="households",
    needs_target=False,
)
