"""Threat: demand a change of policy and say what follows if it does not come by a deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import PACKAGES, USUAL, Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics

DEADLINE = Setting("deadline", "Quarters until the threat falls due", "quarters", 1, 12, 2, "assumption")


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    if dispute.stage in ("dormant", "demand"):
        dispute.demand = measure.level
        dispute.package = measure.notes.get("package", dispute.package) or USUAL
        dispute.move("threat", measure.since)
        dispute.deadline = measure.since + int(LEVER.option(measure, "deadline"))


LEVER = Lever(
    id="threat",
    label="Threat with a deadline",
    family="diplomatic",
    side="sender",
    value=Setting("value", "How much of the policy is to change", "share of the policy", 0.05, 1.0, 0.5, "definition"),
    hurts="Nobody by rule yet: buyers order ahead what keeps, and banks, insurers and other services take on less new business with the target.",
    costs_user="Backing down later costs face at home and credibility abroad.",
    dynamics="Many disputes end here, if the threat is believed and would cost the target more than the policy is worth.",
    contested="Whether threats work better than measures: yes for economic demands, not clearly for core ones (TIES).",
    examples=("tariff threats before trade talks",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
    options=(DEADLINE,),
    notes=("package",),
    allowed={"package": PACKAGES},
)
