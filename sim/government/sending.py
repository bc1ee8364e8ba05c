"""The sender's side of a dispute: what it stands to gain, what it pays, and what backing down costs it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.government.answers import suffering
from sim.government.choice import chance_of
from sim.government.dispute import Dispute
from sim.government.forecast import Losses
from sim.government.groups import voice
from sim.government.stakes import expectation, give_in_belief, give_in_probability, quarterly_discount, worth
from sim.government.ties import bound_by_mandate, hold_of, mandate_behind, siding

if TYPE_CHECKING:
    from sim.world import World


@dataclass(frozen=True)
class SenderView:
    """A sender's reckoning in points: `gain` from the whole demand, `hope` = present value of the chance of getting it,
    `cost` of own measures until then, `audience` = loss of face on backing down, `signal` = worth of being seen to act;
    `chance` that the target gives in within a quarter. `suffering` is the pain the target is believed to expect, `stake` its worth
    at middling resolve."""

    gain: float
    hope: float
    cost: float
    audience: float
    signal: float
    chance: float
    suffering: float
    stake: float


def sender_view(
    world: World, dispute: Dispute, losses: Losses, sender: int, demand: float | None = None, made_good: float | None = None
) -> SenderView:
    """One sender's reckoning of a dispute, from its own resolve and what it expects of the target.

    `demand` is the size it reckons with, the dispute's own unless it is still choosing; `made_good` the part of its loss that others make good,
    by the solidarity funds in force unless one is being thought of.
    """
    p, politics, target = world.p, world.politics, dispute.target
    remaining = (dispute.demand if demand is None else demand) - dispute.known
    gain = gain_from(world, dispute, sender, remaining)
    in_force = 0 if dispute.imposed_in is None else world.quarter - dispute.imposed_in
    suffered = suffering(world, dispute, losses).pain
    known = p["mediation"] if dispute.mediator >= 0 else 0.0
    conflict = expectation(float(politics.affinity[sender, target]))
    stake = worth(p["stakes_target"], dispute.salience_target, dispute.kind == "core", remaining, conflict, known * dispute.resolve_target, p)
    chance = give_in_belief(suffered, stake, in_force, p, known)
    stay = quarterly_discount(p) * (1.0 - chance)
    hope, quarters = chance / (1.0 - stay), 1.0 / (1.0 - stay)  # present value of the chance, and of the quarters until then
    if dispute.imposed_in is None:  # measures new in force open the target's file for certain
        chance = give_in_probability(suffered, stake, p, known)
        stay = quarterly_discount(p) * (1.0 - chance)
        hope, quarters = chance + stay * hope, 1.0 + stay * quarters
    if made_good is None:
        made_good = min(1.0, float(world.frictions.pairs.solidarity[:, sender].sum()))
    own_loss = max(0.0, float(losses.now[sender])) * p["lobby_weight"] * voice(world, sender) * (1.0 - made_good)
    return SenderView(
        gain=gain,
        hope=hope * gain,
        cost=own_loss / 4.0 * quarters,
        audience=p["audience_cost"] * dispute.face(sender) * gain * math.exp(-p["fatigue"] * in_force / 4.0),
        signal=p["signal_weight"] * gain,
        chance=chance,
        suffering=suffered,
        stake=stake,
    )


def gain_from(world: World, dispute: Dispute, sender: int, part: float) -> float:
    """What `part` of the policy (0 to 1) changed is worth to a sender, in points, counting its share in a coalition."""
    p = world.p
    conflict = expectation(float(world.politics.affinity[sender, dispute.target]))
    gain = worth(p["stakes_sender"], dispute.salience_sender, dispute.kind == "core", part, conflict, resolve_of(dispute, sender), p)
    return gain * share_of_gain(dispute, sender, p["institution_pooling"])


def firmness(view: SenderView, p: Mapping[str, float]) -> float:
    """What a sender believes of itself: the chance that it would rather stand firm than back down."""
    return chance_of(leading_terms(view).values(), (-view.audience,), p["rationality"])


def leading_terms(view: SenderView) -> dict[str, float]:
    """What speaks for and against having measures in force: the hope of the demand, what they cost, and being seen to act."""
    return {"chance that the target gives in": view.hope, "own cost": -view.cost, "signal": view.signal}


def following_terms(world: World, dispute: Dispute, view: SenderView, state: int) -> dict[str, float]:
    """What speaks for and against following a leader's measures: the sender's own reckoning, ties, what the leader's hub could do, a council's mandate."""
    p, leader = world.p, dispute.leader
    return {
        **leading_terms(view),
        "ties with the leader": siding(world, state, leader, dispute.target),
        "hold of the leader's hub": p["hub_fear"] * hold_of(world, leader, state) if world.setting.states[leader].hub else 0.0,
        "mandate": mandate_behind(world, dispute),
    }


def leaving_terms(view: SenderView) -> dict[str, float]:
    """What speaks against lifting measures that are in force."""
    return {"loss of face": -view.audience}


def staying_out_terms(world: World, dispute: Dispute, view: SenderView, state: int) -> dict[str, float]:
    """What speaks against not following a leader's measures in the first place."""
    return {"loyalty expected": -0.5 * view.audience, "bound by the mandate": -bound_by_mandate(world, state, dispute)}


def resolve_of(dispute: Dispute, sender: int, supposed: float | None = None) -> float:
    """Log resolve a sender acts on: its own (the one `supposed`, where it is not known), or, where an institution pools unequal stakes by side payments,
    that of the members' mean."""
    own = {dispute.leader: dispute.resolve_sender, **dispute.followers}
    if supposed is not None:
        own[sender] = supposed
    if dispute.institution:
        members = [math.exp(own.get(state, 0.0)) for state in dispute.senders if state not in dispute.left]
        return math.log(sum(members) / len(members))
    return own.get(sender, 0.0)


def share_of_gain(dispute: Dispute, sender: int, pooling: float) -> float:
    """How much of the gain a sender counts as its own doing.

    The leader counts all of it; a follower in a loose coalition only its share, so it is the first to tire. The members of an institution
    pool their stakes: they count the part `pooling` of the rest too.
    """
    own = 1.0 if sender == dispute.leader else 1.0 / len(dispute.senders)
    return own + (pooling * (1.0 - own) if dispute.institution else 0.0)
