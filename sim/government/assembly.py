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
from typing import TYPE_CHECKING

import numpy as np

from sim.government.deals import in_force
from sim.government.resolution import Promise, Resolution
from sim.government.sides import owed, stances_on
from sim.government.votes import ABSENT, FOR, VOTES, cast, chance_in_council, decide, expected_votes

if TYPE_CHECKING:
    from sim.world import World

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
        stances = stances_on(world, resolution)
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
                stances.of(state), world.p, streams=world.streams, quarter=world.quarter, state=me,
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


def tabling_terms(gain: str, worth: float, chance: float, p: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against tabling a text, in points: what its adoption is `worth` (the term `gain`), and the face that a lost vote costs,
    each at its chance. The face is the same whatever the text is worth: were it a share of the worth, the worth would cancel against the stakes."""
    return {gain: chance * worth, "a vote may be lost": -(1.0 - chance) * p["lost_vote"]}


def chance_of_adoption(world: World, resolution: Resolution) -> float:
    """Chance that a text is adopted when its sponsor votes for it and the other members vote as they are expected to, 0 to 1.

    In the council by its own rule, exactly: votes for of so many members, and no veto (`votes.chance_in_council`). In the assembly from the
    expected share voting for among those voting for or against, and the majority needed: 0.5 at the threshold.
    """
    seats = members(world, resolution.body)
    every = expected_votes(stances_on(world, resolution), world.p)
    every[:, resolution.sponsors[0]] = [vote == FOR for vote in VOTES]
    expected = every[:, seats]
    if resolution.body == "council":
        each = [dict(zip(VOTES, chances, strict=True)) for chances in expected.T.tolist()]
        return chance_in_council(each, [world.setting.states[state].veto for state in seats], world.p)
    wanted, against, *_ = expected.sum(axis=1)
    share = wanted / max(wanted + against, 1e-12)
    return float(1.0 / (1.0 + np.exp(-12.0 * (share - world.p["assembly_majority"]))))
