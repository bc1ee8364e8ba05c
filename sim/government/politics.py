"""What states are to each other: disputes, trust, grievance, credibility, support, agreements, offers, memberships.

Plain data with small verbs. Decisions read it, levers and phases write it. Private resolve lives in the disputes and may be
read only by the state it belongs to and, where an institution pools its members' stakes, by those members.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.government.agreement import FEE_LEFT, Agreement, terms_at
from sim.government.dispute import OPEN, OVER, Dispute
from sim.government.offers import Offer
from sim.government.resolution import Body, Resolution, ResolutionKind
from sim.government.settlement import Parting, Relief
from sim.levers.lever import Measure
from sim.refusals import Refusal, TooLate, nearest

Array = NDArray[np.float64]
REMEMBERED_THREATS = 5


@dataclass
class Politics:
    """The political side of the world. Dyad arrays are `(state, state)`: what the first holds towards the second.

    `affinity` in [-1, 1] (slow, symmetric), `trust` in [0, 1], `grievance` >= 0 in points, `rivalry` in [0, 1];
    `threats[s]` is sender s's memory of carried-out (True) and abandoned (False) threats that met resistance, newest last;
    `support_public`, `support_elite`, `unrest` `(state,)` in [0, 1]; `habit` and `habit_elite` `(state,)` are the consumption that public and elite have
    got used to, relative to the base; `usual_*` are support and trust at the start, which they go back to; `face` `(state,)` is support lost by
    visible concessions and empty threats, which fades; `governments` `(state,)` counts changes of government; `labelled` are states
    under designation, with the quarter; `denied` and `disclosed` are states that have denied dealings, or whose dealings came out,
    with the quarter; `members` are the organisations, by id; `index` gives a state's place by its id; `mandates` are the disputes on
    which the council has adopted a mandate, with the quarter; `partings` are words given to stay away from a partner, by dispute;
    `still` are the open disputes and the agreements that hold while neither changes (see `standing_still`).
    """

    affinity: Array
    rivalry: Array
    trust: Array
    grievance: Array
    support_public: Array
    support_elite: Array
    unrest: Array
    habit: Array
    habit_elite: Array
    usual_public: Array
    usual_elite: Array
    usual_trust: Array
    face: Array
    governments: NDArray[np.int64]
    disputes: dict[str, Dispute] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    threats: dict[int, list[bool]] = field(default_factory=dict)
    labelled: dict[int, int] = field(default_factory=dict)
    mandates: dict[str, int] = field(default_factory=dict)
    partings: dict[str, Parting] = field(default_factory=dict)
    resolutions: dict[str, Resolution] = field(default_factory=dict)
    denied: dict[int, int] = field(default_factory=dict)
    disclosed: dict[int, int] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)
    members: dict[str, set[int]] = field(default_factory=dict)
    still: tuple[list[Dispute], list[Agreement]] | None = None

    @classmethod
    def start(cls, affinity: Array, rivalry: Array, trust: Array, grievance: Array) -> Politics:
        """Politics at the base quarter from dyad arrays `(state, state)`."""
        size = len(affinity)
        return cls(
            affinity.copy(), rivalry.copy(), trust.copy(), grievance.copy(),
            np.full(size, 0.5), np.full(size, 0.5), np.zeros(size), np.ones(size), np.ones(size),
            np.full(size, 0.5), np.full(size, 0.5), trust.copy(), np.zeros(size), np.zeros(size, dtype=np.int64),
        )

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """While governments choose no dispute moves on and no agreement ends: which are open and which hold is looked up once for all."""
        self.still = self.open_disputes(), self.in_force()
        try:
            yield
        finally:
            self.still = None

    def open_disputes(self) -> list[Dispute]:
        """Disputes in which somebody still has something to decide, in order of their id."""
        if self.still is not None:
            return list(self.still[0])
        found = [name for name, dispute in self.disputes.items() if dispute.stage in OPEN]
        return [self.disputes[name] for name in sorted(found)]

    def in_force(self) -> list[Agreement]:
        """Agreements that hold, in order of their id."""
        if self.still is not None:
            return list(self.still[1])
        found = [name for name, deal in self.agreements.items() if deal.status in ("active", "renegotiated")]
        return [self.agreements[name] for name in sorted(found)]

    def conclude(self, offer: Offer, quarter: int) -> Agreement:
        """Put an accepted deal in force, or change the terms of the one it is about."""
        about = self.agreements.get(str(offer.terms.get("agreement", "")))
        share = float(offer.terms["share"])
        if about is not None:
            if about.status not in ("active", "renegotiated"):  # a side has left it since: there is nothing to change
                return about
            about.terms = {**about.terms, FEE_LEFT: share * float(about.terms.get(FEE_LEFT, 1.0))}
            about.status = "renegotiated"
            return about
        kind = str(offer.terms["kind"])
        giver, taker = (offer.sender, offer.receiver) if offer.terms["giver"] == "me" else (offer.receiver, offer.sender)
        for deal in self.in_force():
            if deal.kind == kind and {deal.party_a, deal.party_b} == {giver, taker}:
                return deal  # both had proposed the same
        deal = Agreement(offer.id, kind, giver, taker, quarter, terms_at(kind, share))
        self.agreements[deal.id] = deal
        return deal

    def relieve(self, offer: Offer, quarter: int) -> Dispute:
        """Put an accepted settlement in force: the target concedes what is asked, if anything, leaves the partner it is to leave, and relief begins."""
        dispute = self.disputes[str(offer.terms["dispute"])]
        terms = offer.terms
        leave = int(float(terms.get("leave", 0))) - 1
        met = dispute.with_more(0.0)
        given = dispute.with_more(float(terms["ask"])) - met  # what is asked is a share of what is missing; relief remembers it as one of the demand
        dispute.relief = Relief(
            given, float(terms["share"]), int(float(terms["stages"])), bool(terms["snapback"]), float(terms["monitored"]), leave
        )
        if given > 0:
            dispute.concede(met + given, quarter)
        if dispute.is_open:
            dispute.move("relief", quarter)
        if leave >= 0:
            for deal in self.in_force():
                if {deal.party_a, deal.party_b} == {dispute.target, leave}:
                    self.part(deal, dispute.target, quarter, broken=True)
        return dispute

    def part(self, deal: Agreement, who: int, quarter: int, broken: bool) -> None:
        """End a deal: `broken` openly by `who`, which the other holds against it, or lapsed."""
        deal.status = "broken" if broken else "ended"
        deal.ended_in = quarter
        deal.ended_by = who
        other = deal.other(who)
        if broken:
            self.trust[other, who] *= 0.3
            self.grievance[other, who] = min(1.0, self.grievance[other, who] + 0.3)

    def between(self, sender: int, target: int) -> Dispute | None:
        """The open dispute in which `sender` is among the senders against `target`, the oldest first."""
        found = [d for d in self.open_disputes() if d.target == target and sender in d.senders]
        return min(found, key=lambda dispute: (dispute.entered, dispute.id)) if found else None

    def find(self, deed: Measure, by_target: bool = False) -> Dispute:
        """The dispute a diplomatic deed belongs to: the one it names, or the open one between the two states.

        Raises `Refusal` when there is none, or one of the two states has no part in it on its side, `TooLate` when it is over.
        """
        named = deed.notes.get("dispute")
        if named is not None:
            if named not in self.disputes:
                known = ", ".join(self.disputes) or "none"
                raise Refusal(f"lever '{deed.lever}': there is no dispute '{named}'; there are {known}.{nearest(named, self.disputes)}")
            if self.disputes[named].stage in OVER:
                raise TooLate(f"lever '{deed.lever}' in quarter {deed.since}: the dispute '{named}' is over.")
            about = self.disputes[named]
            asks, asked = ("one of those who ask", about.senders), ("the one asked", [about.target])
            (own, mine), (other, theirs) = (asked, asks) if by_target else (asks, asked)
            if deed.sender not in mine:
                raise Refusal(f"lever '{deed.lever}' in quarter {deed.since}: its user is not {own} in the dispute '{named}'.")
            if deed.target not in theirs:
                raise Refusal(f"lever '{deed.lever}' in quarter {deed.since}: the state it is used on is not {other} in the dispute '{named}'.")
            return about
        sender, target = (deed.target, deed.sender) if by_target else (deed.sender, deed.target)
        found = self.between(sender, target) or self.dormant(sender, target)
        if found is None and self.had(target, sender):
            raise TooLate(f"lever '{deed.lever}' in quarter {deed.since}: the dispute between the two states is over.")
        if found is None:
            raise Refusal(f"lever '{deed.lever}' in quarter {deed.since}: there is no dispute between the two states to use it in.")
        return found

    def led(self, deed: Measure) -> Dispute:
        """The dispute of a deed that only the leader of the senders can do, for it speaks for all of them; raises as `find` does."""
        found = self.find(deed)
        if deed.sender != found.leader:
            raise Refusal(f"lever '{deed.lever}' in quarter {deed.since}: only the leader of the senders speaks for them in the dispute '{found.id}'.")
        return found

    def had(self, target: int, sender: int | None = None) -> bool:
        """Whether a dispute with `target`, of `sender` or of anybody, is over."""
        return any(one.stage in OVER and one.target == target and sender in (None, *one.senders) for one in self.disputes.values())

    def dormant(self, sender: int, target: int) -> Dispute | None:
        """The first dormant dispute that `sender` leads against `target`."""
        resting = (d for name, d in sorted(self.disputes.items()) if d.stage == "dormant")
        return next((d for d in resting if d.leader == sender and d.target == target), None)

    def table(self, kind: ResolutionKind, body: Body, deed: Measure) -> Resolution:
        """Table a resolution about the deed's target, by its user and those who act with it; voted on in the next quarter."""
        dispute = self.between(deed.sender, deed.target)
        ids = list(self.index)
        name = f"{kind}-{deed.since}-{ids[deed.sender]}-{ids[deed.target]}"
        text = {"condemn": "Condemnation", "demand": "Demand", "mandate": "Mandate", "designate": "Designation", "lift": "Lifting of measures"}[kind]
        about = "" if dispute is None else dispute.id
        found = Resolution(name, kind, self.sponsors(kind, deed.sender, deed.target), deed.target, body, deed.since, about, text=text)
        self.resolutions[name] = found
        return found

    def sponsors(self, kind: ResolutionKind, state: int, about: int) -> list[int]:
        """Who tables a text of this state about another: it first, and with it the senders whose measures are in force beside its own; a motion to
        lift measures it tables alone."""
        dispute = self.between(state, about)
        acting = [] if dispute is None or kind == "lift" or state not in dispute.acting else dispute.acting
        return [state, *(sender for sender in acting if sender != state)]

    def mandated(self, dispute: str) -> bool:
        """Whether a council mandate stands behind the measures of a dispute."""
        return dispute in self.mandates

    def voted_for_mandate(self, state: int, dispute: str) -> bool:
        """Whether a state voted for the mandate that stands behind the measures of a dispute."""
        adopted = (one for one in self.resolutions.values() if one.kind == "mandate" and one.dispute == dispute and one.adopted)
        return any(one.voted_in == self.mandates.get(dispute) and one.votes.get(state) == "for" for one in adopted)

    def remember_threat(self, sender: int, executed: bool) -> None:
        """Add a threat that met resistance to the sender's record, keeping the last five."""
        self.threats[sender] = [*self.threats.get(sender, []), executed][-REMEMBERED_THREATS:]

    def credibility(self, sender: int, prior_mean: float, prior_weight: float) -> float:
        """Mean of the Beta belief that the sender carries out a threat that meets resistance."""
        record = self.threats.get(sender, [])
        return (prior_weight * prior_mean + sum(record)) / (prior_weight + len(record))
