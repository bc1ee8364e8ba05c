"""Money: how a state pays for what it buys beyond what it sells, and what happens when others cut it off.

A state's *deficit* (imports minus exports, before tariff) is what it can finance. Left alone it is the base-year ratio to factor
income. Measures open a *need* for foreign money:

- a credit ban by `k`: short-term debt to `k` that falls due is not rolled over, and `k`'s part of new lending is refused;
- an asset freeze by `k`: income from private assets kept with `k` stays there.

Usable *reserves* (those not frozen) meet the part `reserve_use * usable / base reserves` of the need: the less a state has left, the
more it holds on. The rest must be met by buying less abroad or by selling more, which in equilibrium means selling cheaper. A
state whose usable reserves are below those it chose to hold at the base rebuilds them, slowly; so freezing reserves costs a state
something even if nobody stops lending (it saves what it would have spent). No state gives up more than the share `squeeze` of its factor
income in a quarter, in repaid credit and savings, in service of loans, or in new loans to others: what it still owes then falls into arrears.
None draws more than the share `credit_drawn` of its own factor income on credit lines, however rich its lender.

    deficit = usual - need + drawn - rebuilt - saved + loans received - loans given and repaid + grants + transfers

What one state does not spend the others do, in proportion to their factor income, so deficits sum to zero. Private lending
is the residual: deficit - (drawn - rebuilt - saved) - loans and transfers; the world's private lending is the world's change of reserves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.pair_terms import PairTerms

Array = NDArray[np.float64]


@dataclass(frozen=True)
class External:
    """Foreign assets and debts between two quarters, USD bn in the numeraire.

    `holdings` `(custodian, owner)`: reserves by where they are kept (the diagonal is kept at home); `assets` `(custodian, owner)` private
    assets abroad; `debt` `(lender, borrower)` short-term debt; `loans` `(lender, borrower)` loans under credit lines; `due` `(state,)`
    transfers earned last quarter and paid in this one (sums to zero). `base_reserves` and `base_debt` are those of the base quarter.
    """

    holdings: Array
    assets: Array
    debt: Array
    loans: Array
    due: Array
    base_reserves: Array
    base_debt: Array

    @property
    def reserves(self) -> Array:
        """All reserves `(owner,)`, frozen or not."""
        return np.asarray(self.holdings.sum(axis=0))

    def usable(self, freeze: Array) -> Array:
        """Reserves that are not frozen `(owner,)`; `freeze` `(who, whom)` shares. Nobody freezes what is kept at home."""
        return np.asarray((self.holdings * (1.0 - freeze)).sum(axis=0))


@dataclass(frozen=True)
class Balance:
    """The external balance of one quarter `(state,)`, USD bn.

    `deficit` sums to zero; `drawn`, `rebuilt` and `saved` change reserves; `frozen` is what owners of private assets abroad go without: the part of
    their frozen income that reserves do not make good and that is not put off; `by_surplus` the share of what is paid of the need that is met by buying less
    abroad or selling more, not from reserves.
    """

    deficit: Array
    need: Array
    drawn: Array
    rebuilt: Array
    saved: Array
    transfers: Array
    frozen: Array
    by_surplus: Array
    repaid: Array  # (lender, borrower), debt not rolled over and paid back
    reborrowed: Array  # (lender, borrower)
    lent: Array  # (lender, borrower), new loans under credit lines
    returned: Array  # (lender, borrower), loans paid back
    interest: Array  # (lender, borrower), on loans
    grants: Array  # (giver, receiver)

    @property
    def loans(self) -> Array:
        """New loans under credit lines less what is paid back and interest, received less given `(state,)`."""
        net = self.lent - self.returned - self.interest
        return np.asarray(net.sum(axis=0) - net.sum(axis=1))

    @property
    def given(self) -> Array:
        """Grants received less grants given `(state,)`."""
        return np.asarray(self.grants.sum(axis=0) - self.grants.sum(axis=1))

    @property
    def borrowing(self) -> Array:
        """Net private borrowing `(state,)`: what is left of the deficit; sums to minus the world's fall in reserves."""
        return self.deficit - (self.drawn - self.rebuilt - self.saved) - self.loans - self.given - self.transfers


def ties(exposure: Array, reach: Array) -> Array:
    """Where each state's foreign money is `(custodian, owner)`, columns sum to 1 (or 0 for a state without partners).

    Money is kept with trading partners that are financial centres: in proportion to `exposure` `(owner, partner)` times `reach` `(state,)`;
    to exposure alone where no partner sells services.
    """
    raw = exposure.T * reach[:, None]
    raw = np.where(raw.sum(axis=0) > 0, raw, exposure.T)
    total = raw.sum(axis=0)
    return np.divide(raw, total, out=np.zeros_like(raw), where=total > 0)


def base_position(ties: Array, reserves: Array, held_in: Array, debt: Array, assets: Array) -> External:
    """The external position of the base quarter.

    `reserves`, short-term `debt` and private `assets` abroad `(state,)` USD bn; `held_in` `(custodian, owner)` the share of reserves that each
    other state keeps; the rest is kept at home, out of everybody's reach. Debt and assets follow `ties` `(custodian, owner)`.
    """
    away = held_in * reserves
    holdings = away + np.diag(np.maximum(reserves - away.sum(axis=0), 0.0))
    owed = ties * debt
    nothing = np.zeros_like(reserves)
    return External(holdings, ties * assets, owed, np.zeros_like(owed), nothing, reserves.copy(), owed.copy())


def usual(base_deficit: Array, base_income: Array, income: Array) -> Array:
    """Deficits `(state,)` at base ratios to factor income, made to sum to zero in proportion to income."""
    ratio = np.divide(base_deficit, base_income, out=np.zeros_like(base_deficit), where=base_income > 0)
    wanted = ratio * income
    total = income.sum()
    return np.asarray(wanted - income * (wanted.sum() / total))


def spread(change: Array, income: Array) -> Array:
    """Add to each state's `change` of deficit the counterpart of the others' `(state,)`, so that all sum to zero.

    Each state's change falls on the others in proportion to their factor income.
    """
    others = np.maximum(income.sum() - income, 1e-300)
    per_income = change / others
    return np.asarray(change - income * (per_income.sum() - per_income))


@njit(cache=True)
def portion(room: Array, asked: Array) -> Array:
    """The part of what is `asked` `(state,)` that there is `room` for: 1 where there is room for all of it."""
    part = np.ones(len(asked))
    for state in range(len(asked)):
        if asked[state] > room[state]:
            part[state] = room[state] / asked[state]
    return part


def settle(
    external: External, terms: PairTerms, wanted: Array, income: Array, ties: Array, p: Mapping[str, float], losses: Array | None = None
) -> Balance:
    """Return this quarter's external balance.

    `wanted` `(state,)` is the usual deficit, summing to zero; `income` `(state,)` factor income; `ties` `(custodian, owner)`;
    `losses` `(state,)` what each state's real income lacked against the base last quarter, USD bn (None: nothing).
    """
    refused = terms.credit_ban
    falls_due = p["debt_maturing"] * external.debt * refused
    cut = np.maximum(wanted, 0.0) * (ties * refused).sum(axis=0)
    lost = p["asset_return"] * (external.assets * terms.asset_freeze).sum(axis=0)
    need = falls_due.sum(axis=0) + cut + lost
    reborrowed = p["credit_return"] * np.maximum(external.base_debt - external.debt, 0.0) * (1.0 - refused)

    usable = external.usable(terms.reserve_freeze)
    base = external.base_reserves
    cover = p["reserve_use"] * np.divide(np.minimum(usable, base), base, out=np.zeros_like(base), where=base > 0)
    drawn = np.minimum(need * cover, usable)
    rebuilt = p["reserve_rebuilding"] * np.maximum(base - usable, 0.0)
    saved = terms.saving * income
    unmet = need - drawn + rebuilt + saved
    room = p["squeeze"] * income
    scale = portion(room, unmet)
    paid = np.divide(drawn + (need - drawn) * scale, need, out=np.ones_like(need), where=need > 0)
    rebuilt, saved = rebuilt * scale, saved * scale
    gone_without = (need - drawn) * scale
    change = reborrowed.sum(axis=0) - gone_without - rebuilt - saved
    frozen = lost * np.divide(gone_without, need, out=np.zeros_like(need), where=need > 0)

    wished = terms.lending.sum(axis=1)
    lent = terms.lending * (income * np.minimum(1.0, p["squeeze"] / np.maximum(wished, 1e-300)))[:, None]
    lent = lent * portion(p["credit_drawn"] * income, lent.sum(axis=0))
    service = (p["loan_repayment"] + p["loan_interest"]) * external.loans.sum(axis=0)
    able = portion(room, service)
    returned = p["loan_repayment"] * external.loans * able
    interest = p["loan_interest"] * external.loans * able
    grants = terms.giving * income[:, None] + (0.0 if losses is None else terms.solidarity * losses)
    grants = grants * portion(room, grants.sum(axis=1))[:, None]
    by_surplus = np.divide(gone_without, drawn + gone_without, out=np.zeros_like(need), where=gone_without > 0)
    planned = wanted + spread(change, income) + external.due
    balance = Balance(
        planned, need, drawn, rebuilt, saved, external.due.copy(), frozen, by_surplus, falls_due * paid[None, :], reborrowed, lent, returned,
        interest, grants,
    )
    return replace(balance, deficit=planned + balance.loans + balance.given)


def carried_forward(external: External, balance: Balance, terms: PairTerms, due: Array) -> External:
    """The external position of the next quarter. `due` `(state,)` are transfers earned this quarter, to be paid in the next."""
    free = external.holdings * (1.0 - terms.reserve_freeze)
    usable = free.sum(axis=0)
    share_out = np.divide(free, usable, out=np.zeros_like(free), where=usable > 0)
    # New reserves go where they are safe: to custodians that freeze nothing, and home where there are none.
    safe = external.holdings * (terms.reserve_freeze <= 0)
    safe_total = safe.sum(axis=0)
    share_in = np.where(safe_total > 0, np.divide(safe, safe_total, out=np.zeros_like(safe), where=safe_total > 0), np.eye(len(usable)))
    gained = balance.rebuilt + balance.saved
    return replace(
        external,
        holdings=np.maximum(external.holdings - share_out * balance.drawn + share_in * gained, 0.0),
        debt=np.maximum(external.debt - balance.repaid + balance.reborrowed, 0.0),
        loans=np.maximum(external.loans + balance.lent - balance.returned, 0.0),
        due=due,
    )


def exchange_rate(factor_prices: Array, weights: Array, partners: Array) -> Array:
    """Real exchange rate `(state,)`, 1 = base: own factor prices over the trade-weighted partners'; a fall is a depreciation.

    `factor_prices` `(sector, state)` relative to the base; `weights` `(sector, state)` base factor income; `partners` `(state, partner)`
    trade shares. All averages are geometric.
    """
    total = weights.sum(axis=0)
    share = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    own = (share * np.log(np.maximum(factor_prices, 1e-300))).sum(axis=0)
    return np.asarray(np.exp(own - partners @ own))
