"""Where disputes come from in worlds that live for decades: now and then one state finds fault with a policy of another.

Who complains is drawn by economic size, of whom by trade with the complainer and by how far apart the two governments are; how much
it matters to each is Beta(2, 2). Whether anything follows is for the governments to decide. Streams: `arrival`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.government.dispute import Dispute
from sim.government.resolve import drawn
from sim.government.stakes import expectation

if TYPE_CHECKING:
    from sim.world import World

MOST_FOLLOWERS = 4
CLOSE = 0.5  # affinity from which a state is asked to join
ISSUES = {
    "economic": ("a rule on imported food", "a tax on foreign firms", "fishing quotas in a shared sea", "a licence fee for transit"),
    "core": ("who may stand in its elections", "a seized patent pool", "the limit on what flows into a shared river", "detained inspectors"),
}


def arrive(world: World) -> None:
    """Add the disputes that arise this quarter, dormant until somebody acts."""
    p = world.p
    expected = p["arrival_rate"]
    if expected <= 0:
        return
    rng = world.streams.generator("arrival", world.quarter)
    for number in range(int(rng.poisson(expected))):
        dispute = _drawn(world, rng, number)
        if dispute is not None:
            world.politics.disputes[dispute.id] = dispute


def _drawn(world: World, rng: np.random.Generator, number: int) -> Dispute | None:
    p, politics, accounts = world.p, world.politics, world.accounts
    size = accounts.factor_income.sum(axis=0)
    leader = int(rng.choice(len(size), p=size / size.sum()))
    conflict = np.array([expectation(float(a)) for a in politics.affinity[leader]])
    pull = world.connections.exposure[leader] * (0.2 + conflict)
    pull[leader] = 0.0
    target = int(rng.choice(len(size), p=pull / pull.sum()))
    core = bool(rng.random() < p["arrival_core"])
    salience = rng.beta(2.0, 2.0, size=2).clip(0.02, 0.98)
    joined, institution = rng.random() < p["arrival_coalition"], bool(rng.random() < p["arrival_institution"])
    issue = str(rng.choice(ISSUES["core" if core else "economic"]))
    if politics.between(leader, target) is not None or politics.dormant(leader, target) is not None:
        return None
    friends = [
        state
        for state in np.argsort(-politics.affinity[leader], kind="stable")
        if state not in (leader, target) and politics.affinity[leader, state] >= CLOSE and politics.affinity[target, state] < CLOSE
    ]
    followers = [int(state) for state in friends[:MOST_FOLLOWERS]] if joined else []
    name = f"d{world.quarter:03d}-{number}"
    return Dispute(
        id=name,
        issue=issue,
        senders=[leader, *followers],
        target=target,
        kind="core" if core else "economic",
        salience_sender=float(salience[0]),
        salience_target=float(salience[1]),
        institution=institution and bool(followers),
        resolve_sender=p["resolve_spread"] * drawn(world.streams, name, "sender", 0),
        resolve_target=p["resolve_spread"] * drawn(world.streams, name, "target", 0),
        followers={state: p["resolve_spread"] * drawn(world.streams, name, "sender", 0, world.ids[state]) for state in followers},
        entered=world.quarter,
    )
