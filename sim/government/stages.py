"""How disputes move on by what was done: measures put in force, deadlines passed, demands met, measures gone.

A solidarity fund that a leader pays in a dispute ends when the follower that it was meant to hold has left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.government.packages import fund_of, measures_of, reached
from sim.government.relief import advance, look, tell
from sim.government.resolve import draw_joiners
from sim.refusals import Refusal

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.levers import Measure
    from sim.world import World


BEFORE_RELIEF = ("dormant", "demand", "threat", "imposed")


def move_on(world: World) -> None:
    """Bring the stage of every dispute in line with the measures in force; settled disputes end their measures."""
    for name in sorted(world.politics.disputes):
        dispute = world.politics.disputes[name]
        draw_joiners(world, dispute)
        if dispute.stage == "relief" and dispute.relief is not None and dispute.entered < world.quarter:
            advance(world, dispute)
        elif dispute.relief is None and dispute.watched > 0.0:
            look(world, dispute, dispute.watched)
        in_force = dispute.stage in BEFORE_RELIEF and bool(measures_of(world, dispute))
        if dispute.stage in ("dormant", "demand", "threat") and in_force:
            if dispute.stage == "threat":
                world.politics.remember_threat(dispute.leader, executed=True)
            dispute.move("imposed", world.quarter)
            _tell(world, dispute, "measures imposed", "put measures in force against")
        elif dispute.stage == "imposed" and not in_force:
            dispute.move("abandoned", world.quarter)
            _tell(world, dispute, "measures abandoned", "lifted its measures without the demand being met by")
        elif dispute.stage == "threat" and _overdue(world, dispute):
            world.politics.remember_threat(dispute.leader, executed=False)
            dispute.move("abandoned", world.quarter)
            _tell(world, dispute, "threat lapsed", "let its threat lapse against")
        elif dispute.stage == "settled" and dispute.ended_in == world.quarter:
            _tell(world, dispute, "dispute settled", f"settled, with {dispute.known:.0%} of the policy changed, with")
        if dispute.stage == "imposed":
            _see_who_left(world, dispute)
            if dispute.entered < world.quarter:
                _see_how_far(world, dispute)
        if dispute.ended_in == world.quarter:
            _end(world, world.measures.in_dispute(dispute.id))
        else:
            _end(world, [fund for state in dispute.left if (fund := fund_of(world, dispute, state)) is not None])


def _overdue(world: World, dispute: Dispute) -> bool:
    """Whether a threat has lapsed: its deadline has passed and its leader, who could decide then or later, has let it. A target whose people do not decide
    yet is waited for."""
    if dispute.heard_in is None and dispute.entered < world.quarter and world.ids[dispute.target] not in world.resting:
        dispute.heard_in = world.quarter
    if dispute.deadline is None:
        return False
    if dispute.heard_in is None and dispute.entered < world.quarter:
        dispute.deadline = max(dispute.deadline, world.quarter + 2)
    return world.quarter > dispute.deadline and world.resting.get(world.ids[dispute.leader], world.quarter) >= dispute.deadline


def _end(world: World, measures: Iterable[Measure]) -> None:
    """Measures that end without an order: with their dispute, or, a solidarity fund, with the follower that it was meant to hold."""
    names = {measure.id for measure in measures}
    for key in [key for key, measure in world.measures.items() if measure.id in names]:
        del world.measures[key]


def _see_who_left(world: World, dispute: Dispute) -> None:
    """A follower that had measures in force and has none any more has left."""
    acting = {measure.sender for measure in measures_of(world, dispute)}
    for state in dispute.acting:
        if state not in acting and state != dispute.leader and state not in dispute.left:
            dispute.left.append(state)
            name = world.setting.states[state].name
            world.record.row("events", world.quarter, "defection", f"{world.ids[state]} {world.ids[dispute.target]}",
                f"{name} leaves the senders ({dispute.issue})")
    dispute.acting = sorted(acting)


def _see_how_far(world: World, dispute: Dispute) -> None:
    """A leader that has put a larger package in force has raised the dispute to it."""
    if all(measure.since < world.quarter for measure in measures_of(world, dispute, dispute.leader)):
        return
    package = reached(world, dispute)
    if package != dispute.package:
        dispute.package, dispute.raised_in = package, world.quarter


def settled_between(world: World, sender: int, target: int) -> bool:
    """Whether all that the sender ever wanted of the target is settled: what a timetable still holds in store has lost its cause."""
    stages = [d.stage for d in world.politics.disputes.values() if d.target == target and sender in d.senders]
    return bool(stages) and all(stage == "settled" for stage in stages)


def attach(world: World) -> None:
    """Give measures that name no dispute to the open or dormant dispute between the two states, if there is one."""
    from dataclasses import replace

    for key, measure in list(world.measures.items()):
        if measure.target < 0 or "dispute" in measure.notes or measure.purpose == "signal":
            continue
        try:
            dispute = world.politics.find(measure)
        except Refusal:
            continue
        world.measures[key] = replace(measure, notes={**measure.notes, "dispute": dispute.id})


def _tell(world: World, dispute: Dispute, event: str, did: str) -> None:
    leader, target = (world.setting.states[state].name for state in (dispute.leader, dispute.target))
    tell(world, dispute, event, f"{leader} {did} {target}")
