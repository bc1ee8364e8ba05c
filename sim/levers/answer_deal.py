"""Answer a deal: accept or refuse what another state has proposed; an accepted deal holds from this quarter on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import offers
from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    table = [o for o in offers.on_table(politics.offers, measure.sender, measure.since) if o.sender == measure.target and o.kind == "deal"]
    named = measure.notes.get("offer")
    found = next((offer for offer in table if named in (None, offer.id)), None)
    if found is None:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no such offer on the table.")
    reply: offers.Answer = "accept" if measure.level >= 0.5 else "refuse"
    politics.offers, closed = offers.answer(politics.offers, found.id, measure.sender, reply, measure.since)
    if closed.status == "accepted":
        politics.conclude(closed, measure.since)


LEVER = Lever(
    id="answer_deal",
    label="Answer a deal",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "1 accepts, 0 refuses", "0 or 1", 0.0, 1.0, 1.0, "definition"),
    hurts="Nobody directly.",
    costs_user="What the deal asks for.",
    dynamics="Silence is refusal when the offer runs out.",
    contested="How far trust, and how far gain, decides.",
    examples=("a treaty signed after long talks",),
    act=_act,
    acts_on="offers",
    takes_sector=False,
    notes=("offer",),
)
