"""Record: write down the quarter's numbers and the measures in force. What is not modelled yet stays blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy import mirror
from sim.economy.money import exchange_rate
from sim.economy.passage import wedges
from sim.economy.prices import terms_of_trade
from sim.government import deals
from sim.government.closeness import closeness, told_pairs
from sim.levers import LEVERS

if TYPE_CHECKING:
    from sim.world import World


def run(world: World) -> None:
    """Add this quarter to the run's tables."""
    accounts, solution, quarter, p = world.accounts, world.solution, world.quarter, world.p
    balance, external, living = world.balance, world.economy.external, world.living
    assert solution is not None and balance is not None and external is not None and living is not None
    real_income = accounts.income * solution.real_income
    abroad = 1.0 - np.eye(len(world.ids))
    foreign = solution.flows * abroad
    subsidies = np.maximum(accounts.tariffs - world.frictions.tariffs, 0.0) * solution.flows
    books = mirror.books(world.passage, solution.flows, p["freight"], p["transit_unreported"])
    recorded = mirror.recorded(books, p["freight"])
    recorded_abroad = recorded * abroad
    world.record.numbers(
        "states",
        quarter,
        {
            "real_income": real_income,
            "consumption": living.consumption.sum(axis=1),
            "price_index": solution.consumer_prices,
            "exchange_rate": exchange_rate(solution.factor_prices, accounts.factor_income, world.connections.exposure),
            "reserves": external.usable(world.frictions.pairs.reserve_freeze),
            "exports_true": foreign.sum(axis=(0, 2)),
            "imports_true": foreign.sum(axis=(0, 1)),
            "exports_recorded": recorded_abroad.sum(axis=(0, 2)),
            "imports_recorded": recorded_abroad.sum(axis=(0, 1)),
            "terms_of_trade": terms_of_trade(accounts, solution.unit_costs),
            "poverty_gap": living.poverty_gap,
            "essentials": living.essentials,
            "support_public": world.politics.support_public,
            "support_elite": world.politics.support_elite,
            "unrest": world.politics.unrest,
            "deficit": solution.deficit,
            "reserves_drawn": balance.drawn - balance.rebuilt - balance.saved,
            "borrowing": balance.borrowing,
            "connector_margin": external.due - world.economy.fees,
            "licence_fees": world.economy.fees,
            "grants": balance.given,
            "subsidies": subsidies.sum(axis=(0, 1)),
            "policy_bill": world.policy_bill,
        },
    )
    world.record.numbers(
        "households",
        quarter,
        {"consumption": living.consumption, "income": living.income, "disposable": living.disposable},
    )
    price = solution.unit_costs[:, :, None] * world.market_cost * wedges(world.passage)
    world.record.numbers(
        "trade",
        quarter,
        {
            "true_value": np.moveaxis(solution.flows, 0, 2),
            "recorded_value": np.moveaxis(recorded, 0, 2),
            "price": np.moveaxis(price, 0, 2),
            "exporter_reports": np.moveaxis(books.exporters, 0, 2),
            "importer_reports": np.moveaxis(books.importers, 0, 2),
        },
    )
    home = np.einsum("sii->si", solution.shares)
    world.record.numbers(
        "sectors",
        quarter,
        {
            "output": solution.output.T,
            "productivity": world.economy.productivity.T,
            "home_share": home.T,
            "localisation_spend": (world.home.localisation + np.einsum("sii->si", subsidies)).T,
            "unit_cost": solution.unit_costs.T,
            "mastered": world.economy.technology.mastered.T,
            "stores": world.economy.stores.T,
        },
    )
    for (_, _, _, sector), measure in world.measures.items():
        against = measure.target >= 0 and not LEVERS[measure.lever].friendly
        world.record.row(
            "measures",
            quarter,
            measure.id,
            LEVERS[measure.lever].id,
            world.ids[measure.sender],
            world.ids[measure.target] if measure.target >= 0 else "",
            sector,
            measure.level,
            measure.purpose if against else "",
        )
    _disputes(world)
    with world.politics.standing_still():
        _ties(world)


def _ties(world: World) -> None:
    """What states that have to do with each other are to each other."""
    politics, ids = world.politics, world.ids
    for one, other in told_pairs(world):
        world.record.row(
            "ties",
            world.quarter,
            ids[one],
            ids[other],
            float(politics.affinity[one, other]),
            float(politics.trust[one, other]),
            float(politics.trust[other, one]),
            float(politics.grievance[one, other]),
            float(politics.grievance[other, one]),
            closeness(world, one, other, seen=False),
            closeness(world, one, other, seen=True),
        )


def _disputes(world: World) -> None:
    """Every dispute that is open or ended this quarter, as it stands."""
    for name, dispute in sorted(world.politics.disputes.items()):
        if dispute.stage == "dormant" or (not dispute.is_open and dispute.ended_in != world.quarter):
            continue
        world.record.row(
            "disputes",
            world.quarter,
            name,
            world.ids[dispute.leader],
            world.ids[dispute.target],
            dispute.kind,
            dispute.stage,
            dispute.demand,
            dispute.policy,
            dispute.resolve_sender,
            dispute.resolve_target,
            " ".join(world.ids[sender] for sender in dispute.senders if sender not in dispute.left),
            dispute.package,
            dispute.known,
        )
    _agreements(world)


def _agreements(world: World) -> None:
    """One row for each agreement: what party b was promised, given and hoped for, and what the deal is worth to it."""
    for _, deal in sorted(world.politics.agreements.items()):
        if deal.since > world.quarter or (deal.ended_in is not None and deal.ended_in < world.quarter):
            continue
        sides = {entry.side: entry for entry in deal.ledger if entry.quarter == world.quarter}
        to_b, to_a = sides.get(deal.party_b), sides.get(deal.party_a)
        world.record.row(
            "agreements", world.quarter, deal.id, deal.kind, world.ids[deal.party_a], world.ids[deal.party_b],
            to_b.promised if to_b else 0.0, to_b.delivered if to_b else 0.0, to_b.hoped if to_b else 0.0, deal.status,
            to_a.promised if to_a else 0.0, to_a.delivered if to_a else 0.0, to_a.hoped if to_a else 0.0,
            deals.quick_leverage(world, deal), deals.mastery(world, deal) if deal.kind == "licence" else 0.0,
        )
