"""The two sides of a text, and what every state brings to it: place, ties, grievance, dependence, pressure, promises.

On the one side are the sponsors, and the state itself that a motion to lift is about; on the other is the state that the text goes against, for a motion
to lift whoever wants the measures kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.government.agreement import Agreement
from sim.government.deals import in_force
from sim.government.packages import hit_by, hits
from sim.government.resolution import Resolution
from sim.government.ties import hold_of
from sim.government.votes import AGAINST, FOR, Stance, position

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]

SMALL_MILLIONS = 1.0  # people, up to which a delegation counts as small


def stances_on(world: World, resolution: Resolution) -> Stance:
    """What all states bring to a text: each field an array over states."""
    profiles, sponsors, lifting = world.setting.states, resolution.sponsors, resolution.kind == "lift"
    helped = [*sponsors, resolution.about] if lifting else sponsors
    keeper = _keeper(world, resolution) if lifting else resolution.about
    points = np.array([profile.ideal_point for profile in profiles])
    lead = float(np.mean(points[sponsors])) if resolution.position is None else resolution.position
    side = position(points, lead, points[keeper])
    exposure = world.connections.exposure
    undoes = np.full(len(profiles), lifting and bool(hit_by(world, resolution.about)))
    undoes[helped] = False
    return Stance(
        position=-side if lead < points[keeper] else side,
        sponsor_ties=_tied(world, helped),
        target_ties=_tied(world, [keeper]),
        grievance=_aggrieved(world, sponsors),
        sponsor_dependence=np.clip(exposure[:, sponsors].sum(axis=1), 0.0, 1.0),
        target_dependence=np.clip(exposure[:, keeper], 0.0, 1.0),
        pressure=_pressed(world, sponsors),
        small_delegation=np.array([float(profile.population_m <= SMALL_MILLIONS) for profile in profiles]),
        promised=_promised(world, resolution),
        undoes=undoes,
    )


def _keeper(world: World, resolution: Resolution) -> int:
    """Who stands against a text to lift: the leader of the measures, or whoever had the state labelled, or the state's greatest rival."""
    politics, about = world.politics, resolution.about
    dispute = politics.disputes.get(resolution.dispute) or next((one for one in politics.open_disputes() if one.target == about), None)
    if dispute is not None:
        return dispute.leader
    labels = [one for _, one in sorted(politics.resolutions.items()) if one.kind == "designate" and one.about == about and one.adopted]
    if labels:
        return max(labels, key=lambda one: one.quarter).sponsors[0]
    others = politics.rivalry[:, about].copy()
    others[[about, *resolution.sponsors]] = -1.0
    return int(np.argmax(others))


def _tied(world: World, others: list[int]) -> Array:
    """Alliance with the closest of them, or half a tie for each organisation shared, at most 1; a state's tie to itself is full."""
    best = world.setting.alliance[:, others].max(axis=1).clip(min=0.0)
    for other in others:
        shared = np.zeros(len(best))
        for members in world.politics.members.values():
            if other in members:
                shared[list(members)] += 1.0
        best = np.maximum(best, np.minimum(1.0, 0.5 * shared))
    best[others] = 1.0
    return best


def _aggrieved(world: World, sponsors: list[int]) -> Array:
    """1 for states that are under measures of a sponsor in a dispute (help is none), else 0."""
    found = np.zeros(len(world.ids))
    found[list(set[int]().union(*(hits(world, sponsor) for sponsor in sponsors)))] = 1.0
    return found


def _pressed(world: World, sponsors: list[int]) -> Array:
    """Hold over each state of the hub among the sponsors that has most of it."""
    found = np.zeros(len(world.ids))
    for hub in sponsors:
        if world.setting.states[hub].hub:
            found = np.maximum(found, [0.0 if state == hub else hold_of(world, hub, state) for state in range(len(found))])
    return found


def _promised(world: World, resolution: Resolution) -> NDArray[np.object_]:
    """The vote that each state owes, under the first deal by which it owes one."""
    found = np.full(len(world.ids), "", dtype=object)
    for deal in in_force(world):
        for state in (deal.party_a, deal.party_b):
            found[state] = found[state] or owed(deal, resolution, state)
    return found


def owed(deal: Agreement, resolution: Resolution, state: int) -> str:
    """The vote a state owes under a deal of votes for votes: for its partner's text or relief, against a text that blames its partner; "" for none.

    Nobody owes a vote on a text about itself.
    """
    if deal.kind != "votes" or state not in (deal.party_a, deal.party_b) or state == resolution.about:
        return ""
    partner = deal.other(state)
    if partner in resolution.sponsors:
        return FOR
    if partner == resolution.about:
        return FOR if resolution.kind == "lift" else AGAINST
    return ""
