"""Credit line: the user lends to the other state each quarter; loans are paid back with interest over years."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    lending = frictions.pairs.mine("lending")
    lending[measure.sender, measure.target] = max(lending[measure.sender, measure.target], measure.level)


LEVER = Lever(
    id="credit_line",
    label="Credit line",
    family="economic",
    side="anyone",
    value=Setting("value", "New lending a quarter", "share of the lender's factor income", 0.0, 0.1, 0.005, "assumption"),
    hurts="Nobody at first; later the borrower, who must pay back.",
    costs_user="The lender buys less itself while it lends.",
    dynamics="Relief while it flows, a burden when it ends.",
    contested="Whether patrons lend enough to matter.",
    examples=("stabilisation loans between governments",),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
    friendly=True,
)
