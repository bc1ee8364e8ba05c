"""Adjust: relationships, detours, workers, capital, technology, stores and foreign money are carried into the next quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy import factors, localisation, technology
from sim.economy.anticipation import in_store, in_their_time
from sim.economy.home_budget import HomeQuarter, stored
from sim.economy.money import carried_forward
from sim.economy.passage import margins
from sim.economy.relationships import adjusted, lines_alive, per_line
from sim.economy.routes import learned, search_speed
from sim.government import deals

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Carry every stock of the economy into the next quarter."""
    p, economy, accounts, solution = world.p, world.economy, world.accounts, world.solution
    assert solution is not None
    _relationships(world)
    deals.keep_books(world)
    _foreign(world)
    _technology(world)
    quantity = factors.bundle(economy.workers, economy.capital, p["capital_share"])
    reward = solution.factor_prices * quantity
    economy.workers = factors.moved_workers(economy.workers, accounts.factor_income, reward / economy.workers, p["factor_mobility"])
    investment = solution.income / accounts.income / _investment_price(world)
    tilt = factors.investment_tilt(accounts.factor_income, reward / economy.capital)
    yields = factors.capital_yield(accounts.factor_income, reward / economy.capital) / _investment_price(world)
    investment = investment * yields ** p["investment_response"]
    # Investors abroad who may not invest are missed: no saver at home replaces their projects.
    barred = (world.connections.ties * world.frictions.pairs.credit_ban).sum(axis=0)
    investment = investment * (1.0 - p["foreign_investment"] * barred)
    economy.capital = factors.grown_capital(economy.capital, investment, tilt, p["depreciation"])


def _relationships(world: World) -> None:
    """Trade relationships, lines alive, goods bought ahead, and detours found."""
    p, economy, accounts, solution, conduct = world.p, world.economy, world.accounts, world.solution, world.conduct
    assert solution is not None and conduct is not None
    passing = np.minimum(world.passage.permeability, economy.alive)
    ratio = per_line(in_their_time(solution.shares, world.ahead), accounts.shares, passing, economy.relationships)
    economy.ahead = in_store(economy.ahead, world.ahead)
    economy.relationships = adjusted(economy.relationships, ratio, p["relationship_adjustment"], p["relationship_floor"])
    economy.alive = lines_alive(economy.alive, world.passage.permeability, p["relationship_adjustment"], p["relationship_rebuilding"])
    economy.running = world.passage.direct
    speed = search_speed(world.frictions.pairs.help, p["detour_help"])
    economy.known = learned(economy.known, conduct.blocked, speed[None], p["route_learning"], p["route_forgetting"])


def _foreign(world: World) -> None:
    """Reserves, debts and loans, and the connectors' margins, which are paid next quarter."""
    solution, balance, external = world.solution, world.balance, world.economy.external
    assert solution is not None and balance is not None and external is not None
    world.economy.fees = deals.fees(world)
    due = margins(world.passage, solution.flows) + world.economy.fees
    world.economy.external = carried_forward(external, balance, world.frictions.pairs, due)


def _technology(world: World) -> None:
    """Stores, firms' efforts to make things at home, learning, and what missing parts and know-how wear down."""
    p, economy, accounts, solution = world.p, world.economy, world.accounts, world.solution
    assert solution is not None
    have = np.divide(solution.spending / solution.price_index, accounts.spending, out=np.ones_like(accounts.spending), where=accounts.spending > 0)
    usual = (1.0 - p["investment_share"]) * accounts.income * accounts.final_shares
    storable = np.array([float(sector.storable) for sector in world.setting.sectors])[:, None]
    economy.stores, given = stored(economy.stores, world.frictions.home.store * storable, p["store_size"], usual, have, solution.real_income, p["store_decay"])
    push = localisation.effort(localisation.reward(solution.price_index, solution.consumer_prices), p["substitution_effort"])
    spent = localisation.spending(push, solution.factor_income, p["substitution_effort"])
    world.home = HomeQuarter(spent, given)
    quantity = np.divide(solution.output / solution.unit_costs, accounts.output, out=np.ones_like(accounts.output), where=accounts.output > 0)
    stocks = technology.learned(economy.technology, world.licences, quantity, p)
    high_tech = world.of_kind("high_tech")
    short = technology.shortage(accounts, solution.spending + np.maximum(given, 0.0) * solution.price_index, solution.price_index, high_tech)
    refused = (world.suppliers * world.frictions.pairs.knowledge).sum(axis=0)
    stocks = technology.worn(stocks, world.intensity, short, refused, p)
    economy.technology = localisation.substituted(stocks, push, p)


def _investment_price(world: World) -> np.ndarray:
    """Price of investment goods `(state,)`, 1 = base: consumer prices and machinery by their weights."""
    solution, machinery = world.solution, world.of_kind("high_tech")
    assert solution is not None
    share = world.p["investment_imported_weight"] if machinery else 0.0
    general = solution.consumer_prices ** (1.0 - share)
    if not machinery:
        return np.asarray(general)
    return np.asarray(general * np.exp(np.log(solution.price_index[machinery]).mean(axis=0) * share))
