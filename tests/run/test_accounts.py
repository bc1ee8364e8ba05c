"""Every quarter of every shipped scenario, governments deciding: all accounts balance to 1e-9 of world income."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from sim.economy import mirror
from sim.economy.passage import forwarded, margins
from sim.world import World

CLOSE = 1e-9


def off_by(one: np.ndarray, other: np.ndarray, world: float) -> float:
    """Largest gap of two arrays over world income."""
    return float(abs(np.asarray(one) - other).max(initial=0.0)) / world


def goods(world: World, scale: float) -> None:
    """By pair and sector what is bought is what is spent; by sector and state what is made is sold; use is final demand and inputs."""
    solution, accounts = world.solution, world.accounts
    tariffs = world.passage.tariffs(world.frictions.tariffs)
    assert off_by((solution.flows * (1.0 + tariffs)).sum(axis=1), solution.spending, scale) < CLOSE
    assert off_by(solution.flows.sum(axis=2), solution.output, scale) < CLOSE
    use = np.einsum("ksj,sj->kj", accounts.inputs, solution.output)
    assert off_by(accounts.final_shares * solution.income + use, solution.spending, scale) < CLOSE
    assert off_by((solution.flows * tariffs).sum(axis=(0, 1)), solution.tariff_revenue, scale) < CLOSE


def income(world: World, scale: float) -> None:
    """Factor income, revenue and deficit make income; households' incomes and bills make it too; deficits are imports minus exports and sum to zero."""
    solution, living, p = world.solution, world.living, world.p
    assert off_by(solution.factor_income, world.accounts.value_added * solution.output, scale) < CLOSE
    assert off_by(solution.factor_income.sum(axis=0) + solution.tariff_revenue + solution.deficit, solution.income, scale) < CLOSE
    assert off_by(solution.flows.sum(axis=(0, 1)) - solution.flows.sum(axis=(0, 2)), solution.deficit, scale) < CLOSE
    assert abs(solution.deficit.sum()) / scale < CLOSE
    assert off_by(living.income.sum(axis=1), solution.income, scale) < CLOSE
    if not world.home.given.any():
        spent = (living.disposable * living.prices).sum(axis=1) + world.policy_bill + world.home.localisation.sum(axis=0)
        assert off_by(spent, solution.income, scale) < CLOSE
        saved = (living.disposable - living.consumption) * living.prices
        assert off_by(saved, p["investment_share"] * living.income, scale) < CLOSE


def money(world: World, before: np.ndarray, scale: float) -> None:
    """What reserves change by is what was drawn and saved; deals, loans, grants and margins sum to zero; the world lends what it draws."""
    balance, external = world.balance, world.economy.external
    change = external.reserves - before
    assert off_by(change, balance.rebuilt + balance.saved - balance.drawn, scale) < CLOSE
    for net in (external.due, world.economy.fees, balance.loans, balance.given, balance.transfers):
        assert abs(net.sum()) / scale < CLOSE
    assert abs(balance.borrowing.sum() - change.sum()) / scale < CLOSE
    assert off_by(external.due - world.economy.fees, margins(world.passage, world.solution.flows), scale) < CLOSE


def books(world: World, scale: float) -> None:
    """By sector: what exporters declare is true trade, less what they hide, plus what connectors sell on; importers' books likewise, less transit."""
    passage, flows, p = world.passage, world.solution.flows, world.p
    kept = mirror.books(passage, flows, p["freight"], p["transit_unreported"])
    routes, via = passage.routes, forwarded(passage, flows)
    direct = flows.copy()
    direct[routes.sector, routes.exporter, routes.importer] -= via.sum(axis=1)
    assert direct.min(initial=0.0) > -CLOSE * scale
    resold = np.zeros(len(flows))
    through = np.zeros(len(flows))
    np.add.at(resold, routes.sector, (via * (1.0 + routes.markup)).sum(axis=1))
    np.add.at(through, routes.sector, via.sum(axis=1))
    hidden_out = (direct * (1.0 - passage.by_exporter)).sum(axis=(1, 2))
    assert off_by(kept.exporters.sum(axis=(1, 2)), flows.sum(axis=(1, 2)) - hidden_out + resold, scale) < CLOSE
    inside = np.eye(flows.shape[1], dtype=bool)
    fob = np.where(inside, kept.importers, kept.importers / (1.0 + p["freight"]))
    hidden_in = (direct * (1.0 - passage.by_importer)).sum(axis=(1, 2))
    transit = p["transit_unreported"] * through
    assert off_by(fob.sum(axis=(1, 2)), flows.sum(axis=(1, 2)) - hidden_in - transit + resold, scale) < CLOSE


@pytest.mark.parametrize("name", [name for name, _ in api.scenarios()])
def test_all_accounts_balance_every_quarter(name: str) -> None:
    world = World(api.load(name), 1)
    scale = float(world.accounts.factor_income.sum())
    for _ in range(min(world.setting.quarters, 24)):
        before = world.economy.external.reserves
        world.step()
        goods(world, scale)
        income(world, scale)
        money(world, before, scale)
        books(world, scale)


def test_accounts_balance_with_deals_subsidies_stores_and_shields_as_well() -> None:
    """The same with everything of this kind in force at once."""
    orders = [
        api.Decision(1, "ESTORIA", "technology_licence", "CORVANE", "tech", 1.0, {}),
        api.Decision(1, "ESTORIA", "aid", "CORVANE", "", 0.003, {}),
        api.Decision(1, "CORVANE", "subsidy", "", "tech", 0.2, {}),
        api.Decision(1, "CORVANE", "shielding", "", "", 0.5, {"group": "1"}),
        api.Decision(1, "BELMORA", "diversification", "CORVANE", "energy", 0.1, {}),
        api.Decision(1, "ARDEN", "solidarity_fund", "BELMORA", "", 0.5, {}),
        api.Decision(1, "CORVANE", "counter_measures", "BELMORA", "food", 1.0, {}),
        api.Decision(1, "BELMORA", "compensation", "", "*", 0.5, {}),
    ]
    world = World(api.load("who-pays"), 1, orders, governments=False)
    scale = float(world.accounts.factor_income.sum())
    for _ in range(16):
        before = world.economy.external.reserves
        world.step()
        goods(world, scale)
        income(world, scale)
        money(world, before, scale)
        books(world, scale)
