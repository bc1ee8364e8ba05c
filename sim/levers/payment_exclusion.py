"""Payment exclusion: the sender's banks no longer settle for the target, so every flow between the two costs more.

Financial measures spill over to trade in goods and services (Besedes, Goldbach & Nitsch 2022/24). Here a full exclusion
adds `cost` to the price of every flow in both directions; `value` is the share of the target's banks cut off. Where the sender is a
financial hub, the target's payments with third countries that went through it need a detour as well (`sim.economy.services`).
"""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting

COST = Setting(
    "cost", "Added cost of a payment by detour when every bank is cut off", "share of the price", 0.0, 2.0, 0.25, "assumption",
)


def _apply(measure: Measure, frictions: Frictions) -> None:
    cost = measure.level * LEVER.option(measure, "cost")
    frictions.burden(EXPORTER, measure.sectors, measure.sender, measure.target, cost)
    frictions.burden(IMPORTER, measure.sectors, measure.target, measure.sender, cost)
    frictions.pairs.cover_sectors("payment", measure.sender, measure.sectors, measure.target, measure.level)


LEVER = Lever(
    id="payment_exclusion",
    label="Payment exclusion",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the target's banks cut off", "share of banks", 0.0, 1.0, 1.0, "definition: 1 cuts off every bank"),
    hurts="Everybody who trades across that border, small firms first: they cannot arrange detours.",
    costs_user="Own exporters and importers face the same detours.",
    dynamics="Works at once and on all goods; other payment systems grow where exclusion lasts.",
    contested="How much of the fall in trade is due to payments rather than to bans that come with them.",
    examples=("removal of banks from a messaging network",),
    apply=_apply,
    takes_sector=True,
    options=(COST,),
)
