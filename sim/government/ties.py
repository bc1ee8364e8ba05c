"""What closeness and dependence are worth in a decision, in points.

`hold_of(a, b)`: how far state a could hurt b by closing its hub or market: convex in the share `x` of b's foreign trade that is with a,
`x^3 / (x^3 + chokepoint^3)` (Clayton, Maggiori & Schreger 2024).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.closeness import hides

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


DENIED = 0.5  # part of what dealings may cost that is left when they are denied: what is denied is found less often; assumption
NOTICED = 0.02  # share of a state's foreign trade from which who trades with it is concerned by what is done to it


def hold_of(world: World, holder: int, held: int) -> float:
    """Hold of one state over another, 0 to 1."""
    share = float(world.connections.exposure[held, holder]) ** 3
    return share / (share + world.p["chokepoint"] ** 3)


def siding(world: World, state: int, friend: int, against: int) -> float:
    """Worth in points of siding with one state against another: ties with the first less ties with the second, and rivalry."""
    p, politics = world.p, world.politics
    ties = p["affinity_stakes"] * 0.5 * float(politics.affinity[state, friend] - politics.affinity[state, against])
    return ties + p["rivalry_stakes"] * float(politics.rivalry[state, against] - politics.rivalry[state, friend])


def fear_of(world: World, state: int, target: int) -> float:
    """What dealing with a target may cost a third party, in points: penalties of those senders that threaten them, by their hold on it,
    and the stigma of a designated state; the part `DENIED` of both where the state denies its dealings."""
    p, secondary = world.p, world.frictions.pairs.secondary
    feared = sum(float(secondary[sender, target]) * hold_of(world, sender, state) for sender in range(len(world.ids)) if secondary[sender, target] > 0)
    label = p["stigma"] if target in world.politics.labelled else 0.0
    return (DENIED if hides(world, state) else 1.0) * (p["hub_fear"] * feared + label)


def mandate_behind(world: World, dispute: Dispute) -> float:
    """What a council's mandate behind the measures of a dispute weighs for whoever acts on it, in points; 0 where there is none."""
    return float(world.p["mandate_weight"]) if world.politics.mandated(dispute.id) else 0.0


def bound_by_mandate(world: World, state: int, dispute: Dispute) -> float:
    """What going against a mandate behind the measures costs a state, in points: once what a mandate weighs for a member of the council that
    gave it, and once more for who voted for it; nothing for all others."""
    if not world.setting.states[state].council:
        return 0.0
    return mandate_behind(world, dispute) * (1 + world.politics.voted_for_mandate(state, dispute.id))


def blame(world: World, dispute: Dispute) -> float:
    """What being under measures costs a target in standing, in % of income a year: more, the more senders there are whose word it values.

    A sender's word counts from nothing for an adversary (affinity -1) to all for the closest friend (1): `1 - prod((1 - affinity) / 2)` of the whole.
    """
    unheard = 1.0
    for sender in dispute.senders:
        if sender not in dispute.left:
            unheard *= 0.5 * (1.0 - float(world.politics.affinity[dispute.target, sender]))
    return float(world.p["blame"] * (1.0 - unheard))
