"""Offers: anything that needs two sides, such as a deal, a settlement, a place in a coalition or a promised vote.

An offer made in quarter t is answered among the other side's decisions of quarter t + 1 or later: accepted, refused or countered (the
counter-offer is a new offer the other way round, to be answered a quarter later still). Silence is refusal: after the last
quarter in which it could be answered, it expires. Where two states propose one and the same thing to each other, both have said yes: nothing is left to
answer. People and governments use the same offers; where people decide only every few quarters, an
offer waits until they do.

Offers never change: an answer gives a new `Offer` with the same id, and the functions on a book (offers by id) give a new book. Order is
always by quarter and then by id, so nothing depends on who was asked first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from sim.refusals import Refusal

Kind = Literal["deal", "settlement", "coalition", "vote"]
Status = Literal["open", "accepted", "refused", "countered", "expired"]
Answer = Literal["accept", "refuse", "counter"]
Term = float | str
KINDS: tuple[Kind, ...] = ("deal", "settlement", "coalition", "vote")
ANSWERS: tuple[Answer, ...] = ("accept", "refuse", "counter")
NO_TERMS: Mapping[str, Term] = MappingProxyType({})


@dataclass(frozen=True)
class Offer:
    """What one state proposes to another.

    `sender` and `receiver` are indices of states; `terms` are numbers and words of the proposal by name; `made` is the quarter it was
    made in and `expires` the last quarter in which it can be answered; `answered` is the quarter of the answer or of expiry;
    `counters` names the offer that this one answers, empty when it opens the talk.
    """

    id: str
    kind: Kind
    sender: int
    receiver: int
    terms: Mapping[str, Term]
    made: int
    expires: int
    status: Status = "open"
    answered: int | None = None
    counters: str = ""

    def can_be_answered(self, quarter: int) -> bool:
        """Whether its receiver finds it on the table in `quarter`."""
        return self.status == "open" and self.made < quarter <= self.expires


Book = Mapping[str, Offer]


def make(
    book: Book, kind: Kind, sender: int, receiver: int, terms: Mapping[str, Term], quarter: int, lasts: int = 1, counters: str = ""
) -> tuple[dict[str, Offer], Offer]:
    """The book with a new open offer that can be answered in the `lasts` quarters after this one, and the offer.

    Raises `Refusal` for an unknown kind, an offer to oneself, and one that could never be answered.
    """
    if kind not in KINDS:
        raise Refusal(f"offer in quarter {quarter}: there is no kind '{kind}'; allowed are {', '.join(KINDS)}.")
    if sender == receiver:
        raise Refusal(f"offer in quarter {quarter}: a state cannot make an offer to itself.")
    if lasts < 1:
        raise Refusal(f"offer in quarter {quarter}: it lasts {lasts} quarters; allowed is 1 or more.")
    stem = f"{quarter}|{kind}|{sender}|{receiver}"
    number = 1 + sum(other == stem or other.startswith(stem + "|") for other in book)
    name = stem if number == 1 else f"{stem}|{number}"
    offer = Offer(name, kind, sender, receiver, dict(terms), quarter, quarter + lasts, counters=counters)
    return {**book, name: offer}, offer


def answer(
    book: Book, name: str, by: int, reply: Answer, quarter: int, terms: Mapping[str, Term] = NO_TERMS, lasts: int = 1
) -> tuple[dict[str, Offer], Offer]:
    """The book after `by` accepts, refuses or counters an offer, and the answered offer (for a counter, the new one).

    A counter-offer has the `terms` given in place of those they name and keeps the rest. Raises `Refusal` for an offer that is not
    on this state's table in this quarter, and for a counter that changes nothing.
    """
    offer = book.get(name)
    if offer is None:
        raise Refusal(f"answer in quarter {quarter}: there is no offer '{name}'.")
    if reply not in ANSWERS:
        raise Refusal(f"answer in quarter {quarter} to offer '{name}': '{reply}' is no answer; allowed are {', '.join(ANSWERS)}.")
    if by != offer.receiver:
        raise Refusal(f"answer in quarter {quarter}: offer '{name}' was not made to this state.")
    if offer.status != "open":
        raise Refusal(f"answer in quarter {quarter}: offer '{name}' is no longer open, it is {offer.status}.")
    if not offer.can_be_answered(quarter):
        raise Refusal(f"answer in quarter {quarter}: offer '{name}' can be answered in quarters {offer.made + 1} to {offer.expires}.")
    if reply != "counter":
        status: Status = "accepted" if reply == "accept" else "refused"
        closed = replace(offer, status=status, answered=quarter)
        return {**book, name: closed}, closed
    changed = {**offer.terms, **terms}
    if changed == dict(offer.terms):
        raise Refusal(f"answer in quarter {quarter}: the counter-offer to '{name}' changes none of its terms.")
    countered = {**book, name: replace(offer, status="countered", answered=quarter)}
    return make(countered, offer.kind, offer.receiver, offer.sender, changed, quarter, lasts, counters=name)


def agree(book: Book, name: str, quarter: int) -> tuple[dict[str, Offer], Offer]:
    """The book after the receiver of an open offer has proposed the same of its own accord, and the offer, accepted."""
    closed = replace(book[name], status="accepted", answered=quarter)
    return {**book, name: closed}, closed


def expire(book: Book, quarter: int, waiting: Collection[int] = ()) -> dict[str, Offer]:
    """The book at the end of `quarter`: offers whose last quarter this was, and nobody answered, have expired.

    Those made to states in `waiting`, which could not decide in this quarter, stay on the table for another.
    """
    return {name: _kept_or_gone(offer, quarter, waiting) if offer.status == "open" and quarter >= offer.expires else offer for name, offer in book.items()}


def _kept_or_gone(offer: Offer, quarter: int, waiting: Collection[int]) -> Offer:
    if offer.receiver in waiting:
        return replace(offer, expires=quarter + 1)
    return replace(offer, status="expired", answered=quarter)


def on_table(book: Book, receiver: int, quarter: int) -> tuple[Offer, ...]:
    """The offers a state has to answer in `quarter`, oldest first and then by id."""
    found = [offer for offer in book.values() if offer.receiver == receiver and offer.can_be_answered(quarter)]
    return tuple(sorted(found, key=lambda offer: (offer.made, offer.id)))
