"""Convene: the assembly and the council vote on what was tabled last quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government import assembly
from sim.government.deeds import do
from sim.levers import LEVERS
from sim.orders import measures_of

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Table the scenario's texts, hear the votes that people decided on, and vote on what was tabled before."""
    assembly.table_scheduled(world)
    ballots = [order for order in world.pending if order.lever == "cast_vote"]
    world.pending = [order for order in world.pending if order.lever != "cast_vote"]
    for order in ballots:
        for deed in measures_of(order, world.ids, world.sector_ids, LEVERS[order.lever]):
            do(world, order, LEVERS[order.lever], deed)
    assembly.vote(world)
