"""Aid: the user gives another state money each quarter, without return."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    giving = frictions.pairs.mine("giving")
    giving[measure.sender, measure.target] = max(giving[measure.sender, measure.target], measure.level)


LEVER = Lever(
    id="aid",
    label="Aid",
    family="economic",
    side="anyone",
    value=Setting("value", "Gift a quarter", "share of the giver's factor income", 0.0, 0.1, 0.003, "assumption"),
    hurts="Nobody directly; it takes pressure off the receiver.",
    costs_user="The giver buys that much less itself.",
    dynamics="Works while it flows.",
    contested="Whether aid by patrons or trade by others does more for a target (Early 2015, Busted Sanctions).",
    examples=("grants between governments",),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
    friendly=True,
)
