"""A wedge taken: relief against the word to stay away from a partner (Crawford 2011).

The word stands beside the dispute for as long as the relief does. A deal between the two goes back on it; it is seen with the chance `parting_seen` a
quarter, and measures come back as they were. A sender that brings measures back without that cause, adds to them, or gives the dispute up has
released the other from its word. Stream: `seen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.answers import suffering
from sim.government.packages import measures_of
from sim.government.relief import tell
from sim.government.sending import gain_from
from sim.government.settlement import Parting
from sim.government.stakes import quarterly_discount
from sim.levers import LEVERS

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.levers.lever import Measure
    from sim.world import World


def attend(world: World) -> None:
    """Take down the words given this quarter, forget those that bind no longer, and answer those seen broken."""
    politics = world.politics
    for _, dispute in sorted(politics.disputes.items()):
        if dispute.stage == "relief" and dispute.relief is not None and dispute.relief.leave >= 0 and dispute.entered == world.quarter:
            _give(world, dispute)
    for name, word in sorted(politics.partings.items()):
        dispute = politics.disputes[name]
        fresh = (measure for measure in measures_of(world, dispute) if measure.since > word.since)
        over = dispute.stage == "abandoned" or (dispute.stage == "settled" and dispute.known >= dispute.demand > 0)  # nothing is left to press for
        if over or any(not LEVERS[measure.lever].friendly for measure in fresh):
            del politics.partings[name]
        elif _together(world, dispute.target, word.partner) and world.streams.uniform("seen", world.quarter, name, "parting") < world.p["parting_seen"]:
            _bring_back(world, dispute, word)


def worth_of_parting(world: World, sender: int, partner: int) -> float:
    """What it is worth to a sender, in points, that a state stays away from `partner`: a share of what it has at stake with the partner."""
    theirs = world.politics.between(sender, partner)
    if theirs is None or theirs.stage != "imposed":
        return 0.0
    return world.p["wedge_worth"] * gain_from(world, theirs, sender, theirs.demand - theirs.known)


def relief_at_stake(world: World, me: int, other: int) -> float:
    """What a deal with `other` puts at stake for a state that gave its word to stay away from it, in points: the pain of the measures that would
    come back, or not be lifted after all. 0 without such a word."""
    seen, total = world.p["parting_seen"], 0.0
    for name, word in sorted(world.politics.partings.items()):
        dispute = world.politics.disputes[name]
        if dispute.target != me or word.partner != other or seen == 0.0:
            continue
        promised = 0.0 if dispute.relief is None else dispute.relief.share
        kept = {key: full for key, full in word.measures.items() if full.sender not in dispute.left}
        spared = {key: max(full.level - _level(world, key), promised * full.level) for key, full in kept.items()}
        back = [replace(full, level=spared[key]) for key, full in kept.items() if spared[key] > 0.0]
        if back:
            sooner_or_later = seen / (1.0 - quarterly_discount(world.p) * (1.0 - seen))
            total += sooner_or_later * suffering(world, dispute, world.forecasts.of_adding(back)).pain_of_losses
    return total


def _give(world: World, dispute: Dispute) -> None:
    assert dispute.relief is not None
    names = {measure.id for measure in measures_of(world, dispute)}
    before: Mapping[tuple[str, int, int, str], Measure] = {key: measure for key, measure in world.measures.items() if measure.id in names}
    world.politics.partings[dispute.id] = Parting(dispute.relief.leave, world.quarter, before)
    target, partner = (world.setting.states[state].name for state in (dispute.target, dispute.relief.leave))
    tell(world, dispute, "word given", f"{target} gives its word to stay away from {partner}")


def _bring_back(world: World, dispute: Dispute, word: Parting) -> None:
    for key, full in word.measures.items():
        if full.sender not in dispute.left and _level(world, key) < full.level:
            world.measures[key] = full
    del world.politics.partings[dispute.id]
    dispute.relief = None
    if dispute.stage != "imposed":
        dispute.move("imposed", world.quarter)
    world.politics.trust[dispute.leader, dispute.target] *= 0.5
    leader, target, partner = (world.setting.states[state].name for state in (dispute.leader, dispute.target, word.partner))
    tell(world, dispute, "word broken", f"{target} is seen to deal with {partner} again")
    tell(world, dispute, "snapback", f"{leader} brings its measures back")


def _together(world: World, one: int, other: int) -> bool:
    return any({deal.party_a, deal.party_b} == {one, other} for deal in world.politics.in_force())


def _level(world: World, key: tuple[str, int, int, str]) -> float:
    """The level of a measure in force; 0 when it is gone."""
    measure = world.measures.get(key)
    return 0.0 if measure is None else measure.level
