"""Diversification: a state pays part of the price of what it buys from anybody abroad but one supplier, so that ties to others exist before they are needed.

It is a negative tariff on the other suppliers' goods, paid out of own income; relationships then grow by themselves."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    tariffs = frictions.mine("tariffs")
    for sector in measure.sectors:
        row = tariffs[int(sector), :, measure.sender]
        others = [state for state in range(len(row)) if state not in (measure.sender, measure.target)]
        row[others] -= measure.level


LEVER = Lever(
    id="diversification",
    label="Diversification of suppliers",
    family="economic",
    side="anyone",
    value=Setting("value", "Part of the price of other suppliers' goods paid", "share of the price before subsidy", 0.0, 0.3, 0.05, "assumption"),
    hurts="The supplier that is avoided, and own taxpayers.",
    costs_user="The subsidy, every quarter; the usual supplier was usual for a reason.",
    dynamics="Dear and useless while nothing happens, worth it once the supplier cuts; ties take years to grow.",
    contested="Everybody who diversifies alone lowers the gains from trade of all (Clayton, Maggiori & Schreger 2024).",
    examples=("gas bought by ship instead of by pipe",),
    apply=_apply,
    acts_on="trade",
)
