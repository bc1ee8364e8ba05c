"""Trade facilitation: the user makes trade with a partner cheaper in both directions: faster border posts, common papers, transport links."""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, IMPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.burden(EXPORTER, measure.sectors, measure.sender, measure.target, -measure.level)
    frictions.burden(IMPORTER, measure.sectors, measure.target, measure.sender, -measure.level)


LEVER = Lever(
    id="trade_facilitation",
    label="Trade facilitation",
    family="economic",
    side="anyone",
    value=Setting("value", "Fall of the trade cost", "share of the price", 0.0, 0.3, 0.05, "assumption"),
    hurts="Third parties that lose the trade.",
    costs_user="Border posts, roads and ports, which the model does not charge.",
    dynamics="Slow and lasting: trade grows with relationships.",
    contested="How much of trade cost governments can remove.",
    examples=("green lanes at borders",),
    apply=_apply,
    acts_on="trade",
    friendly=True,
)
