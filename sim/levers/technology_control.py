"""Technology control: firms under the sender's law no longer license, teach or service the target; goods are a matter of export bans."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("knowledge", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="technology_control",
    label="Technology control",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of know-how, software and service refused", "share of know-how", 0.0, 1.0, 1.0, "definition: 1 refuses all"),
    hurts="Users of machines already bought, slowly, and a licensee at once.",
    costs_user="Own firms lose fees and service work; the target learns to do without.",
    dynamics="Weak at first, growing as machines age; raises the reward of learning at home.",
    contested="Whether controls hold the target back or speed up its own industry.",
    examples=("controls on software and spare parts for machine tools",),
    apply=_apply,
    acts_on="technology",
    takes_sector=False,
)
