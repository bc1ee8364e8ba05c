"""Reaction: what a quarter's rules come to once firms and connectors have answered them.

`passage_under` goes from rules (`Frictions`) and conduct of firms to what gets through; `terms_under` says what trade costs and who can
pay for what, and `market_under` gives the equilibrium what it needs. All are used for the quarter itself and for every forecast of measures not yet taken, so
governments foresee leaks, detours and lost credit by the same economics that then happens. A long-run forecast differs in that all traders have
found their way round (`known` = 1) and everybody goes by long-run elasticities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy import money, routes, services
from sim.economy.accounts import Accounts
from sim.economy.connections import Connections
from sim.economy.equilibrium import Change
from sim.economy.frictions import COST, Frictions
from sim.economy.overcompliance import Conduct, forbidden_by, forwarding_risk, honoured
from sim.economy.pair_terms import MONEY, SERVICES
from sim.economy.passage import Passage, opened
from sim.economy.position import Position
from sim.economy.reach import Reach, reachable, within_reach
from sim.economy.relationships import weight
from sim.economy.severed import balanced, sustained

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Terms:
    """What rules come to in money, whoever gets through: the `cost` factor of trade `(sector, exporter, importer)`, the product of what the
    `rules` themselves make it and of what refused `services` and payments add, the `plan` of foreign balances, and the factor `income` `(state,)` of
    last quarter that it was made from."""

    cost: Array
    rules: Array
    services: Array
    plan: money.Balance
    income: Array


@dataclass(frozen=True, eq=False)
class Market:
    """What the markets of a quarter open with: the `change` for the equilibrium, the `plan` of foreign balances behind its deficits,
    `passing` `(sector, exporter, importer)`, the share of product lines that can trade, the part `(state,)` of the world each state trades in, and what
    of deficits trade can carry (`reach`). `wanted` `(state,)` are the deficits before that, without connectors' mark-ups of last quarter, and
    `income` `(state,)` the factor income that parts and cuts are shared by."""

    change: Change
    plan: money.Balance
    passing: Array
    part: NDArray[np.int64]
    reach: Reach
    wanted: Array
    income: Array

    def deficits_with(self, margins: Array) -> Array:
        """Deficits `(state,)` if connectors earned these `margins` `(state,)`, and buyers paid them, within the quarter, and none were due from the last."""
        return balanced(reachable(self.wanted + margins, self.reach, self.income), self.part, self.income)


@dataclass(frozen=True, eq=False)
class Detours:
    """Where goods that rules stop could go round them, whoever knows of it; see `sim.economy.routes` for what the numbers mean.

    `sector`, `exporter`, `importer` `(flow,)` name the blocked flows; `value` `(flow,)` the trade blocked, USD bn; `willing`, `cost`, `risk`
    `(flow, connector)` what going by each connector comes to.
    """

    sector: routes.Index
    exporter: routes.Index
    importer: routes.Index
    value: Array
    willing: Array
    cost: Array
    risk: Array

    @classmethod
    def of(
        cls, frictions: Frictions, conduct: Conduct, accounts: Accounts, connections: Connections, p: Mapping[str, float], cost: Array | None = None
    ) -> Detours:
        """Those under rules and conduct of firms. `cost` `(sector, exporter, importer)` is what the rules make trade cost, where it is known already."""
        s, i, j = routes.searching(conduct.blocked, accounts.flows)
        forbidden, blocked = forbidden_by(s, i, j, conduct.legal, conduct.leak), conduct.blocked[s, i, j]
        willing = routes.willing(connections.affinity, i, j, forbidden[0], forbidden[1], p["affinity_weight"])
        willing *= routes.permitted(s, i, j, conduct.open_trade, frictions.pairs.transit)
        dearer = routes.detour(connections.near, s, i, j, p["freight"], frictions.cost() if cost is None else cost)
        risk = forwarding_risk(
            i, j, forbidden, blocked, conduct.found, frictions.pairs.secondary, connections.exposure, p["reach_abroad"], p["secondary_stake"]
        )
        return cls(s, i, j, accounts.flows[s, i, j] * blocked, willing, dearer, risk)

    def found_by(self, known: Array) -> Detours:
        """Those for which some traders know a way; `known` `(flow,)` is their share."""
        some = known > 0.0
        return self if some.all() else Detours(*(values[some] for values in vars(self).values()))


def passage_under(
    frictions: Frictions, conduct: Conduct, accounts: Accounts, connections: Connections, known: Array, scarcity: Array, p: Mapping[str, float],
    running: Array | None = None, cleared: float = routes.CLEARED, detours: Detours | None = None,
) -> Passage:
    """Find detours for what is blocked and put direct trade and detours together.

    `known` `(sector, exporter, importer)` is the share of traders that have found a way; `scarcity` `(sector, state)` last quarter's premiums;
    `running` `(sector, exporter, importer)` last quarter's direct trade, part of which contracts carry on (None: no contracts). Connectors'
    services are `cleared` to that relative gap. `detours` are those of the frictions, where they are known already.
    """
    carried = None if running is None or p["contracts_completed"] == 0 else honoured(conduct, p["contracts_completed"])
    all_ways = Detours.of(frictions, conduct, accounts, connections, p) if detours is None else detours
    ways = all_ways.found_by(known[all_ways.sector, all_ways.exporter, all_ways.importer])
    used = routes.Routes.none(*accounts.output.shape)
    if len(ways.sector) and p["connector_capacity"] > 0.0:
        s, i, j = ways.sector, ways.exporter, ways.importer
        used = routes.find(
            s, i, j, ways.value, known[s, i, j], ways.willing, ways.cost, ways.risk, p["connector_capacity"] * connections.forwarding,
            accounts.elasticity[s], p["profit_margin"], p["route_choice"], scarcity, cleared,
        )
    return opened(conduct.legal, conduct.leak, conduct.withdrawal, conduct.abroad, used, running, carried)


def terms_under(
    frictions: Frictions, accounts: Accounts, connections: Connections, position: Position, income: Array, prices: Array, p: Mapping[str, float],
    losses: Array | None = None, like: tuple[Frictions, Terms] | None = None,
) -> Terms:
    """Settle who can pay for what, and what trade costs.

    `income` `(state,)` and `prices` `(sector, state)` are last quarter's factor income and unit costs; `losses` `(state,)` of real income last
    quarter, USD bn. What other frictions of the same quarter came to (`like`) is taken over as far as these say the same.
    """
    assert position.external is not None
    other, known = (frictions, None) if like is None else like
    if known is not None and frictions.pairs.same(other.pairs, MONEY):
        plan = known.plan
    else:
        wanted = money.usual(accounts.deficit, accounts.factor_total, income)
        plan = money.settle(position.external, frictions.pairs, wanted, income, connections.ties, p, losses)
    rules = known.rules if known is not None and frictions.same(other, COST) else frictions.cost()
    if known is not None and frictions.pairs.same(other.pairs, SERVICES):
        extra = known.services
        if rules is known.rules:
            return Terms(known.cost, rules, extra, plan, income)
    else:
        extra = np.exp(
            services.log_cost(
                frictions.pairs, connections.reach, prices, p["service_detour"], p["payment_detour"], p["cap_leak"], p["barter_cost"]
            )
        )
    return Terms(rules * extra, rules, extra, plan, income)


def market_under(
    frictions: Frictions, terms: Terms, passage: Passage, accounts: Accounts, position: Position, impact_share: float, preference: Array | None = None
) -> Market:
    """State the quarter's change of the economy, productivity and factors left out; `impact_share` is 1 for the long run.

    `preference` `(sector, exporter, importer)` is what relationships make of shares this quarter, where that is known already.
    """
    if preference is None and impact_share < 1.0:
        preference = weight(position.relationships, impact_share)
    passing = np.minimum(passage.permeability, position.alive) if impact_share < 1.0 else passage.permeability  # in the long run all that may pass is alive
    kept, part = sustained(passing, accounts.flows)
    assert position.external is not None
    reach = Reach.of(kept, accounts.flows)
    plan = within_reach(terms.plan, reach, terms.income)
    elasticity = accounts.elasticity * impact_share
    change = Change(
        permeability=passage.marked(kept, elasticity),
        preference=preference,
        cost=terms.cost,
        tariffs=passage.tariffs(frictions.tariffs),
        deficits=balanced(plan.deficit, part, terms.income),
    )
    return Market(change, plan, passing, part, reach, terms.plan.deficit - (position.external.due - position.fees), terms.income)
