"""Diplomatic deeds: what is done once, told as an event; a deed that comes too late comes to nothing, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.packages import measures_of
from sim.levers import LEVERS
from sim.levers.in_force import Key
from sim.levers.lever import Lever, Measure
from sim.refusals import Refusal, TooLate

if TYPE_CHECKING:
    from sim.scenario.decisions import Decision
    from sim.world import World

LEAVES = "leave_coalition"
WEDGE = "inducement"


def do(world: World, order: Decision, lever: Lever, deed: Measure) -> None:
    """Do a deed and tell it. The world may have moved on since it was ordered: then it comes to nothing; in a strict world an order that
    was given from outside is refused."""
    assert lever.act is not None
    states = " ".join(world.ids[index] for index in (deed.sender, deed.target) if index >= 0)
    name = world.setting.states[deed.sender].name
    on = f" towards {world.setting.states[deed.target].name}" if deed.target >= 0 else ""
    before = {key: deal.status for key, deal in world.politics.agreements.items()}
    try:
        lever.act(deed, world.politics)
    except Refusal as refusal:
        if world.strict and not isinstance(refusal, TooLate) and any(order is given for given in world.orders.get((order.quarter, order.state), ())):
            raise
        world.record.row("events", world.quarter, "came to nothing", states, f"{name}{on}: {told(world, lever, deed)} came to nothing: {refusal}")
        return
    world.record.row("events", world.quarter, lever.id.replace("_", " "), states, f"{name}{on}: {told(world, lever, deed)}")
    if lever.id == LEAVES:
        _lift_own(world, deed)
    for key, deal in world.politics.agreements.items():
        if deal.status != before.get(key):
            _tell(world, key)


def _lift_own(world: World, deed: Measure) -> None:
    """Withdraw what the deed's user has in force in the dispute that it has left."""
    own = {measure.id for measure in measures_of(world, world.politics.find(deed), deed.sender)}
    for key in [key for key, measure in world.measures.items() if measure.id in own]:
        withdraw(world, key)


def withdraw(world: World, key: Key) -> None:
    """Take a measure in force out of it, and tell so."""
    measure = world.measures.pop(key)
    names = " ".join(world.ids[index] for index in (measure.sender, measure.target) if index >= 0)
    world.record.row("events", world.quarter, "measure withdrawn", names, f"{LEVERS[measure.lever].label} of {names.replace(' ', ' on ')} withdrawn")


def told(world: World, lever: Lever, deed: Measure) -> str:
    """The deed in words: the lever's label, what it is about (for a yes or no, which of the two; for a wedge, whom to leave), and how much where that
    says something."""
    about = deed.notes.get("kind", deed.notes.get("package", deed.notes.get("vote", ""))).replace("_", " ")
    if lever.id == WEDGE and deed.notes.get("leave") in world.place:
        about = world.setting.states[world.place[deed.notes["leave"]]].name
    if lever.value.unit == "0 or 1":
        yes, no = lever.value.label.removeprefix("1 ").split(", 0 ")
        about = yes if deed.level >= 0.5 else no
    level = "" if lever.value.low == lever.value.high or not 0 < deed.level < 1 else f" ({deed.level:.0%})"
    return lever.label[0].lower() + lever.label[1:] + (f": {about}" if about else "") + level


def _tell(world: World, key: str) -> None:
    deal = world.politics.agreements[key]
    states = f"{world.ids[deal.party_a]} {world.ids[deal.party_b]}"
    pair = f"{world.setting.states[deal.party_a].name} and {world.setting.states[deal.party_b].name}"
    kind = deal.kind.replace("_", " ")
    event, text = {
        "active": ("agreement", f"{pair} agree on {kind}"),
        "renegotiated": ("renegotiation", f"{pair} change the terms of their {kind} agreement"),
        "broken": ("rift", f"the {kind} agreement of {pair} is broken off"),
        "ended": ("drift", f"the {kind} agreement of {pair} is let go"),
    }[deal.status]
    world.record.row("events", world.quarter, event, states, text)
