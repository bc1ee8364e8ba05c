"""Answer an offer of relief: the target takes it, concedes what is asked, and relief begins; or turns it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import offers
from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, TooLate

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    table = [o for o in offers.on_table(politics.offers, measure.sender, measure.since) if o.kind == "settlement" and o.sender == measure.target]
    if not table:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no offer of relief on the table.")
    reply: offers.Answer = "accept" if measure.level >= 0.5 else "refuse"
    about = politics.disputes[str(table[0].terms["dispute"])]
    if reply == "accept" and about.stage != "imposed":  # another offer was taken, or the dispute has ended since
        raise TooLate(f"lever '{measure.lever}' in quarter {measure.since}: there are no measures left to lift in the dispute '{about.id}'.")
    politics.offers, closed = offers.answer(politics.offers, table[0].id, measure.sender, reply, measure.since)
    if closed.status == "accepted":
        politics.relieve(closed, measure.since)


LEVER = Lever(
    id="answer_settlement",
    label="Answer an offer of relief",
    family="diplomatic",
    side="target",
    value=Setting("value", "1 accepts, 0 turns it down", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="Whoever the policy served, if it is taken; the partner, if it was a wedge.",
    costs_user="The part of the policy that is asked for.",
    dynamics="Worth more the more believable the relief.",
    contested="Whether promises of relief are believed after they were once broken.",
    examples=("an implementation day",),
    act=_act,
    acts_on="offers",
    takes_sector=False,
)
