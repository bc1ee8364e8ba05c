"""Propose a deal: a licence, credit, barter, a payment link, easier trade or votes, to be answered in the next quarters.

Who finds a deal on its table and proposes one of the same kind on other terms answers it with a counter-offer: what lay on the table is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.government import offers
from sim.levers.lever import Lever, Measure, Setting

if TYPE_CHECKING:
    from sim.government.politics import Politics

LASTS = 2  # quarters
KINDS = ("payment_link", "barter", "treaty", "cash_for_goods", "credit", "licence", "votes")  # what they put in force stands in `sim.government.pacts`
GIVERS = ("me", "them")
EVEN = ("payment_link", "barter", "treaty", "votes")  # the same whoever of the two is said to give


def _act(measure: Measure, politics: Politics) -> None:
    terms: dict[str, float | str] = {"kind": measure.notes.get("kind", "treaty"), "giver": measure.notes.get("giver", "me")}
    if "agreement" in measure.notes:
        terms["agreement"] = measure.notes["agreement"]
    terms["share"] = measure.level
    theirs = [o for o in politics.offers.values() if o.kind == "deal" and o.status == "open" and (o.sender, o.receiver) == (measure.target, measure.sender)]
    same = next((offer for offer in theirs if _the_same(offer.terms, terms)), None)
    answered = next((one for one in theirs if one.can_be_answered(measure.since) and _one_deal(one.terms, terms)), None)
    if same is not None:
        politics.offers, agreed = offers.agree(politics.offers, same.id, measure.since)
        politics.conclude(agreed, measure.since)
    elif answered is not None:
        politics.offers, _ = offers.answer(politics.offers, answered.id, measure.sender, "counter", measure.since, terms, LASTS)
    else:
        politics.offers, _ = offers.make(politics.offers, "deal", measure.sender, measure.target, terms, measure.since, LASTS)


def _the_same(theirs: Mapping[str, float | str], mine: Mapping[str, float | str]) -> bool:
    """Whether two states propose one new deal to each other, of one size."""
    return _one_deal(theirs, mine) and theirs["share"] == mine["share"] and "agreement" not in mine


def _one_deal(theirs: Mapping[str, float | str], mine: Mapping[str, float | str]) -> bool:
    """Whether two proposals to each other are about one deal, of whatever size: of one kind and, where that makes a difference, with the same giver."""
    alike = theirs["kind"] == mine["kind"] and theirs.get("agreement") == mine.get("agreement")
    return alike and (mine["kind"] in EVEN or theirs["giver"] != mine["giver"])


LEVER = Lever(
    id="propose_deal",
    label="Propose a deal",
    family="diplomatic",
    side="anyone",
    value=Setting("value", "Share of the usual terms (of a licence: of its royalty)", "share", 0.0, 2.0, 1.0, "assumption"),
    hurts="Whoever had hoped to keep the two apart.",
    costs_user="What it promises, and the anger of those who press the partner.",
    dynamics="The other side weighs the gain, its trust and what others may do to it. Where both propose the same to each other, it holds at once. "
    "Who proposes other terms for what lies on its table makes a counter-offer.",
    contested="Whether states under measures band together at all.",
    examples=("a licence for a treatment plant against cash",),
    act=_act,
    acts_on="offers",
    takes_sector=False,
    notes=("kind", "giver"),
    allowed={"kind": KINDS, "giver": GIVERS},
)
