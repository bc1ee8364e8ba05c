"""A leader and the follower that has most to lose: leave it its bill, or make good a part of its loss from a solidarity fund.

What a fund buys is the chance that the follower joins or stays, times what its measures add to the hope that the target gives in; what it costs is
that part of the follower's loss for as long as measures are expected to last (side payments within coalitions: Martin 1992; Drezner 2000).
The follower's resolve is not known: its choice is reckoned as it would make it (see `join`), averaged over the resolve it might have.
A fund ends with the dispute, or when the follower leaves (see `stages`).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.choice import Option, chance_of
from sim.government.forecast import Losses
from sim.government.packages import beyond, fund_of, lift_orders, measures_of, ordered
from sim.government.question import Question
from sim.government.sending import following_terms, leaving_terms, resolve_of, sender_view, staying_out_terms
from sim.government.stakes import NODES, lasting
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

PARTS = (0.3, 0.8)  # of the follower's loss
NOTICED = 0.1  # % of its income that a follower must expect to lose before there is a bill to share


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute the state leads whose measures have just come into force, or whose file is on the agenda, half as often as others."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.leader != state or dispute.stage != "imposed" or dispute.entered == world.quarter or not dispute.package:
            continue
        fresh = dispute.entered == world.quarter - 1
        if fresh or opened(world, state, "share the bill", dispute.id, 0.5 * world.p["agenda_rate"]):
            followers = [other for other in dispute.senders[1:] if other not in dispute.left]
            if followers:
                found += _question(world, dispute, max(followers, key=lambda other: _at_risk(world, dispute, other)))
    return found


def _at_risk(world: World, dispute: Dispute, follower: int) -> tuple[bool, float, int]:
    """Whom a leader thinks of first: whom it pays already, then whose foreign trade is most with the target."""
    return fund_of(world, dispute, follower) is not None, float(world.connections.exposure[follower, dispute.target]), -follower


def _question(world: World, dispute: Dispute, member: int) -> list[Question]:
    state = dispute.leader
    with_it, without = _losses(world, dispute, member)
    loss = float(with_it.now[member] - without.now[member])
    if loss < NOTICED:
        return []
    p, me, whom = world.p, world.ids[state], world.ids[member]
    view = sender_view(world, dispute, with_it, state)
    if view.gain <= 0:
        return []
    crumbled = sender_view(world, replace(dispute, left=[*dispute.left, member]), without, state)
    worth = view.hope - crumbled.hope * view.gain / crumbled.gain  # whose stakes an institution pools changes nothing in what is wanted
    alone = _believed(world, dispute, with_it, member, 0.0)
    size = float(world.accounts.income[member] / world.accounts.income[state])
    years = 0.25 * lasting(view.chance, p)
    fund = fund_of(world, dispute, member)
    leave = f"leave its bill to {whom}"
    options, orders, beliefs = [Option(leave, {})], {}, {"follows without help": alone}
    if fund is not None:
        orders[leave] = lift_orders(world, [fund])
    for part in PARTS:
        name = f"make good {part} of the loss of {whom}"
        follows = beliefs["follows with help"] = _believed(world, dispute, with_it, member, part)
        options.append(Option(name, {"a partner kept": (follows - alone) * worth, "a partner's bill paid": -part * loss * size * years * follows}))
        if fund is None or fund.level != part:
            orders[name] = (Decision(world.quarter, me, "solidarity_fund", whom, "", part, {"dispute": dispute.id}),)
    return [Question("share the bill", dispute.id, tuple(options), orders, beliefs, covers=("solidarity_fund",))]


def _losses(world: World, dispute: Dispute, member: int) -> tuple[Losses, Losses]:
    """What is lost to the measures of all who act now, with those of the member and without."""
    now = world.forecasts.of_keeping(measures_of(world, dispute))
    own = measures_of(world, dispute, member)
    if own:
        its = world.forecasts.of_keeping(own)
        return now, Losses(now.now - its.now, now.long_run - its.long_run)
    its = world.forecasts.of_adding(ordered(world, beyond(world, dispute, member, dispute.package)))
    return Losses(now.now + its.now, now.long_run + its.long_run), now


def _believed(world: World, dispute: Dispute, losses: Losses, member: int, part: float) -> float:
    """What the leader believes of the member going along when it next asks itself, with `part` of its loss made good by the leader."""
    middling = replace(dispute, followers=dict.fromkeys(dispute.followers, 0.0))
    paid_by_others = float(world.frictions.pairs.solidarity[:, member].sum() - world.frictions.pairs.solidarity[dispute.leader, member])
    view = sender_view(world, middling, losses, member, made_good=min(1.0, paid_by_others + part))
    usual, spread = resolve_of(middling, member), world.p["resolve_spread"]
    acting, found = bool(measures_of(world, dispute, member)), []
    for node in NODES:
        times = math.exp(resolve_of(middling, member, spread * float(node)) - usual)
        seen = replace(view, gain=view.gain * times, hope=view.hope * times, audience=view.audience * times, signal=view.signal * times)
        going = following_terms(world, dispute, seen, member)
        other = leaving_terms(seen) if acting else staying_out_terms(world, dispute, seen, member)
        found.append(chance_of(going.values(), other.values(), world.p["rationality"]))
    return math.fsum(found) / len(found)
