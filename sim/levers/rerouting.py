"""Rerouting: a government helps its traders to find connectors around whatever blocks their trade."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    help_ = frictions.pairs.mine("help")
    help_[measure.sender] = max(help_[measure.sender], measure.level)


LEVER = Lever(
    id="rerouting",
    label="Help with detours",
    family="economic",
    side="anyone",
    value=Setting("value", "Effort", "share of full effort", 0.0, 1.0, 1.0, "definition: 1 is full effort"),
    hurts="Whoever blocks the trade.",
    costs_user="A bill in proportion to the trade blocked.",
    dynamics="Detours are found faster; their price falls no further than freight, risk and scarce forwarders allow.",
    contested="How much is done by governments and how much by traders alone.",
    examples=("parallel-import rules",),
    apply=_apply,
    acts_on="detours",
    needs_target=False,
    takes_sector=False,
)
