"""Payment link: two states settle part of their trade through banks and messages of their own, out of third parties' reach."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover_both("link", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="payment_link",
    label="Payment link",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the pair's payments that use it", "share of payments", 0.0, 1.0, 0.3, "assumption"),
    hurts="The hub, which loses business and leverage.",
    costs_user="Setting up and running it, which the model does not charge.",
    dynamics="Useless while the hub is open to both, worth much once it is closed.",
    contested="How large such links can grow beside the hub.",
    examples=("links between national payment systems",),
    apply=_apply,
    acts_on="payments",
    takes_sector=False,
    friendly=True,
)
