"""Deals at work: what economic agreements do in the economy, what they are worth, and the ledger of what was promised, delivered and hoped.

A *licence* gives the licensee (party b) the licensor's technology (`sim.economy.technology`) for a royalty and a fixed fee. *Leverage* is what a side would
lose without the agreement: the equilibrium is solved again without it. As the licensee masters the technology, less of its output needs the licensor, so
royalty and leverage shrink together; no date is set anywhere.

Terms of a licence: a sector's id = share of its output under licence (none named: the usual part of high technology); `royalty`, `fee_bn` (a year), `gap`.
What other agreements do to trade and money their levers write (`pacts`), promised votes are cast in the assembly; here they only have their books kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy import technology
from sim.economy.frictions import Frictions
from sim.economy.technology import Licences
from sim.government.agreement import FEE_LEFT, Agreement, Entry
from sim.government.pacts import measures_for

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]

LICENCE_LEVER = "technology_licence"
QUARTERS = 4.0


@dataclass(frozen=True)
class Leverage:
    """What each side would lose without the agreement, % of own real income, next quarter."""

    licensee: float
    licensor: float


def in_force(world: World) -> list[Agreement]:
    """Economic agreements that hold in this quarter, in order of their id."""
    return [deal for deal in world.politics.in_force() if deal.since <= world.quarter]


def open_and_close(world: World) -> None:
    """Let every licence given by lever have its agreement; when the one ends, the other does."""
    agreements = world.politics.agreements
    found = set()
    for key, measure in list(world.measures.items()):
        if measure.lever != LICENCE_LEVER or measure.target < 0:
            continue
        old = agreements.get(measure.id)
        if old is not None and old.ended_in is not None and old.ended_in >= measure.since:  # a side has left it
            del world.measures[key]
            continue
        found.add(measure.id)
        terms = {"by_measure": 1.0, **measure.options}
        terms.update({world.sector_ids[sector]: measure.level for sector in measure.sectors if _licensable(world, int(sector), measure.sectors)})
        if old is None or old.status in ("ended", "broken"):
            agreements[measure.id] = Agreement(measure.id, "licence", measure.sender, measure.target, world.quarter, terms)
        else:
            old.terms = {**terms, FEE_LEFT: old.terms.get(FEE_LEFT, 1.0)}
    for deal in agreements.values():
        if "by_measure" in deal.terms and deal.status in ("active", "renegotiated") and deal.id not in found:
            deal.status, deal.ended_in = "ended", world.quarter


def _licensable(world: World, sector: int, named: NDArray[np.int64]) -> bool:
    """Whether a licence for the `named` sectors covers `sector`: all of high technology when every sector is named."""
    high_tech = world.of_kind("high_tech")
    return len(named) < len(world.sector_ids) or sector in high_tech or not high_tech


def covered(world: World, deal: Agreement) -> dict[int, float]:
    """Share of output under licence by sector."""
    named = {world.sector_place[name]: min(max(value, 0.0), 1.0) for name, value in deal.terms.items() if name in world.sector_place}
    return named or {sector: world.p["licence_cover"] for sector in (world.of_kind("high_tech") or range(len(world.sector_ids)))}


def licences(world: World, deals: Iterable[Agreement], frictions: Frictions) -> Licences:
    """What all licences among `deals` come to; several on one sector cover independently and the widest gap counts."""
    shape = world.accounts.output.shape
    gap, open_share, help_ = np.zeros(shape), np.ones(shape), np.zeros(shape)
    for deal in deals:
        if deal.kind != "licence":
            continue
        knowing = 1.0 - frictions.pairs.knowledge[deal.party_a, deal.party_b]
        for sector, share in covered(world, deal).items():
            cell = sector, deal.party_b
            gap[cell] = max(gap[cell], deal.terms.get("gap", world.p["technology_gap"]))
            open_share[cell] *= 1.0 - share
            help_[cell] = max(help_[cell], knowing)
    return Licences(gap, 1.0 - open_share, help_)


def mastery(world: World, deal: Agreement) -> float:
    """How much of the licensed technology the licensee masters itself, 0 to 1 (sectors weighted by base output)."""
    stocks, base = world.economy.technology, world.accounts.output
    depth = have = 0.0
    for sector, share in covered(world, deal).items():
        full = share * deal.terms.get("gap", world.p["technology_gap"])
        depth += full * base[sector, deal.party_b]
        have += min(stocks.mastered[sector, deal.party_b], full) * base[sector, deal.party_b]
    return have / depth if depth > 0 else 1.0


def _royalty(world: World, deal: Agreement, everything: bool = False) -> float:
    """Royalty due this quarter, USD bn: on output that still needs the licensor, or on all licensed output."""
    solution = world.solution
    if solution is None or deal.kind != "licence":
        return 0.0
    rate = deal.terms.get("royalty", world.p["royalty"]) * deal.terms.get(FEE_LEFT, 1.0)
    gap = deal.terms.get("gap", world.p["technology_gap"])
    due = 0.0
    for sector, share in covered(world, deal).items():
        full = gap * share
        needed = 1.0 if everything else max(full - world.economy.technology.mastered[sector, deal.party_b], 0.0) / full if full > 0 else 0.0
        due += rate * share * needed * solution.output[sector, deal.party_b]
    return float(due)


def rent(world: World, deal: Agreement) -> float:
    """What the licensor earns from the licence this quarter, USD bn: royalty and fixed fee, as far as they are paid."""
    return _paid(world, deal)[0]


def _paid(world: World, deal: Agreement) -> tuple[float, float]:
    """Licence fees of the quarter: paid, and due, USD bn. Nobody pays more than the share `squeeze` of its income, or for help that is refused."""
    assert world.solution is not None
    fixed = deal.terms.get("fee_bn", 0.0) / QUARTERS
    due = _royalty(world, deal) + fixed
    helped = 1.0 - world.frictions.pairs.knowledge[deal.party_a, deal.party_b]
    able = world.p["squeeze"] * float(world.solution.factor_income[:, deal.party_b].sum())
    return min(due * helped, able), due


def fees(world: World) -> Array:
    """Licence fees earned less fees paid this quarter `(state,)`, USD bn; sums to zero. All of a state's fees together stay within `squeeze`."""
    net, paid_by = np.zeros(len(world.ids)), np.zeros(len(world.ids))
    assert world.solution is not None
    able = world.p["squeeze"] * world.solution.factor_income.sum(axis=0)
    for deal in in_force(world):
        if deal.kind == "licence":
            amount = min(_paid(world, deal)[0], able[deal.party_b] - paid_by[deal.party_b])
            paid_by[deal.party_b] += amount
            net[deal.party_a] += amount
            net[deal.party_b] -= amount
    return net


def quick_leverage(world: World, deal: Agreement) -> float:
    """First-order loss of the licensee without the licence, % of income (Hulten): cost saved by help that would stop, times output over income."""
    solution = world.solution
    if solution is None or deal.kind != "licence":
        return 0.0
    p, b = world.p, deal.party_b
    helped = 1.0 - world.frictions.pairs.knowledge[deal.party_a, b]
    lost = 0.0
    for sector, share in covered(world, deal).items():
        full = share * deal.terms.get("gap", p["technology_gap"])
        left = max(full - world.economy.technology.mastered[sector, b], 0.0)
        lost += p["technology_lent"] * helped * left * solution.output[sector, b]
    return float(100.0 * lost / solution.income[b])


def leverage(world: World, deal: Agreement) -> Leverage:
    """What each side would lose next quarter if the agreement ended, from two equilibria; a fee that would no longer flow counts too."""
    notes = world.forecasts.notes
    if deal.id in notes:
        return notes[deal.id]
    loss = world.forecasts.of_agreements([other for other in in_force(world) if other.id != deal.id])
    if loss is None:
        return Leverage(quick_leverage(world, deal), 0.0)
    if deal.kind == "licence" and world.solution is not None:
        fee = 100.0 * rent(world, deal) / world.solution.income
        loss[deal.party_a] += fee[deal.party_a]
        loss[deal.party_b] -= fee[deal.party_b]
    notes[deal.id] = Leverage(float(loss[deal.party_b]), float(loss[deal.party_a]))
    return notes[deal.id]


def keep_books(world: World) -> None:
    """Write this quarter's entries into the ledgers of all deals: two for each, one for either side, USD bn; for votes, votes."""
    for deal in in_force(world):
        for side, (promised, delivered, hoped) in zip((deal.party_a, deal.party_b), _entries(world, deal), strict=True):
            deal.ledger.append(Entry(world.quarter, side, promised, delivered, hoped))


def _entries(world: World, deal: Agreement) -> tuple[tuple[float, float, float], ...]:
    """Promised, delivered and hoped for this quarter: to party a, to party b."""
    solution, balance, p = world.solution, world.balance, world.p
    assert solution is not None and balance is not None
    a, b, terms = deal.party_a, deal.party_b, deal.terms
    if deal.kind == "licence":
        paid, due = _paid(world, deal)
        hoped = _royalty(world, deal, everything=True) + terms.get("fee_bn", 0.0) / QUARTERS
        saved = quick_leverage(world, deal) * solution.income[b] / 100.0
        helped = 1.0 - world.frictions.pairs.knowledge[a, b]
        gap = terms.get("gap", p["technology_gap"])
        whole = sum(share * gap * solution.output[sector, b] for sector, share in covered(world, deal).items())
        return (due, paid, hoped), (saved / helped if helped > 0 else _refused(world, deal), saved, float(whole))
    if deal.kind == "credit":
        loans = world.economy.external.loans[a, b] if world.economy.external is not None else 0.0
        service = (p["loan_repayment"] + p["loan_interest"]) * loans
        back = balance.returned[a, b] * (1.0 + p["loan_interest"] / p["loan_repayment"] if p["loan_repayment"] > 0 else 1.0)
        return (float(service), float(back), float(service)), _lent(world, deal, a, b)
    if deal.kind == "cash_for_goods":
        base, now = float(world.accounts.flows[:, a, b].sum()), float(solution.flows[:, a, b].sum())
        return _lent(world, deal, b, a), (base, min(now, base), base)
    if deal.kind in ("barter", "payment_link"):
        share = world.frictions.pairs.barter[a, b] if deal.kind == "barter" else world.frictions.pairs.link[a, b]
        base = share * float(world.accounts.flows[:, a, b].sum() + world.accounts.flows[:, b, a].sum())
        now = share * float(solution.flows[:, a, b].sum() + solution.flows[:, b, a].sum())
        return (base, min(now, base), base), (base, min(now, base), base)
    if deal.kind == "treaty":
        return _eased(world, deal, b), _eased(world, deal, a)
    if deal.kind == "votes":
        return _voted(world, deal, b), _voted(world, deal, a)
    raise ValueError(f"agreement {deal.id}: no books are kept of the kind '{deal.kind}'")


def _eased(world: World, deal: Agreement, giver: int) -> tuple[float, float, float]:
    """What the easier trade `giver` owes under a treaty is to save the two, USD bn: on their trade of the base quarter (promised, and hoped for),
    and, by the easing that is in force, on the trade there is (delivered, no more than was promised)."""
    assert world.solution is not None
    a, b, base, now = deal.party_a, deal.party_b, world.accounts.flows, world.solution.flows
    promised = delivered = 0.0
    for measure in measures_for(world, deal):
        if measure.sender == giver:
            held = world.measures.get((measure.lever, giver, measure.target, "*"))
            promised += measure.level * float(base[:, a, b].sum() + base[:, b, a].sum())
            delivered += (held.level if held is not None else 0.0) * float(now[:, a, b].sum() + now[:, b, a].sum())
    return promised, min(delivered, promised), promised


def _voted(world: World, deal: Agreement, giver: int) -> tuple[float, float, float]:
    """Votes that `giver` owed its partner on texts that came to a vote this quarter, and those it cast so; all that was owed was hoped for."""
    found = [
        promise.kept
        for resolution in world.politics.resolutions.values()
        if resolution.voted_in == world.quarter
        for promise in resolution.promises
        if (promise.agreement, promise.by) == (deal.id, giver)
    ]
    owed = float(len(found))
    return owed, float(sum(found)), owed


def _lent(world: World, deal: Agreement, lender: int, borrower: int) -> tuple[float, float, float]:
    """Lending promised (what the credit line says, as far as the borrower may draw on it), delivered and hoped for, USD bn."""
    assert world.solution is not None and world.balance is not None
    income = world.solution.factor_income.sum(axis=0)
    wish = float(min(world.frictions.pairs.lending[lender, borrower] * income[lender], world.p["credit_drawn"] * income[borrower]))
    return wish, float(world.balance.lent[lender, borrower]), wish


def _refused(world: World, deal: Agreement) -> float:
    """Cost that help would have saved the licensee this quarter, USD bn, when all of it is refused."""
    assert world.solution is not None
    b, p = deal.party_b, world.p
    gap = deal.terms.get("gap", p["technology_gap"])
    left = {sector: max(share * gap - world.economy.technology.mastered[sector, b], 0.0) for sector, share in covered(world, deal).items()}
    return float(sum(p["technology_lent"] * more * world.solution.output[sector, b] for sector, more in left.items()))


def productivity(world: World, terms: Licences) -> Array:
    """Productivity of this quarter `(sector, state)` under these licences."""
    return technology.productivity(technology.cost_cut(world.economy.technology, terms, world.p), world.accounts.value_added)
