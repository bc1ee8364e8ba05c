"""The world: all that a run knows, and its states.

This is the only file that imports Mesa. `World.step()` is one quarter; the states are the agents, and each decides by
its own method. Everything carried from one quarter to the next hangs on the world in plain arrays and lists, so that
`snapshot()` and `restore()` can fork a run exactly.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts
from sim.economy.anticipation import Ahead
from sim.economy.connections import Connections
from sim.economy.equilibrium import Change, Solution
from sim.economy.factors import bundle
from sim.economy.frictions import Frictions
from sim.economy.home_budget import HomeQuarter
from sim.economy.households import Living, People
from sim.economy.money import Balance, External, base_position
from sim.economy.overcompliance import Conduct
from sim.economy.passage import Passage
from sim.economy.position import Position
from sim.economy.reaction import Market, Terms, market_under, terms_under
from sim.economy.technology import Licences, intensity, suppliers
from sim.government import choices, deals
from sim.government.beginning import politics_of
from sim.government.forecast import Forecasts
from sim.levers import LEVERS
from sim.levers.combine import Tally
from sim.levers.in_force import InForce
from sim.orders import validated
from sim.parameters import resolve
from sim.quarter import PHASES
from sim.record import Record
from sim.refusals import NoEquilibrium
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.streams import Streams

Decider = Callable[[int, str, str, Sequence[str], Mapping[str, float]], str | None]
QUARTERS_PER_YEAR = 4
COPIED = ("economy", "shocks", "measures", "politics")  # changed in place or replaced from quarter to quarter
SHARED = (  # made anew each quarter, never changed afterwards
    "quarter", "frictions", "conduct", "ahead", "passage", "balance", "market_cost", "policy_bill", "solution", "living", "licences", "home",
)


class State(mesa.Agent):
    """A state and its government. `index` is its place on every state axis."""

    def __init__(self, world: World, index: int) -> None:
        super().__init__(world)
        self.index = index
        self.profile = world.setting.states[index]
        self.id = self.profile.id

    def decide(self) -> list[Decision]:
        """What this government orders this quarter: what people or the timetable decided for it, and its own choices."""
        world = self.model
        given = world.orders.get((world.quarter, self.id), [])
        if not world.governments or self.id in world.played:
            return given
        return [*given, *choices.orders(world, self.index, given)]


class World(mesa.Model):
    """A scenario, running.

    `setting` is the scenario; `p` the parameters' values; `economy` the stocks carried forward; `frictions` and `solution`
    belong to the current quarter. `seed` feeds named streams only: Mesa's own generator is never used.
    """

    def __init__(
        self,
        setting: Scenario,
        seed: int = 1,
        decisions: Iterable[Decision] | Decider | None = None,
        theory: str | None = None,
        parameters: Mapping[str, float] | None = None,
        timetable: bool = True,
        governments: bool = True,
        played: Iterable[str] = (),
    ) -> None:
        super().__init__(rng=seed)
        self.setting = setting
        self.seed = seed
        self.governments = governments  # whether governments decide for themselves where nobody decides for them
        self.played = frozenset(played)  # states whose government people play
        self.resting: Mapping[str, int] = {}  # those of them whose people do not decide in this quarter, and when they did last; see `seat`
        self.strict = True  # a deed that fits no dispute is refused; a class notes that it came to nothing and goes on
        self.theory = setting.theory if theory is None else theory
        self.p = resolve({**setting.parameters, **(parameters or {})}, self.theory, where=setting.id)
        self.streams = Streams(seed)
        self.quarter = 0
        self.states = [State(self, index) for index in range(len(setting.states))]
        # Mesa 3.3 keeps every model alive in this registry; a class server cannot afford that.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        self.ids = [state.id for state in self.states]
        self.place = {name: index for index, name in enumerate(self.ids)}
        self.sector_ids = [sector.id for sector in setting.sectors]
        self.sector_place = {name: index for index, name in enumerate(self.sector_ids)}
        self.accounts = Accounts.build(
            tuple(self.ids),
            tuple(self.sector_ids),
            setting.flows / QUARTERS_PER_YEAR,
            np.array([sector.trade_elasticity for sector in setting.sectors]),
            setting.value_added,
            setting.inputs,
            setting.tariffs,
        )
        self.connections = Connections.of(
            self.accounts.flows,
            self.of_kind("services", "finance"),
            np.array([state.profile.transhipment * state.profile.connector for state in self.states]),
            setting.affinity,
        )
        usual = self.p["enforcement_default"] * np.array([state.profile.enforcement for state in self.states])
        self.usual_effort = np.minimum(usual, 1.0)  # (state,), share of breaches found without special effort
        self.economy = Position.base(self.accounts)
        self.economy.external = self._foreign_money()
        self.politics = politics_of(setting, self.streams, self.p)
        self.tally = Tally(self.accounts.tariffs)
        self.forecasts = Forecasts(self)
        self.shocks: NDArray[np.float64] = np.zeros(self.accounts.output.shape)  # (sector, state), logs of productivity
        self.measures = InForce()
        self.frictions = Frictions.none(self.accounts.tariffs)
        self.market_cost = np.ones(self.accounts.flows.shape)
        self.policy_bill = np.zeros(len(self.states))  # (state,), policing and help with detours, USD bn
        self.conduct: Conduct | None = None
        self.ahead: Ahead | None = None  # orders before their time, under threats
        self.passage = Passage.free(self.accounts.flows.shape)
        self.balance: Balance | None = None
        self.solution: Solution | None = None
        high_tech = self.of_kind("high_tech")
        self.intensity = intensity(self.accounts, high_tech)  # (sector, state), share of high technology in cost
        self.suppliers = suppliers(self.accounts, high_tech)  # (supplier, state), of high technology
        self.licences = Licences.none(self.accounts.output.shape)
        self.home = HomeQuarter.none(self.accounts.output.shape)
        self.people = self._people()
        self.living: Living | None = None
        self.decider: Decider | None = decisions if callable(decisions) else None
        given = [] if decisions is None or callable(decisions) else list(decisions)
        scheduled = [*setting.measures, *(setting.timetable if timetable else ())]
        self.orders: dict[tuple[int, str], list[Decision]] = {}
        for listed in (scheduled, given):  # each numbered from its own beginning where it is refused
            for order in validated(listed, self.ids, self.sector_ids, LEVERS, where=setting.id):
                self.orders.setdefault((order.quarter, order.state), []).append(order)
        self.pending: list[Decision] = []
        self.record = Record(
            {
                "states": {"state": self.ids},
                "households": {"state": self.ids, "quintile": range(1, 6)},
                "trade": {"exporter": self.ids, "importer": self.ids, "sector": self.sector_ids},
                "sectors": {"state": self.ids, "sector": self.sector_ids},
            }
        )

    def seat(self, held: Iterable[tuple[str, int, int]]) -> None:
        """Say who plays the coming quarter, by (state, first quarter, last quarter) of every round that people hold a seat for.

        People decide in the first quarter of a round; what is offered to them later waits for the next.
        """
        now = [(state, first) for state, first, last in held if first <= self.quarter <= last]
        self.played = frozenset(state for state, _ in now)
        self.resting = {state: first for state, first in now if first < self.quarter}

    def step(self) -> None:
        """Run one quarter, phase by phase. Raises `NoEquilibrium` when the economy of the quarter has no solution."""
        for name, phase in PHASES:
            try:
                phase(self)
            except NoEquilibrium as problem:
                raise NoEquilibrium(f"{self.setting.id}, quarter {self.quarter}, {name}: {problem}") from problem
        self.quarter += 1

    def market_now(self) -> Market:
        """What the markets of this quarter open with, under the frictions and ways of passing that are."""
        market = market_under(self.frictions, self.terms_of(self.frictions), self.passage, self.accounts, self.economy, self.p["impact_share"])
        if self.ahead is None:
            return market
        usual, leaning = market.change.preference, self.ahead.leaning
        return dataclasses.replace(market, change=dataclasses.replace(market.change, preference=leaning if usual is None else usual * leaning))

    def terms_of(self, frictions: Frictions, like: tuple[Frictions, Terms] | None = None) -> Terms:
        """What trade costs and who can pay for what under these frictions, from what is known of last quarter; see `terms_under`."""
        last, accounts = self.solution, self.accounts
        income = (accounts.factor_income if last is None else last.factor_income).sum(axis=0)
        prices = np.ones(accounts.output.shape) if last is None else last.unit_costs
        losses = None if last is None else accounts.income * np.maximum(1.0 - last.real_income, 0.0)
        return terms_under(frictions, accounts, self.connections, self.economy, income, prices, self.p, losses, like)

    def with_production(self, change: Change, licences: Licences | None = None) -> Change:
        """The change with this quarter's technology (under `licences`; None: those in force), shocks, workers and capital."""
        economy = self.economy
        return dataclasses.replace(
            change,
            productivity=deals.productivity(self, self.licences if licences is None else licences) * np.exp(self.shocks),
            factors=bundle(economy.workers, economy.capital, self.p["capital_share"]),
        )

    def _foreign_money(self) -> External:
        """Reserves as the scenario places them; debt and assets by the scenario or by the model's ratios to a year's income."""
        profiles = [state.profile for state in self.states]
        year = QUARTERS_PER_YEAR * self.accounts.factor_income.sum(axis=0)
        held = np.zeros((len(profiles), len(profiles)))
        for owner, profile in enumerate(profiles):
            for custodian, share in profile.reserves_held_in.items():
                held[self.place[custodian], owner] = share
        debt = np.array([profile.foreign_debt_bn for profile in profiles])
        short = np.where(debt > 0, self.p["short_share"] * debt, self.p["short_debt_ratio"] * year)
        reserves = np.array([profile.reserves_bn for profile in profiles])
        return base_position(self.connections.ties, reserves, held, short, self.p["private_assets_ratio"] * year)

    def _people(self) -> People:
        """The households of the base quarter."""
        profiles, sectors, accounts = self.setting.states, self.setting.sectors, self.accounts
        return People.of(
            [profile.gini for profile in profiles],
            [sector.kind for sector in sectors],
            [sector.essential for sector in sectors],
            accounts.factor_income,
            accounts.income,
            accounts.final_shares,
            [profile.food_share_poorest for profile in profiles],
            [profile.energy_share_poorest for profile in profiles],
            self.p,
        )

    def of_kind(self, *kinds: str) -> list[int]:
        """Positions of the sectors of the given kinds, in order."""
        return [index for index, sector in enumerate(self.setting.sectors) if sector.kind in kinds]

    def snapshot(self) -> dict[str, Any]:
        """Everything carried forward, from which `restore` continues exactly. The record is not part of it."""
        copied = copy.deepcopy({name: getattr(self, name) for name in COPIED})
        return {**copied, **{name: getattr(self, name) for name in SHARED}}

    def restore(self, snapshot: Mapping[str, Any], record: Record) -> None:
        """Go back to a snapshot of a world with the same scenario, with the record up to that quarter."""
        for name in COPIED:
            setattr(self, name, copy.deepcopy(snapshot[name]))
        for name in SHARED:
            setattr(self, name, snapshot[name])
        self.record = record.before(self.quarter)
