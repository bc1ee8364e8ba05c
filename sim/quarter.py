"""One quarter, in order. Print `PHASES` to see what happens when."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.phases import adjust, convene, decide, enact, live, perceive, record, remember, reroute, shock, trade

if TYPE_CHECKING:
    from sim.world import World

PHASES: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("shock", shock.run),
    ("perceive", perceive.run),
    ("decide", decide.run),
    ("convene", convene.run),
    ("enact", enact.run),
    ("reroute", reroute.run),
    ("trade", trade.run),
    ("adjust", adjust.run),
    ("live", live.run),
    ("remember", remember.run),
    ("record", record.run),
)
