"""Quota: the sender lets in only a share of what it would buy from the target without measures.

The quota is a permeability: licences are handed out so that `value` of the demand at going prices may be served, and
the rest is turned away. It is not a fixed tonnage: where prices or incomes change, the admitted quantity moves with them.
"""

from __future__ import annotations

from sim.economy.frictions import IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.restrict(IMPORTER, measure.sectors, measure.target, measure.sender, 1.0 - measure.level)


LEVER = Lever(
    id="quota",
    label="Import quota",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the demand still admitted", "share of demand", 0.0, 1.0, 0.5, "definition: 0 admits nothing"),
    hurts="The target's exporters of those goods, less than a ban.",
    costs_user="Own buyers, less than a ban.",
    dynamics="Like a ban on part of the lines.",
    contested="Who gets the gain from the licences; here nobody does: part of the product lines is simply not admitted.",
    examples=("steel quotas", "textile quotas"),
    apply=_apply,
)
