"""Reserve building: a government puts part of the national income into foreign reserves, kept where they are safe."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    saving = frictions.pairs.mine("saving")
    saving[measure.sender] = max(saving[measure.sender], measure.level)


LEVER = Lever(
    id="reserve_building",
    label="Building of reserves",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of factor income saved", "share of income", 0.0, 0.1, 0.02, "assumption"),
    hurts="Own households, who buy less abroad meanwhile.",
    costs_user="Consumption forgone.",
    dynamics="Years of saving buy quarters of breath.",
    contested="Whether reserves deter measures or only soften them.",
    examples=("reserve funds from energy sales",),
    apply=_apply,
    acts_on="money",
    needs_target=False,
    takes_sector=False,
)
