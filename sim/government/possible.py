"""What a state could do in the coming quarter and it would come to something: which levers, and towards whom.

A deed that needs a dispute, an offer, an agreement or a text on the table is possible where there is one; a lever that answers measures, or
goes with own measures, where there are some. Everything else is always possible. The lever itself has the last word when the deed is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from sim.government.assembly import members
from sim.government.closeness import known_partners
from sim.government.offers import on_table
from sim.levers import LEVERS

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.government.resolution import Resolution
    from sim.world import World

JOIN, LEAVE = "1", "0"  # the level of a membership, as text


class Seat:
    """One state (its position `me`) before the coming quarter."""

    def __init__(self, world: World, me: int) -> None:
        self.world, self.me, self.politics = world, me, world.politics

    @cached_property
    def hostile(self) -> list[tuple[int, int]]:
        """(sender, target) of the restrictive measures in force, or about to be where nothing has been played yet."""
        found = [(one.sender, one.target) for one in self.world.measures.values() if not LEVERS[one.lever].friendly]
        if self.world.quarter == 0:
            place = self.world.place
            orders = [order for order in self.world.setting.measures if order.target in place and not LEVERS[order.lever].friendly]
            found += [(place[order.state], place[order.target]) for order in orders]
        return [pair for pair in found if pair[1] >= 0]

    def disputes(self, *stages: str) -> list[Dispute]:
        """Disputes at one of these stages; without any named, those in which somebody still has something to decide."""
        every = [one for _, one in sorted(self.politics.disputes.items())]
        return [one for one in every if (one.stage in stages if stages else one.is_open)]

    def led(self, *stages: str) -> list[int]:
        """Targets of disputes in which this state speaks for the senders."""
        return [one.target for one in self.disputes(*stages) if self.me == one.leader]

    def sent(self) -> list[int]:
        """Targets of open disputes in which this state is a sender."""
        return [one.target for one in self.disputes() if self.me in one.senders and self.me not in one.left]

    def leaders(self, *stages: str) -> list[int]:
        """Leaders of disputes of which this state is the target."""
        return [one.leader for one in self.disputes(*stages) if one.target == self.me]

    def offered(self, kind: str) -> list[int]:
        """Who has an offer of this kind on this state's table."""
        return [one.sender for one in on_table(self.politics.offers, self.me, self.world.quarter) if one.kind == kind]

    def under_own(self) -> list[int]:
        """States under restrictive measures of this one."""
        return [target for sender, target in self.hostile if sender == self.me]

    def acting_on_me(self) -> list[int]:
        """States whose restrictive measures are on this one."""
        return [sender for sender, target in self.hostile if target == self.me]

    def under_others(self) -> list[int]:
        """States under measures of others, none of them of this one."""
        return [target for sender, target in self.hostile if target != self.me and target not in self.under_own()]

    def joinable(self) -> list[int]:
        """Targets of open disputes that this state is not, or no longer, a sender of."""
        return [one.target for one in self.disputes() if self.me != one.target and (self.me not in one.senders or self.me in one.left)]

    def outside(self) -> list[int]:
        """Both sides of open disputes that this state has no part in."""
        found = [one for one in self.disputes() if self.me != one.target and self.me not in one.senders]
        return [state for one in found for state in (one.target, one.leader)]

    def partners(self) -> list[int]:
        """States with which an agreement holds."""
        return [one.other(self.me) for one in self.politics.in_force() if self.me in (one.party_a, one.party_b)]

    def organisations(self) -> dict[str, tuple[str, ...]]:
        """Organisations this state could join, and those it could leave."""
        found: dict[str, list[str]] = {JOIN: [], LEAVE: []}
        for name, inside in sorted(self.politics.members.items()):
            found[LEAVE if self.me in inside else JOIN].append(name)
        return {way: tuple(names) for way, names in found.items() if names}

    def wedges(self) -> dict[int, tuple[int, ...]]:
        """Targets under measures in a dispute of this state -> the states they have an agreement with, this one left out."""
        found = {}
        for target in self.led("imposed"):
            dispute = self.politics.between(self.me, target)
            others = sorted(known_partners(self.world, target) - {self.me})
            if others and dispute is not None and dispute.stage == "imposed":
                found[target] = tuple(others)
        return found

    def ballots(self) -> list[Resolution]:
        """Texts on the table of a body in which this state has a vote."""
        texts = [one for one in self.politics.resolutions.values() if one.adopted is None and one.quarter < self.world.quarter]
        return [one for one in texts if self.me in members(self.world, one.body)]

    def anybody(self, there: object) -> list[int]:
        """Everybody else, if there is something to do it about."""
        return [state for state in range(len(self.world.ids)) if state != self.me] if there else []


Rule = Callable[[Seat], Iterable[int]]
RULES: dict[str, Rule] = {  # lever -> towards whom; a lever that needs nobody is possible where there is anybody
    "demand": lambda seat: seat.led("dormant"),
    "threat": lambda seat: seat.led("dormant", "demand"),
    "retraction": lambda seat: seat.led("demand", "threat"),
    "pledge": lambda seat: seat.sent(),
    "answer_offer": lambda seat: [one.target for one in seat.disputes() if one.offered > 0 and one.leader == seat.me],
    "offer_settlement": lambda seat: seat.led("imposed"),
    "next_stage": lambda seat: seat.led("relief"),
    "leave_coalition": lambda seat: [one.target for one in seat.disputes() if seat.me in one.senders[1:] and seat.me not in one.left],
    "concession": lambda seat: seat.leaders(),
    "offer_part": lambda seat: seat.leaders("demand", "threat", "imposed"),
    "answer_settlement": lambda seat: seat.offered("settlement"),
    "backslide": lambda seat: seat.leaders("relief"),
    "join_coalition": lambda seat: seat.joinable(),
    "mediation": lambda seat: seat.outside(),
    "monitoring_mission": lambda seat: [state for one in seat.disputes("relief") if one.relief is not None for state in (one.target, one.leader)],
    "answer_deal": lambda seat: seat.offered("deal"),
    "end_deal": lambda seat: seat.partners(),
    "denial": lambda seat: seat.anybody(seat.under_others() and seat.me not in seat.politics.denied),
    "disclosure": lambda seat: seat.politics.denied,
    "cast_vote": lambda seat: seat.anybody(seat.ballots()),
    "council_mandate": lambda seat: seat.sent() if any(state.council for state in seat.world.setting.states) else [],
    "lift_motion": lambda seat: [target for _, target in seat.hostile],
    "exemption": lambda seat: seat.under_own(),
    "enforcement": lambda seat: seat.under_own(),
    "guidance": lambda seat: seat.under_own(),
    "secondary_measures": lambda seat: seat.under_own(),
    "counter_measures": lambda seat: seat.acting_on_me(),
    "rerouting": lambda seat: seat.anybody(seat.acting_on_me()),
    "shielding": lambda seat: seat.anybody(seat.acting_on_me()),
    "compensation": lambda seat: seat.anybody(seat.acting_on_me() or seat.under_own()),
    "transit_control": lambda seat: seat.under_others(),
    "trade_facilitation": lambda seat: seat.under_others(),
    "membership": lambda seat: seat.anybody(seat.organisations()),
    "inducement": lambda seat: seat.wedges(),
}


def possible(world: World, state: str) -> dict[str, tuple[str, ...]]:
    """Lever -> the states it could be used towards (by id, in the world's order) in the coming quarter; what could do nothing is left out."""
    seat = Seat(world, world.place[state])
    found = {}
    for name in LEVERS:
        towards = set(RULES[name](seat) if name in RULES else seat.anybody(True)) - {seat.me}
        if towards:
            found[name] = tuple(world.ids[index] for index in sorted(towards))
    return found


def named(world: World, state: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """What a possible lever has to name beside state, sector and level, by what it goes with, all by id.

    `membership`: its level ("1" joins, "0" leaves) -> organisations. `inducement`: the target -> partners it could be asked to leave.
    """
    seat = Seat(world, world.place[state])
    wedges = {world.ids[target]: tuple(world.ids[other] for other in others) for target, others in seat.wedges().items()}
    found = {"membership": seat.organisations(), "inducement": wedges}
    return {lever: choices for lever, choices in found.items() if choices}
