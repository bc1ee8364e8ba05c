"""Demand: a state asks another to change a policy, and names no measures yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import PACKAGES, Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    if dispute.stage == "dormant":
        dispute.demand = measure.level
        dispute.package = measure.notes.get("package", dispute.package)
        dispute.move("demand", measure.since)


LEVER = Lever(
    id="demand",
    label="Demand",
    family="diplomatic",
    side="sender",
    value=Setting("value", "How much of the policy is to change", "share of the policy", 0.05, 1.0, 0.5, "definition"),
    hurts="Nobody yet.",
    costs_user="A grievance once spoken is harder to drop: governments weigh it, the model charges nothing.",
    dynamics="Some targets move at once, because they see what may follow; nobody counts these as successes.",
    contested="How much is conceded before anything is threatened: it leaves few traces.",
    examples=("a note asking for a rule to be changed",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
    notes=("package",),
    allowed={"package": PACKAGES},
)
