"""The home front: support of public and elite, unrest, and changes of government.

Support moves a share `support_speed` of the way each quarter to

    usual + support_of_living * ln(consumption / habit) + rally * exp(-t / rally_quarters) - face

where habit follows consumption slowly, so people tire of losses and then get used to them (the elite has a habit of its own, no rally, and loses half
the face; under some governments what comes in from abroad holds it, see `patronage`); `t` is the number of quarters a state has
been under measures meant to coerce it, and `face` what a visible concession or an empty threat cost (`visible_concession` for the whole
policy), which fades over a year. Unrest grows with what support lacks to `unrest_below`. A government falls at a base rate by regime type,
more often when support is low; its successor starts with at least the usual support, keeps part of the private resolve in each of the state's
disputes and draws the rest anew. Streams: `turnover`, `resolve`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.households import ELITE_SHARE
from sim.government import patronage
from sim.government.resolve import drawn

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

Array = NDArray[np.float64]
FACE_FADES = 0.25  # share per quarter
CALM = 0.02  # least consumption against the base that enters a logarithm


def move(world: World, public: Array, elite: Array) -> None:
    """Move support, habit and unrest; `public` and `elite` `(state,)` are their consumption against the base quarter."""
    p, politics = world.p, world.politics
    lift = np.zeros(len(public))
    for state in range(len(public)):
        quarters = under_measures(world, state)
        if quarters is not None:
            lift[state] = p["rally"] * math.exp(-quarters / p["rally_quarters"])
    speed = p["support_speed"]
    living = p["support_of_living"] * np.log(np.maximum(public, CALM) / politics.habit)
    wealth = p["support_of_living"] * np.log(np.maximum(elite, CALM) / politics.habit_elite)
    politics.support_public = np.clip(
        politics.support_public + speed * (politics.usual_public + living + lift - politics.face - politics.support_public), 0.0, 1.0
    )
    handed_on = patronage.lift(world)
    politics.support_elite = np.clip(
        politics.support_elite + speed * (politics.usual_elite + wealth + handed_on - 0.5 * politics.face - politics.support_elite), 0.0, 1.0
    )
    politics.habit = politics.habit + p["habit_speed"] * (np.maximum(public, CALM) - politics.habit)
    politics.habit_elite = politics.habit_elite + p["habit_speed"] * (np.maximum(elite, CALM) - politics.habit_elite)
    politics.face = politics.face * (1.0 - FACE_FADES)
    lacking = np.maximum(p["unrest_below"] - politics.support_public, 0.0) / max(p["unrest_below"], 1e-9)
    politics.unrest = politics.unrest + speed * (np.clip(lacking, 0.0, 1.0) - politics.unrest)


def lose_face(world: World) -> None:
    """What was visibly given up this quarter: by a target that conceded, and by a leader that gave up before its demand was met, twice as much
    where it had pledged not to."""
    cost, politics = world.p["visible_concession"], world.politics
    for _, dispute in sorted(politics.disputes.items()):
        if dispute.policy > dispute.shown:
            politics.face[dispute.target] += cost * (dispute.policy - dispute.shown)
            dispute.shown = dispute.policy
        if dispute.stage == "abandoned" and dispute.ended_in == world.quarter:
            politics.face[dispute.leader] += cost * dispute.face(dispute.leader) * max(0.0, dispute.demand - dispute.known)


def oldest_pressing(world: World, state: int) -> Dispute | None:
    """The dispute whose measures, now in force against the state, began first; None when there is none."""
    found = [
        (dispute.imposed_in, dispute.id, dispute)
        for dispute in world.politics.open_disputes()
        if dispute.target == state and dispute.stage == "imposed" and dispute.imposed_in is not None
    ]
    return min(found)[2] if found else None


def under_measures(world: World, state: int) -> int | None:
    """Quarters since the oldest measures now in force against the state in a dispute began; None when there are none."""
    oldest = oldest_pressing(world, state)
    return None if oldest is None or oldest.imposed_in is None else world.quarter - oldest.imposed_in


def turn_over(world: World) -> None:
    """Let governments fall and new ones take over their disputes with a resolve of their own."""
    for state, name in enumerate(world.ids):
        if name not in world.played and world.streams.uniform("turnover", world.quarter, name) < hazard(world, state):
            new_government(world, state)


def hazard(world: World, state: int) -> float:
    """The chance that the government of a state falls this quarter."""
    p, politics = world.p, world.politics
    rate = p["turnover_democracy"] if world.setting.states[state].regime == "democracy" else p["turnover_autocracy"]
    public = public_part(world, state)
    support = public * politics.support_public[state] + (1.0 - public) * politics.support_elite[state]
    return min(1.0, rate * math.exp(p["turnover_support"] * (0.5 - support)))


def public_part(world: World, state: int) -> float:
    """The public's part in the support that keeps a government in office: all of it in a democracy, else half; where the scenario says how large a
    winning coalition is, what of it is not the elite, who are its first members."""
    profile = world.setting.states[state]
    if profile.winning_coalition is None:
        return 1.0 if profile.regime == "democracy" else 0.5
    return max(0.0, 1.0 - ELITE_SHARE / profile.winning_coalition)


def new_government(world: World, state: int) -> None:
    """Let a new government take over from the one in office, with its disputes and a resolve of its own."""
    politics = world.politics
    politics.governments[state] += 1
    politics.support_public[state] = max(politics.support_public[state], politics.usual_public[state])
    politics.support_elite[state] = max(politics.support_elite[state], politics.usual_elite[state])
    politics.face[state] = 0.0
    _redraw(world, state)
    world.record.row("events", world.quarter, "new government", world.ids[state], f"{world.setting.states[state].name} has a new government")


def _redraw(world: World, state: int) -> None:
    p, number = world.p, int(world.politics.governments[state])
    keep = p["turnover_memory"]
    fresh = math.sqrt(1.0 - keep * keep) * p["resolve_spread"]
    for _, dispute in sorted(world.politics.disputes.items()):
        if dispute.leader == state:
            dispute.resolve_sender = keep * dispute.resolve_sender + fresh * drawn(world.streams, dispute.id, "sender", number)
        if state in dispute.followers:
            dispute.followers[state] = keep * dispute.followers[state] + fresh * drawn(world.streams, dispute.id, "sender", number, world.ids[state])
        if dispute.target == state:
            dispute.resolve_target = keep * dispute.resolve_target + fresh * drawn(world.streams, dispute.id, "target", number)
