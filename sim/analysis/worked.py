"""The model's equations with the numbers of one quarter of one run, so that a reader can check them with a calculator.

The world is played again up to the quarter and stopped where each equation is used; nothing is rounded here. Five equations:

    share        pi' = pi * w * x**-e / Phi          w what may pass and what relationships carry, x delivered cost, e = theta * rho
    stock        lam' = lam + delta * (r - lam)      relationships; r this quarter's share per line that passes, over the base share
    income       y = (F + T + D) / P                 factor income, tariff revenue, deficit, consumer prices
    choice       P(k) = exp(lambda U_k / S) / sum    logit over options, see `sim.government.choice`
    credibility  b = (w b0 + kept) / (w + n)         Beta belief in a sender's threats, from the last five that met resistance
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.economy.anticipation import in_their_time
from sim.economy.equilibrium import Change
from sim.economy.relationships import per_line
from sim.government.choice import Choice
from sim.quarter import PHASES
from sim.refusals import NoEquilibrium
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.world import World

THICK = 0.01  # a flow below this share of the buyer's spending makes a poor example
VOTE = "vote on "  # how the decision about a resolution begins
MOST_OPTIONS = 5  # of a choice that is worked out


@dataclass(frozen=True)
class Share:
    """The share `exporter` has in what `importer` spends on `sector`: before, and in the quarter."""

    sector: str
    exporter: str
    importer: str
    before: float
    weight: float
    cost: float
    theta: float
    impact: float
    total: float
    now: float


@dataclass(frozen=True)
class Stock:
    """The relationship stock of the same flow at the start of the quarter and of the next."""

    before: float
    ratio: float
    speed: float
    after: float


@dataclass(frozen=True)
class Income:
    """Income of a state, USD bn in the quarter, and what it buys at base prices."""

    state: str
    factors: float
    tariffs: float
    deficit: float
    prices: float
    real: float
    usual: float


@dataclass(frozen=True)
class Credibility:
    """What is believed of a sender's threats."""

    sender: str
    prior: float
    weight: float
    kept: int
    count: int
    belief: float


@dataclass(frozen=True)
class Worked:
    """All of them; `choice` and `credibility` are None where nobody chose or threatened yet."""

    quarter: int
    share: Share
    stock: Stock
    income: Income
    choice: Choice | None
    credibility: Credibility | None


def worked(
    setting: Scenario,
    focus: str,
    quarter: int,
    seed: int = 1,
    decisions: Iterable[Decision] | None = None,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
    timetable: bool = True,
) -> Worked:
    """Play to the end of `quarter` and work the equations for the state `focus`. Raises what a run raises."""
    world = World(setting, seed, decisions, theory, parameters, timetable)
    for _ in range(quarter):
        world.step()
    change, stocks, passing = None, None, None
    for name, phase in PHASES:
        if name == "trade":
            change = world.with_production(world.market_now().change)
        if name == "adjust":
            stocks, passing = world.economy.relationships.copy(), np.minimum(world.passage.permeability, world.economy.alive)
        try:
            phase(world)
        except NoEquilibrium as problem:
            raise NoEquilibrium(f"{setting.id}, quarter {quarter}, {name}: {problem}") from problem
    assert change is not None and stocks is not None and passing is not None
    place = world.place[focus]
    flow = _flow(world, place)
    return Worked(quarter, _share(world, change, flow), _stock(world, stocks, passing, flow), _income(world, place), _choice(world), _credibility(world))


def _flow(world: World, place: int) -> tuple[int, int, int]:
    """The flow from or to the state, abroad, that changed most against the base."""
    assert world.solution is not None
    base = world.accounts.flows
    moved = np.abs(world.solution.flows - base)
    near = np.zeros(base.shape, dtype=bool)
    near[:, place, :] = near[:, :, place] = True
    near &= ~np.eye(base.shape[1], dtype=bool)[None] & (world.accounts.shares > THICK) & (world.solution.shares > 0)
    sector, exporter, importer = np.unravel_index(np.argmax(np.where(near, moved, -1.0)), base.shape)
    return int(sector), int(exporter), int(importer)


def _share(world: World, change: Change, flow: tuple[int, int, int]) -> Share:
    solution, accounts = world.solution, world.accounts
    assert solution is not None
    sector, exporter, importer = flow
    shape = accounts.flows.shape
    one = np.ones(shape)
    passes = one if change.permeability is None else change.permeability
    prefer = one if change.preference is None else change.preference
    carriage = one if change.cost is None else change.cost
    tariffs = accounts.tariffs if change.tariffs is None else change.tariffs
    weight = passes * prefer
    cost = carriage * (1.0 + tariffs) / (1.0 + accounts.tariffs) * solution.unit_costs[:, :, None]
    theta, impact = float(world.setting.sectors[sector].trade_elasticity), world.p["impact_share"]
    column = accounts.shares[sector, :, importer] * weight[sector, :, importer] * cost[sector, :, importer] ** (-theta * impact)
    return Share(
        world.sector_ids[sector],
        world.ids[exporter],
        world.ids[importer],
        float(accounts.shares[flow]),
        float(weight[flow]),
        float(cost[flow]),
        theta,
        impact,
        float(column.sum()),
        float(solution.shares[flow]),
    )


def _stock(world: World, stocks: np.ndarray, passing: np.ndarray, flow: tuple[int, int, int]) -> Stock:
    assert world.solution is not None
    ratio = per_line(in_their_time(world.solution.shares, world.ahead), world.accounts.shares, passing, stocks)
    return Stock(float(stocks[flow]), float(ratio[flow]), world.p["relationship_adjustment"], float(world.economy.relationships[flow]))


def _income(world: World, place: int) -> Income:
    solution, accounts = world.solution, world.accounts
    assert solution is not None
    return Income(
        world.ids[place],
        float(solution.factor_income[:, place].sum()),
        float(solution.tariff_revenue[place]),
        float(solution.deficit[place]),
        float(solution.consumer_prices[place]),
        float(accounts.income[place] * solution.real_income[place]),
        float(accounts.income[place]),
    )


def _choice(world: World) -> Choice | None:
    """The most open choice so far, votes aside: the one whose likeliest option is least likely."""
    open_ = [
        choice
        for choice in world.record.choices
        if not choice.forced and not choice.decision.startswith(VOTE) and 1 < len(choice.options) <= MOST_OPTIONS and choice.scale > 0
    ]
    return min(open_, key=lambda choice: (max(choice.probabilities.values()), choice.quarter, choice.state), default=None)


def _credibility(world: World) -> Credibility | None:
    disputes = [dispute for _, dispute in sorted(world.politics.disputes.items())]
    if not disputes:
        return None
    sender = max((dispute.leader for dispute in disputes), key=lambda leader: len(world.politics.threats.get(leader, [])))
    record = world.politics.threats.get(sender, [])
    prior, weight = world.p["credibility_prior"], world.p["credibility_weight"]
    return Credibility(world.ids[sender], prior, weight, sum(record), len(record), world.politics.credibility(sender, prior, weight))
