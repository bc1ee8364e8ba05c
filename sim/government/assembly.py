"""The assembly and the council at work: texts tabled last quarter are voted on, each by its own rule, and have their effect.

- *condemn*, *demand*: the target's government loses some support at home; others see where states stand.
- *mandate* (council): raises the worth of joining and of controlling transit, and binds the council's members, most of all those that voted for it
  (`ties.bound_by_mandate`): helping the target and staying out cost them.
- *designate*: labels the state; dealing with it costs standing until the label is lifted, which is slow.
- *lift*: ends mandate and label.

A text that fails costs the government that tabled it support at home, as much as a condemnation costs the one it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.government.agreement import Agreement
from sim.government.deals import in_force
from sim.government.packages import hit_by
from sim.government.resolution import Promise, Resolution
from sim.government.ties import hold_of
from sim.government.votes import ABSENT, AGAINST, FOR, VOTES, Stance, cast, chance_in_council, decide, position, vote_options

if TYPE_CHECKING:
    from sim.world import World

SMALL_MILLIONS = 1.0  # people, up to which a delegation counts as small
SHAME = 0.03  # support that a condemned government, and one whose text fails, loses at home at once: assumption


def table_scheduled(world: World) -> None:
    """Table the scenario's resolutions of this quarter."""
    for spec in world.setting.resolutions:
        if spec.quarter == world.quarter:
            sponsor, about = world.place[spec.tabled_by], world.place[spec.about]
            dispute = world.politics.between(sponsor, about)
            world.politics.resolutions[spec.id] = Resolution(
                spec.id, spec.kind, [sponsor], about, spec.body, spec.quarter, "" if dispute is None else dispute.id, spec.position, spec.text
            )


def vote(world: World) -> None:
    """Vote on what was tabled last quarter and carry out what passes. Where people decide every few quarters, a vote waits until they do."""
    for _, resolution in sorted(world.politics.resolutions.items()):
        waiting = any(world.ids[state] in world.resting for state in members(world, resolution.body))
        if resolution.adopted is None and resolution.quarter < world.quarter and not waiting:
            _vote_on(world, resolution)


def members(world: World, body: str) -> list[int]:
    """States that have a seat in the body."""
    return [state for state, profile in enumerate(world.setting.states) if body == "assembly" or profile.council]


def _vote_on(world: World, resolution: Resolution) -> None:
    votes: dict[str, str] = {}
    with world.politics.standing_still():
        sides = _Sides.of(world, resolution)
        for state in members(world, resolution.body):
            me = world.ids[state]
            forced = resolution.cast.get(state)
            if forced is None and world.decider is not None:
                forced = world.decider(world.quarter, me, f"vote on {resolution.id}", ["for", "against", "abstain", "absent"], {})
            told = ""
            if forced is None and state == resolution.sponsors[0]:
                forced, told = FOR, "own_text"
            if forced is None and me in world.played:
                forced, told = ABSENT, "no_ballot"  # nobody votes for people
            choice = cast(
                stance_of(world, resolution, state, sides), world.p, streams=world.streams, quarter=world.quarter, state=me,
                resolution=resolution.id, forced=forced, told=told,
            )
            world.record.choice(choice)
            votes[me] = choice.chosen
            resolution.votes[state] = choice.chosen
            world.record.row("votes", world.quarter, resolution.id, me, choice.chosen)
    resolution.voted_in = world.quarter
    resolution.promises = [
        Promise(deal.id, state, vote == due)
        for deal in in_force(world)
        for state, vote in resolution.votes.items()
        if (due := owed(deal, resolution, state))
    ]
    vetoes = [world.ids[state] for state in members(world, "council") if world.setting.states[state].veto] if resolution.body == "council" else []
    outcome = decide(votes, resolution.body, world.p, vetoes)
    resolution.adopted = outcome.adopted
    counts = ", ".join(f"{number} {name}" for name, number in outcome.counts.items())
    stopped = f"; stopped by the veto of {', '.join(world.setting.states[world.place[state]].name for state in outcome.vetoed_by)}" if outcome.vetoed_by else ""
    what = "adopted" if outcome.adopted else "not adopted"
    about, name = world.ids[resolution.about], world.setting.states[resolution.about].name
    world.record.row("events", world.quarter, f"resolution {what}", about, f"{resolution.text or resolution.kind} on {name}: {what} ({counts}{stopped})")
    if outcome.adopted:
        _take_effect(world, resolution)
    else:
        world.politics.face[resolution.sponsors[0]] += SHAME


def _take_effect(world: World, resolution: Resolution) -> None:
    politics, about = world.politics, resolution.about
    if resolution.kind in ("condemn", "demand"):
        politics.face[about] += SHAME
    elif resolution.kind == "designate":
        politics.labelled[about] = world.quarter
    elif resolution.kind == "mandate" and resolution.dispute:
        politics.mandates[resolution.dispute] = world.quarter
    elif resolution.kind == "lift":
        politics.labelled.pop(about, None)
        politics.mandates = {name: when for name, when in politics.mandates.items() if politics.disputes[name].target != about}


@dataclass(frozen=True)
class _Sides:
    """The two sides of a text: the ideal point of its sponsors, whom it speaks for, who stands against it, the hubs among its sponsors, the deals in
    force, and whether it would lift what measures still press for."""

    lead: float
    helped: list[int]
    keeper: int
    hubs: list[int]
    deals: list[Agreement]
    undoes: bool

    @classmethod
    def of(cls, world: World, resolution: Resolution) -> _Sides:
        profiles, sponsors, lifting = world.setting.states, resolution.sponsors, resolution.kind == "lift"
        lead = float(np.mean([profiles[sponsor].ideal_point for sponsor in sponsors])) if resolution.position is None else resolution.position
        return cls(
            lead,
            [*sponsors, resolution.about] if lifting else sponsors,
            _keeper(world, resolution) if lifting else resolution.about,
            [sponsor for sponsor in sponsors if profiles[sponsor].hub],
            in_force(world),
            lifting and bool(hit_by(world, resolution.about)),
        )


def stance_of(world: World, resolution: Resolution, state: int, sides: _Sides | None = None) -> Stance:
    """What a state brings to a resolution, whose `sides` may be known already."""
    sides = sides or _Sides.of(world, resolution)
    profiles, sponsors, keeper = world.setting.states, resolution.sponsors, sides.keeper
    side = position(profiles[state].ideal_point, sides.lead, profiles[keeper].ideal_point)
    if sides.lead < profiles[keeper].ideal_point:
        side = -side
    exposure = world.connections.exposure[state]
    return Stance(
        position=side,
        sponsor_ties=_tied(world, state, sides.helped),
        target_ties=_tied(world, state, [keeper]),
        grievance=1.0 if not hit_by(world, state).isdisjoint(sponsors) else 0.0,
        sponsor_dependence=min(max(float(sum(exposure[sponsor] for sponsor in sponsors)), 0.0), 1.0),
        target_dependence=min(max(float(exposure[keeper]), 0.0), 1.0),
        pressure=max((hold_of(world, hub, state) for hub in sides.hubs if hub != state), default=0.0),
        small_delegation=1.0 if profiles[state].population_m <= SMALL_MILLIONS else 0.0,
        promised=next((vote for deal in sides.deals if (vote := owed(deal, resolution, state))), ""),
        undoes=sides.undoes and state not in sides.helped,
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


def _tied(world: World, state: int, others: list[int]) -> float:
    """Alliance with the closest of them, or half a tie for each organisation shared, at most 1; a state's tie to itself is full."""
    setting = world.setting
    if state in others:
        return 1.0
    best = 0.0
    for other in others:
        shared = sum({state, other} <= members for members in world.politics.members.values())
        best = max(best, float(setting.alliance[state, other]), min(1.0, 0.5 * shared))
    return best


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


def tabling_terms(gain: str, worth: float, chance: float, p: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against tabling a text, in points: what its adoption is `worth` (the term `gain`), and the face that a lost vote costs,
    each at its chance. The face is the same whatever the text is worth: were it a share of the worth, the worth would cancel against the stakes."""
    return {gain: chance * worth, "a vote may be lost": -(1.0 - chance) * p["lost_vote"]}


def chance_of_adoption(world: World, resolution: Resolution) -> float:
    """Chance that a text is adopted when its sponsor votes for it and the other members vote as they are expected to, 0 to 1.

    In the council by its own rule, exactly: votes for of so many members, and no veto (`votes.chance_in_council`). In the assembly from the
    expected share voting for among those voting for or against, and the majority needed: 0.5 at the threshold.
    """
    seats, sides = members(world, resolution.body), _Sides.of(world, resolution)
    expected = [_expected(world, resolution, state, sides) for state in seats]
    if resolution.body == "council":
        return chance_in_council(expected, [world.setting.states[state].veto for state in seats], world.p)
    wanted, against = (sum(chances[vote] for chances in expected) for vote in (FOR, AGAINST))
    share = wanted / max(wanted + against, 1e-12)
    return float(1.0 / (1.0 + np.exp(-12.0 * (share - world.p["assembly_majority"]))))


def _expected(world: World, resolution: Resolution, state: int, sides: _Sides) -> dict[str, float]:
    """Chance of each vote of a state, before the draw."""
    if state == resolution.sponsors[0]:
        return {vote: float(vote == FOR) for vote in VOTES}
    options = vote_options(stance_of(world, resolution, state, sides), world.p)
    scores = np.array([option.utility for option in options])
    scale = world.p["vote_rationality"] / max(sum(abs(v) for option in options for v in option.terms.values()), 1e-12)
    chances = np.exp(scale * (scores - scores.max()))
    return dict(zip([option.name for option in options], (chances / chances.sum()).tolist(), strict=True))
