"""Offer of relief: measures are lifted by a share, in stages, against part of the demand; with or without snapback. With a partner to leave, it is a wedge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import offers
from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics

LASTS = 2
SHARE = Setting("share", "Share of the measures lifted in the end", "share", 0.1, 1.0, 1.0, "definition")
STAGES = Setting("stages", "Stages in which they are lifted", "stages", 1, 8, 3, "assumption")
SNAPBACK = Setting("snapback", "1 brings measures back, 0 leaves them lifted", "0 or 1", 0, 1, 1, "definition")
MONITORED = Setting("monitored", "Chance per quarter that going back on it is seen", "share", 0.0, 1.0, 0.5, "assumption")


def _act(measure: Measure, politics: Politics) -> None:
    dispute = politics.led(measure)
    if dispute.stage != "imposed":
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: no measures of dispute '{dispute.id}' are in force to lift.")
    terms: dict[str, float | str] = {"dispute": dispute.id, "ask": measure.level}
    terms.update({setting.name: LEVER.option(measure, setting.name) for setting in LEVER.options})
    if "leave" in measure.notes:
        terms["leave"] = politics.index[measure.notes["leave"]] + 1
    politics.offers, _ = offers.make(politics.offers, "settlement", measure.sender, measure.target, terms, measure.since, LASTS)


LEVER = Lever(
    id="offer_settlement",
    label="Offer relief",
    family="diplomatic",
    side="sender",
    value=Setting("value", "Part of the demand asked for", "share of the demand", 0.05, 1.0, 0.6, "assumption"),
    hurts="Nobody; those who wanted pressure kept up object.",
    costs_user="The rest of the demand. Some face: governments weigh it, the model does not charge it.",
    dynamics="Relief works when going back on it is seen and relief is worth having; snapback calms the one side and frightens the other.",
    contested="Whether partial relief buys partial change.",
    examples=("phased relief under a joint plan",),
    act=_act,
    acts_on="offers",
    takes_sector=False,
    options=(SHARE, STAGES, SNAPBACK, MONITORED),
    notes=("leave",),
)
