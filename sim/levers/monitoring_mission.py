"""Monitoring mission: inspectors watch whether a settlement is kept; what is not kept is seen more often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    watched = [d for d in politics.open_disputes() if d.relief is not None and measure.target in (d.target, d.leader)]
    named = measure.notes.get("dispute")
    found = next((dispute for dispute in watched if named in (None, dispute.id)), None)
    if found is None or found.relief is None:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: that state has no settlement under way to watch over.")
    found.relief.monitored = max(found.relief.monitored, measure.level)


LEVER = Lever(
    id="monitoring_mission",
    label="Monitoring mission",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "Chance per quarter that going back on it is seen", "share", 0.1, 1.0, 0.8, "assumption"),
    hurts="Nobody who keeps to the settlement.",
    costs_user="Inspectors, and trouble when they find something: governments weigh it, the model charges nothing.",
    dynamics="Relief becomes safer to give, and cheating less worth it.",
    contested="Whether missions find what is well hidden.",
    examples=("inspectors of an international agency",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
