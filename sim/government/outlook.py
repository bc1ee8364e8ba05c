"""What lies ahead if certain measures were in force: how the economy would change in this quarter, and once everybody has adjusted.

Rules, conduct of firms and terms of payment are the same for both; what differs is who has found a way round, and which relationships,
workers and capital trade and production start from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.equilibrium import Change
from sim.economy.frictions import Frictions
from sim.economy.overcompliance import Conduct, conduct
from sim.economy.reaction import Terms, market_under, passage_under
from sim.government import deals
from sim.government.agreement import Agreement

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ahead:
    """A change of the economy that lies ahead, and the premiums `scarcity` `(sector, state)` for connectors' services with it."""

    change: Change
    scarcity: Array


@dataclass(frozen=True, eq=False)
class Outlook:
    """What frictions come to before trade finds its way."""

    world: World
    frictions: Frictions
    conduct: Conduct
    terms: Terms

    @classmethod
    def of(cls, world: World, frictions: Frictions) -> Outlook:
        """The outlook if these frictions were all that measures do."""
        answer = conduct(frictions, world.connections.exposure, world.usual_effort, world.p)
        return cls(world, frictions, answer, world.terms_of(frictions))

    def near(self, scarcity: Array, agreements: Iterable[Agreement] | None = None) -> Ahead:
        """This quarter, under these agreements (None: those in force); premiums are sought from `scarcity` on."""
        world, economy = self.world, self.world.economy
        kept = deals.in_force(world) if agreements is None else list(agreements)
        passage = passage_under(
            self.frictions, self.conduct, world.accounts, world.connections, economy.known, scarcity, world.p, economy.running
        )
        change = market_under(self.frictions, self.terms, passage, world.accounts, economy, world.p["impact_share"]).change
        return Ahead(world.with_production(change, deals.licences(world, kept, self.frictions)), passage.routes.scarcity)

    def far(self, scarcity: Array) -> Ahead:
        """Once all detours are found and all relationships, workers and capital have adjusted."""
        world = self.world
        found = (self.conduct.blocked > 0).astype(np.float64)
        passage = passage_under(self.frictions, self.conduct, world.accounts, world.connections, found, scarcity, world.p)
        change = market_under(self.frictions, self.terms, passage, world.accounts, world.economy, 1.0).change
        return Ahead(replace(change, preference=None), passage.routes.scarcity)
