"""Listing: named firms and persons of the target may not be dealt with, and what they own with the sender is frozen.

Listed names own parts of firms that are not listed, so the edge of the rule is unclear: a listing adds doubt, and firms withdraw beyond it.
"""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting

DOUBT = Setting(
    "doubt", "Doubt added about who belongs to whom", "chance per legal deal", 0.0, 1.0, 0.2, "assumption",
)


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.restrict(EXPORTER, measure.sectors, measure.sender, measure.target, measure.level)
    frictions.restrict(IMPORTER, measure.sectors, measure.target, measure.sender, measure.level)
    frictions.pairs.cover("asset_freeze", measure.sender, measure.target, measure.level)
    frictions.pairs.cover("vagueness", measure.sender, measure.target, LEVER.option(measure, "doubt"))


LEVER = Lever(
    id="listing",
    label="Listing of named firms and persons",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the target's trade run by the listed", "share of trade", 0.0, 1.0, 0.1, "assumption"),
    hurts="The listed, and the firms that work with them.",
    costs_user="Own firms must find out who owns whom.",
    dynamics="Quick to use and to widen; the listed re-register, their partners keep away.",
    contested="Whether pain stays with the listed: unconnected firms lose about as much (Shamsi 2023), and governments shield the listed (Ahn & Ludema 2020).",
    examples=("lists of officials and of state firms",),
    apply=_apply,
    acts_on="trade and money",
    options=(DOUBT,),
)
