"""Inducement: relief offered to one partner if it leaves the other and stays away from it (a wedge)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import offers
from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    from sim.government.politics import Politics

LASTS = 2  # quarters
STAGES, MONITORED = 3, 0.5  # of the relief offered: assumption
SHARE = Setting("share", "Share of the measures lifted in the end", "share", 0.1, 1.0, 0.6, "assumption")


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    partner = measure.notes.get("leave", "")
    if dispute.stage != "imposed":
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: no measures of dispute '{dispute.id}' are in force to lift.")
    if partner not in politics.index:
        raise Refusal(f"lever '{measure.lever}', option leave: there is no state '{partner}'.{nearest(partner, politics.index)}")
    terms: dict[str, float | str] = {"dispute": dispute.id, "ask": measure.level, "share": LEVER.option(measure, "share")}
    terms |= {"stages": STAGES, "snapback": 1.0, "monitored": MONITORED, "leave": politics.index[partner] + 1}
    politics.offers, _ = offers.make(politics.offers, "settlement", measure.sender, measure.target, terms, measure.since, LASTS)


LEVER = Lever(
    id="inducement",
    label="Inducement to leave a partner",
    family="diplomatic",
    side="sender",
    value=Setting("value", "Part of the demand still asked for", "share of the demand", 0.0, 1.0, 0.0, "definition"),
    hurts="The partner that would be left.",
    costs_user="Part of the demand, and the pressure given up.",
    dynamics="Works best on who needs the other less; measures come back when the two are seen to deal again. Pressure on both drives them together.",
    contested="Whether wedges last longer than the inducement.",
    examples=("trade relief for a state that ends a licence",),
    act=_act,
    acts_on="offers",
    takes_sector=False,
    options=(SHARE,),
    notes=("leave",),
)
