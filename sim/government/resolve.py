"""Private resolve: log-normal, drawn from streams of its own, one for each side of a dispute, each state on it and each of its governments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.streams import Streams

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


def drawn(streams: Streams, dispute: str, side: str, government: int, *who: str) -> float:
    """Standard normal log resolve of the leader (`side` "sender"), of a follower (`who` names it) or of the target, under its government of that number."""
    return streams.normal("resolve", dispute, side, *who, government)


def of_joiner(world: World, dispute: Dispute, state: int) -> float:
    """Log resolve of a state that was not asked when the dispute began and thinks of joining, or has joined, its senders."""
    number = int(world.politics.governments[state])
    return world.p["resolve_spread"] * drawn(world.streams, dispute.id, "sender", number, world.ids[state])


def draw_joiners(world: World, dispute: Dispute) -> None:
    """Give every sender that has joined on the way the resolve that it joined with."""
    for state in dispute.senders[1:]:
        if state not in dispute.followers:
            dispute.followers[state] = of_joiner(world, dispute, state)
