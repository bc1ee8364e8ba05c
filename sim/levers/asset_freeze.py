"""Asset freeze: private assets that the target's people and firms keep with the sender earn and pay nothing out to them."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("asset_freeze", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="asset_freeze",
    label="Asset freeze",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the target's private assets frozen", "share of assets", 0.0, 1.0, 1.0, "definition: 1 freezes all"),
    hurts="The target's income from abroad. What reserves do not make good is missed by those who own assets, mostly the elite.",
    costs_user="Own banks and places of business lose trust as a home for foreign money, which the model does not charge.",
    dynamics="Income stops at once and comes back with release; the currency falls (Itskhoki & Mukhin 2025).",
    contested="Whether frozen owners turn on their government or towards it.",
    examples=("freezes of bank accounts and houses",),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
)
