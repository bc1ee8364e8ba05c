"""Barter: part of the trade of two states is paid in goods, without any bank; finding what the other wants has a price."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover_both("barter", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="barter",
    label="Barter",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the pair's trade", "share of trade", 0.0, 1.0, 0.3, "assumption"),
    hurts="Nobody directly.",
    costs_user="Goods paid in goods are dearer for both.",
    dynamics="Worth it only where payments are refused; small lots, slow to grow.",
    contested="Whether barter ever carried much trade.",
    examples=("oil for goods",),
    apply=_apply,
    acts_on="payments",
    takes_sector=False,
    friendly=True,
)
