"""Solidarity fund: the user makes good part of what a partner's real income has lost against the base, as long as it is lost."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    fund = frictions.pairs.mine("solidarity")
    fund[measure.sender, measure.target] = 1.0 - (1.0 - fund[measure.sender, measure.target]) * (1.0 - measure.level)


LEVER = Lever(
    id="solidarity_fund",
    label="Solidarity fund",
    family="economic",
    side="anyone",
    value=Setting("value", "Part of the partner's loss made good", "share of the loss", 0.0, 1.0, 0.3, "assumption"),
    hurts="Own taxpayers.",
    costs_user="The payments, a quarter after the loss.",
    dynamics="Pays most to the member that loses most, so it keeps together who would leave; ends by itself when losses end.",
    contested="Whether side payments or institutions hold coalitions together (Drezner 2000, IO 54(1)).",
    examples=("funds for regions hit by a trade embargo",),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
    friendly=True,
)
