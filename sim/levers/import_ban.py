"""Import ban: the sender no longer buys the named goods from the target. A value below 1 bans that share of the lines."""

from __future__ import annotations

from sim.economy.frictions import IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.restrict(IMPORTER, measure.sectors, measure.target, measure.sender, measure.level)


LEVER = Lever(
    id="import_ban",
    label="Import ban",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the product lines banned", "share of product lines", 0.0, 1.0, 1.0, "definition: 1 is a complete ban"),
    hurts="The target's exporting sectors and the people who work in them; the sender's users of those goods.",
    costs_user="Own buyers lose a supplier and pay more elsewhere.",
    dynamics="Bites at once; exporters find other buyers at lower prices within a few years.",
    contested="How much of the lost trade is deflected: about two thirds in one case (Haidar 2017).",
    examples=("embargoes on crude oil", "bans on coal and steel"),
    apply=_apply,
)
