"""Relief under way: stages lifted, backsliding seen or not, snapback, the end.

Levels of the measures fall in proportion to the stages lifted. A target that goes back on it loses half of what it had conceded each
quarter; with the chance that monitoring gives it is seen, also after the relief has ended; while relief lasts measures are back at once where the
terms say snapback. A sender that brings
measures back without that cause has broken its word: it counts like an empty threat. Who is seen to break a settlement is trusted half as much by the
other side. Stream: `seen`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.government.packages import measures_of

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

WORD_BROKEN = 0.5  # what is left of the trust of the other side in who is seen to break a settlement: assumption


def advance(world: World, dispute: Dispute) -> None:
    """Move a dispute in relief on by what both sides did this quarter."""
    relief = dispute.relief
    assert relief is not None
    if relief.cheating:
        dispute.policy *= 0.5
        if relief.seen or look(world, dispute, relief.monitored):
            relief.seen = True
            dispute.shown = dispute.policy
    if relief.ordered < 0 or (relief.seen and relief.snapback):
        _snap_back(world, dispute)
        return
    if relief.ordered > 0 and relief.done < relief.stages:
        relief.done += 1
        _scale(world, dispute, relief.left(-1), relief.left())
        tell(world, dispute, "relief", f"{_name(world, dispute.leader)} lifts stage {relief.done} of {relief.stages} of its measures")
    relief.ordered = 0
    if relief.done == relief.stages:
        dispute.relief, dispute.watched = None, relief.monitored
        dispute.move("settled" if relief.share >= 1.0 else "imposed", world.quarter)


def look(world: World, dispute: Dispute, chance: float) -> bool:
    """Whether what the target has taken back in secret is seen this quarter, which is then known to all."""
    if dispute.shown <= dispute.policy or world.streams.uniform("seen", world.quarter, dispute.id) >= chance:
        return False
    dispute.shown = dispute.policy
    senders = [sender for sender in dispute.senders if sender not in dispute.left]
    world.politics.trust[senders, dispute.target] *= WORD_BROKEN
    tell(world, dispute, "backsliding seen", f"{_name(world, dispute.target)} is seen to go back on the settlement")
    return True


def _snap_back(world: World, dispute: Dispute) -> None:
    relief = dispute.relief
    assert relief is not None
    if not relief.seen:
        world.politics.remember_threat(dispute.leader, executed=False)
        world.politics.trust[dispute.target, dispute.leader] *= WORD_BROKEN
    world.politics.partings.pop(dispute.id, None)
    now = relief.left()
    dispute.relief, dispute.watched = None, relief.monitored
    if now > 0:
        _scale(world, dispute, now, 1.0)
    dispute.move("imposed", world.quarter)
    tell(world, dispute, "snapback", f"{_name(world, dispute.leader)} brings its measures back")


def _scale(world: World, dispute: Dispute, before: float, after: float) -> None:
    """Scale the levels of the dispute's measures from one share of their full level to another; what reaches nothing is gone."""
    names = {measure.id for measure in measures_of(world, dispute)}
    for key, measure in list(world.measures.items()):
        if measure.id in names:
            level = measure.level * after / before
            if level <= 1e-9:
                del world.measures[key]
            else:
                world.measures[key] = replace(measure, level=level)


def _name(world: World, state: int) -> str:
    return world.setting.states[state].name


def tell(world: World, dispute: Dispute, event: str, text: str) -> None:
    """An event of a dispute: what happened, and what the dispute is about."""
    world.record.row("events", world.quarter, event, f"{world.ids[dispute.leader]} {world.ids[dispute.target]}", f"{text} ({dispute.issue})")
