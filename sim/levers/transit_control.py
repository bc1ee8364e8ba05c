"""Transit control: a third country stops goods from or for another state from passing through it, without measures of its own."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("transit", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="transit_control",
    label="Transit control",
    family="economic",
    side="third party",
    value=Setting("value", "Share of its capacity as a connector that is closed", "share of capacity", 0.0, 1.0, 1.0, "definition: 1 closes all"),
    hurts="The state whose detours it closes, and its own forwarders.",
    costs_user="The margins that forwarding would have earned.",
    dynamics="Goods look for other connectors, which grow scarcer and dearer.",
    contested="How much of the fall in re-exports comes from controls and how much from banks' caution.",
    examples=("licences for goods in transit",),
    apply=_apply,
    acts_on="detours",
    takes_sector=False,
)
