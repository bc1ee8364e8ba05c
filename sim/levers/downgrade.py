"""Downgrade: ambassadors are called home; ties cool in public, nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    pair = (measure.sender, measure.target)
    for one, other in (pair, pair[::-1]):
        politics.affinity[one, other] = max(-1.0, politics.affinity[one, other] - measure.level)
    politics.trust[measure.target, measure.sender] *= 1.0 - 0.5 * measure.level


LEVER = Lever(
    id="downgrade",
    label="Downgrade of relations",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "How far ties cool", "share of goodwill", 0.02, 0.3, 0.1, "assumption"),
    hurts="Whoever needs the embassy.",
    costs_user="A channel of talk.",
    dynamics="A cheap signal, read as such.",
    contested="Whether cheap signals say anything.",
    examples=("an ambassador recalled for talks",),
    act=_act,
    acts_on="ties",
    takes_sector=False,
)
