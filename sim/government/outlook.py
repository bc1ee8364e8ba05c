"""What lies ahead if certain measures were in force: how the economy would change in this quarter, and once everybody has adjusted.

Rules, conduct of firms and terms of payment are the same for both; what differs is who has found a way round, and which relationships,
workers and capital trade and production start from. An outlook `like` another of the same quarter takes over what does not differ:
a deal about money forbids nothing, so firms and forwarders answer as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy import routes
from sim.economy.expectation import Ways
from sim.economy.frictions import Frictions
from sim.economy.overcompliance import Conduct, conduct, same_rules
from sim.economy.passage import Passage
from sim.economy.reaction import Detours, Terms, market_under, passage_under
from sim.government import deals
from sim.government.agreement import Agreement

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]
FORESEEN = 1e-4  # the relative gap to which a belief clears the market for connectors' services, forecasts do not show more; a quarter: `routes.CLEARED`


@dataclass(frozen=True, eq=False)
class Ahead(Ways):
    """A change of the economy that lies ahead."""

    @property
    def scarcity(self) -> Array:
        """The premiums `(sector, state)` for connectors' services with it."""
        return self.passage.routes.scarcity


@dataclass(frozen=True, eq=False)
class Outlook:
    """What frictions come to before trade finds its way; `found` keeps what lies ahead, near and far, once it has been worked out."""

    world: World
    frictions: Frictions
    conduct: Conduct
    terms: Terms
    like: Outlook | None = None
    found: dict[str, Ahead] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, frictions: Frictions, like: Outlook | None = None) -> Outlook:
        """The outlook if these frictions were all that measures do."""
        if like is not None and same_rules(frictions, like.frictions):
            answer = like.conduct
        else:
            answer = conduct(frictions, world.connections.exposure, world.usual_effort, world.p, world.politics.labelled)
        terms = world.terms_of(frictions, None if like is None else (like.frictions, like.terms))
        return cls(world, frictions, answer, terms, like)

    def near(self, scarcity: Array, agreements: Iterable[Agreement] | None = None) -> Ahead:
        """This quarter, under these agreements (None: those in force); premiums are sought from `scarcity` on."""
        world, economy = self.world, self.world.economy
        passage = self._known_passage("near") or passage_under(
            self.frictions, self.conduct, world.accounts, world.connections, self._known_ways(), scarcity, world.p, economy.running, FORESEEN,
            self._detours,
        )
        other = None if self.like is None else self.like.found.get("near")
        preference = None if other is None else other.change.preference
        market = market_under(self.frictions, self.terms, passage, world.accounts, economy, world.p["impact_share"], preference)
        change = market.change
        if agreements is None and self.like is not None and other is not None and self.frictions.pairs.same(self.like.frictions.pairs, ("knowledge",)):
            change = replace(change, productivity=other.change.productivity, factors=other.change.factors)
        else:
            kept = deals.in_force(world) if agreements is None else list(agreements)
            change = world.with_production(change, deals.licences(world, kept, self.frictions))
        return self._kept("near", Ahead(change, passage, market.deficits_with))

    def far(self, scarcity: Array) -> Ahead:
        """Once all detours are found and all relationships, workers and capital have adjusted."""
        world = self.world
        passage = self._known_passage("far")
        if passage is None:
            passage = passage_under(
                self.frictions, self.conduct, world.accounts, world.connections, self.conduct.everybody, scarcity, world.p, None, FORESEEN, self._detours
            )
        market = market_under(self.frictions, self.terms, passage, world.accounts, world.economy, 1.0)
        return self._kept("far", Ahead(market.change, passage, market.deficits_with))

    @cached_property
    def _detours(self) -> Detours:
        world = self.world
        return Detours.of(self.frictions, self.conduct, world.accounts, world.connections, world.p, self.terms.rules)

    def _known_passage(self, when: str) -> Passage | None:
        """The passage of the outlook this one is like, if goods find the same way here."""
        like = self.like
        if like is None or when not in like.found or self.conduct is not like.conduct or self.terms.rules is not like.terms.rules:
            return None
        return like.found[when].passage if self.frictions.pairs.same(like.frictions.pairs, ("transit", "help")) else None

    def _known_ways(self) -> Array:
        """Share of traders that know a way this quarter `(sector, exporter, importer)`; what other help with detours finds until the next counts as found."""
        world, p = self.world, self.world.p
        known = world.economy.known
        if self.like is None or self.frictions.pairs.same(self.like.frictions.pairs, ("help",)):
            return known
        new, old = (
            routes.learned(known, self.conduct.blocked, routes.search_speed(help_, p["detour_help"])[None], p["route_learning"], p["route_forgetting"])
            for help_ in (self.frictions.pairs.help, self.like.frictions.pairs.help)
        )
        return np.clip(known + new - old, 0.0, 1.0)

    def _kept(self, when: str, ahead: Ahead) -> Ahead:
        self.found[when] = ahead
        return ahead
