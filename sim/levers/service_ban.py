"""Service ban: ships, insurers and agents under the sender's law no longer serve the target's trade, with anybody.

On trade between the two every cargo has to find another carrier; on the target's trade with third countries the part that the
sender's service firms used to serve (`sim.economy.services`).
"""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting

COST = Setting(
    "cost", "Added cost of another carrier and insurer on trade with the sender itself", "share of the price", 0.0, 2.0, 0.15, "assumption",
)


def _apply(measure: Measure, frictions: Frictions) -> None:
    cost = measure.level * LEVER.option(measure, "cost")
    frictions.burden(EXPORTER, measure.sectors, measure.sender, measure.target, cost)
    frictions.burden(IMPORTER, measure.sectors, measure.target, measure.sender, cost)
    frictions.pairs.cover_sectors("service_ban", measure.sender, measure.sectors, measure.target, measure.level)


LEVER = Lever(
    id="service_ban",
    label="Ban on services and insurance",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of services refused", "share of services", 0.0, 1.0, 1.0, "definition: 1 refuses all"),
    hurts="The target's exporters of bulky goods, and its importers; buyers in third countries pay part of it.",
    costs_user="Own carriers and insurers lose customers to others.",
    dynamics="Strong where the sender dominates shipping and insurance; other fleets grow with time.",
    contested="Whether carriers elsewhere are dearer for long.",
    examples=("bans on insuring oil tankers",),
    apply=_apply,
    acts_on="services",
    options=(COST,),
)
