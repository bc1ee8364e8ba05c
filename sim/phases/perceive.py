"""Perceive: governments update their beliefs. Nothing to do until governments decide for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Do nothing yet: no government holds beliefs in this version."""
