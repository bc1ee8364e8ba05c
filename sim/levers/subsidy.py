"""Subsidy for import substitution: the state pays part of the price of its own goods when they are bought at home.

It is a negative tariff on home sales, so it is paid out of the same households' income in the same quarter and every account balances."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    for sector in measure.sectors:
        frictions.tax(slice(int(sector), int(sector) + 1), measure.sender, measure.sender, -measure.level)


LEVER = Lever(
    id="subsidy",
    label="Subsidy for home goods",
    family="economic",
    side="anyone",
    value=Setting("value", "Part of the price of home goods that the state pays", "share of the price before subsidy", 0.0, 0.3, 0.1, "assumption"),
    hurts="Taxpayers at home, and sellers abroad who lose the market.",
    costs_user="The subsidy itself, every quarter, out of own income.",
    dynamics="Home output rises at once and unit cost falls as it is learned; the bill grows with success.",
    contested="Whether protected industries ever stand on their own feet.",
    examples=("programmes to make imported parts at home",),
    apply=_apply,
    acts_on="trade",
    needs_target=False,
)
