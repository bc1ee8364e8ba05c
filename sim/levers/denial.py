"""Denial: a state says it keeps out of a dispute, whatever its traders do; others believe it until evidence is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    politics.denied[measure.sender] = measure.since


LEVER = Lever(
    id="denial",
    label="Denial",
    family="diplomatic",
    side="third party",
    value=Setting("value", "1 denies", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="Nobody, while it is believed.",
    costs_user="Trust, when evidence comes out.",
    dynamics="Official neutrality over covert trade: the closeness others see is less than there is.",
    contested="How much is known and looked away from.",
    examples=("a customs agency that knows of no re-exports",),
    act=_act,
    acts_on="ties",
    needs_target=False,
    takes_sector=False,
)
