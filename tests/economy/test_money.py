"""External balance, reserves, freezes, credit bans and the exchange rate, by hand and under extremes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy import money, reach
from sim.economy.pair_terms import PairTerms
from sim.parameters import resolve

P = {
    **resolve(),
    "debt_maturing": 0.25,
    "credit_return": 0.05,
    "asset_return": 0.01,
    "reserve_rebuilding": 0.04,
    "reserve_use": 1.0,
    "squeeze": 0.1,
    "loan_repayment": 0.03,
    "loan_interest": 0.01,
    "credit_drawn": 0.05,
}
SENDER, TARGET, THIRD = 0, 1, 2
INCOME = np.array([300.0, 100.0, 100.0])
BALANCED = np.zeros(3)
TIES = np.array([[0.0, 0.5, 1.0], [0.0, 0.0, 0.0], [1.0, 0.5, 0.0]])


def position(reserves: float = 40.0, kept: float = 0.5, debt: float = 16.0, assets: float = 200.0) -> money.External:
    """The target (100 a quarter) keeps half its 40 of reserves with the sender and owes it half of 16 of short-term debt."""
    held = np.zeros((3, 3))
    held[SENDER, TARGET] = kept
    one = np.array([0.0, 1.0, 0.0])
    return money.base_position(TIES, reserves * one, held, debt * one, assets * one)


def settle(external: money.External, terms: PairTerms, wanted: np.ndarray = BALANCED) -> money.Balance:
    return money.settle(external, terms, wanted, INCOME, TIES, P)


def test_without_measures_the_deficit_is_the_usual_one():
    wanted = np.array([-3.0, 2.0, 1.0])
    balance = settle(position(), PairTerms.none(1, 3), wanted)
    assert balance.deficit == pytest.approx(wanted)
    assert balance.drawn.sum() == balance.rebuilt.sum() == 0.0


def test_usual_deficits_follow_income_and_sum_to_zero():
    """Ratios -1 % and 2 % of 300 and 100, state 1's income doubles: wanted -3, 4, 1; the surplus of 2 is shared by income 3:2:1."""
    usual = money.usual(np.array([-3.0, 2.0, 1.0]), INCOME, np.array([300.0, 200.0, 100.0]))
    assert usual == pytest.approx([-3 - 1.0, 4 - 2 / 3, 1 - 1 / 3])


def test_a_credit_ban_makes_the_target_repay_what_falls_due():
    """Owed to the sender 8, a quarter of it due: need 2; reserves untouched cover all of it: reserves fall by 2, deficit stays."""
    terms = PairTerms.none(1, 3)
    terms.cover("credit_ban", SENDER, TARGET, 1.0)
    balance = settle(position(), terms)
    assert balance.need[TARGET] == pytest.approx(2.0)
    assert balance.drawn[TARGET] == pytest.approx(2.0)
    assert balance.deficit == pytest.approx(BALANCED)
    after = money.carried_forward(position(), balance, terms, BALANCED)
    assert after.reserves[TARGET] == pytest.approx(38.0)
    assert after.debt[SENDER, TARGET] == pytest.approx(6.0)


def test_without_reserves_the_target_must_buy_less_abroad_and_the_others_buy_more():
    """No reserves: the need of 2 is met by a surplus of 2; the others run deficits in proportion 300 : 100."""
    terms = PairTerms.none(1, 3)
    terms.cover("credit_ban", SENDER, TARGET, 1.0)
    balance = settle(position(reserves=0.0), terms)
    assert balance.deficit == pytest.approx([1.5, -2.0, 0.5])


def test_a_reserve_freeze_leaves_half_the_reserves_and_the_state_saves_them_anew():
    """Usable 20 of 40: saves 4 % of the missing 20 = 0.8 a quarter; half the need is met from reserves."""
    terms = PairTerms.none(1, 3)
    terms.cover("reserve_freeze", SENDER, TARGET, 1.0)
    assert position().usable(terms.reserve_freeze)[TARGET] == pytest.approx(20.0)
    assert settle(position(), terms).deficit[TARGET] == pytest.approx(-0.8)
    terms.cover("credit_ban", SENDER, TARGET, 1.0)
    balance = settle(position(), terms)
    assert balance.drawn[TARGET] == pytest.approx(1.0)
    assert balance.deficit[TARGET] == pytest.approx(-1.0 - 0.8)


def test_new_reserves_are_kept_where_nobody_freezes_them_and_frozen_ones_stay():
    terms = PairTerms.none(1, 3)
    terms.cover("reserve_freeze", SENDER, TARGET, 1.0)
    balance = settle(position(), terms)
    after = money.carried_forward(position(), balance, terms, BALANCED)
    assert after.holdings[SENDER, TARGET] == pytest.approx(20.0)
    assert after.holdings[TARGET, TARGET] == pytest.approx(20.8)


def test_an_asset_freeze_stops_income_from_assets_kept_with_the_sender():
    """200 of assets, half with the sender, 1 % a quarter: 1 lost; with full reserves it is drawn, without it is a surplus of 1."""
    terms = PairTerms.none(1, 3)
    terms.cover("asset_freeze", SENDER, TARGET, 1.0)
    assert settle(position(), terms).drawn[TARGET] == pytest.approx(1.0)
    assert settle(position(reserves=0.0), terms).deficit[TARGET] == pytest.approx(-1.0)


def test_measures_of_a_sender_that_holds_nothing_do_nothing():
    terms = PairTerms.none(1, 3)
    for name in ("reserve_freeze", "asset_freeze", "credit_ban"):
        terms.cover(name, TARGET, THIRD, 1.0)
    assert settle(position(), terms).deficit == pytest.approx(BALANCED)


def test_nobody_gives_up_more_than_the_squeeze_and_the_rest_stays_owed():
    """Debt 160, half to the sender: 20 due, no reserves; the squeeze is 10 % of 100: 10 paid, so 70 of 80 still owed."""
    terms = PairTerms.none(1, 3)
    terms.cover("credit_ban", SENDER, TARGET, 1.0)
    start = position(reserves=0.0, debt=160.0)
    balance = settle(start, terms)
    assert balance.deficit[TARGET] == pytest.approx(-10.0)
    assert money.carried_forward(start, balance, terms, BALANCED).debt[SENDER, TARGET] == pytest.approx(70.0)


def test_a_prudent_government_meets_part_of_the_need_at_once_by_buying_less():
    """Need 2, full reserves, 80 % met from them: 1.6 drawn, a surplus of 0.4."""
    terms = PairTerms.none(1, 3)
    terms.cover("credit_ban", SENDER, TARGET, 1.0)
    balance = money.settle(position(), terms, BALANCED, INCOME, TIES, {**P, "reserve_use": 0.8})
    assert balance.drawn[TARGET] == pytest.approx(1.6)
    assert balance.deficit[TARGET] == pytest.approx(-0.4)


def test_lenders_come_back_slowly_after_the_ban():
    """Owed 6 of 8 at the base: 5 % of the missing 2 comes back: 0.1 of extra imports."""
    start = position()
    debt = start.debt.copy()
    debt[SENDER, TARGET] = 6.0
    balance = settle(replace(start, debt=debt), PairTerms.none(1, 3))
    assert balance.deficit[TARGET] == pytest.approx(0.1)


def test_a_credit_line_moves_spending_now_and_back_later():
    """The third country (100) lends 1 %: 1 to the target; the next quarter 3 % is repaid and 1 % paid in interest."""
    terms = PairTerms.none(1, 3)
    terms.lending[THIRD, TARGET] = 0.01
    balance = settle(position(), terms)
    assert balance.deficit == pytest.approx([0.0, 1.0, -1.0])
    later = money.carried_forward(position(), balance, terms, BALANCED)
    assert later.loans[THIRD, TARGET] == pytest.approx(1.0)
    assert settle(later, PairTerms.none(1, 3)).deficit == pytest.approx([0.0, -0.04, 0.04])


def test_a_borrower_pays_no_more_than_the_squeeze_and_a_lender_lends_no_more():
    """Loans of 500: 4 % is 20, the squeeze 10: half is paid. A lender of 100 that promises 8 % to each of two lends 10 in all."""
    start = position()
    loans = np.zeros((3, 3))
    loans[THIRD, TARGET] = 500.0
    balance = settle(replace(start, loans=loans), PairTerms.none(1, 3))
    assert balance.deficit == pytest.approx([0.0, -10.0, 10.0])
    assert balance.returned[THIRD, TARGET] == pytest.approx(7.5)
    terms = PairTerms.none(1, 3)
    terms.lending[THIRD, :2] = 0.08
    assert settle(start, terms).deficit == pytest.approx([5.0, 5.0, -10.0])


def test_a_borrower_draws_no_more_than_its_own_limit():
    """The large state (300) offers 8 %, 24 in all; the target (100) may draw 5 % of its own income, 5."""
    terms = PairTerms.none(1, 3)
    terms.lending[SENDER, TARGET] = 0.08
    assert settle(position(), terms).deficit == pytest.approx([-5.0, 5.0, 0.0])


def test_reserve_building_is_paid_by_buying_less_abroad():
    """2 % of 100 saved: a surplus of 2, reserves up by 2."""
    terms = PairTerms.none(1, 3)
    terms.saving[TARGET] = 0.02
    balance = settle(position(), terms)
    assert balance.deficit == pytest.approx([1.5, -2.0, 0.5])
    assert money.carried_forward(position(), balance, terms, BALANCED).reserves[TARGET] == pytest.approx(42.0)


def test_owners_go_without_what_reserves_do_not_make_good_of_frozen_assets():
    """Assets with the sender earn 1 % a quarter, all frozen; no credit is refused. Without reserves owners miss all of it, with usable reserves the rest."""
    terms = PairTerms.none(1, 3)
    terms.asset_freeze[SENDER, TARGET] = 1.0
    external = position()
    lost = P["asset_return"] * external.assets[SENDER, TARGET]
    assert lost > 0
    balance = settle(external, terms)
    assert balance.drawn[TARGET] > 0
    assert balance.frozen == pytest.approx([0.0, lost - balance.drawn[TARGET], 0.0])
    none = replace(external, holdings=np.zeros((3, 3)), base_reserves=np.zeros(3))
    assert settle(none, terms).frozen == pytest.approx([0.0, lost, 0.0])


def test_margins_earned_last_quarter_are_paid_in_this_one():
    due = np.array([0.0, -2.0, 2.0])
    assert settle(replace(position(), due=due), PairTerms.none(1, 3)).deficit == pytest.approx(due)


def test_a_state_that_may_neither_buy_nor_sell_has_no_deficit():
    """The target wants 6 but nothing may come in; the 6 it does not spend fall on the others 3 : 1."""
    flows = np.full((1, 3, 3), 10.0)
    permeability = np.ones((1, 3, 3))
    permeability[0, :, TARGET] = permeability[0, TARGET, :] = 0.0
    plan = settle(position(), PairTerms.none(1, 3), np.array([-4.0, 6.0, -2.0]))
    carried = reach.within_reach(plan, reach.Reach.of(permeability, flows), INCOME)
    assert carried.deficit[TARGET] == 0.0
    assert carried.deficit == pytest.approx([-4 + 4.5, 0.0, -2 + 1.5])


def test_what_is_cut_falls_on_the_others_and_not_back_on_who_was_cut():
    """The target may take in a tenth of its imports, so of the 6 it wants it has 1, half of what passes: the other 5 fall on the others 3 : 1."""
    flows = np.full((1, 3, 3), 10.0)
    permeability = np.ones((1, 3, 3))
    permeability[0, [SENDER, THIRD], TARGET] = 0.1
    passing = reach.Reach.of(permeability, flows)
    assert reach.reachable(np.array([-4.0, 6.0, -2.0]), passing, INCOME) == pytest.approx([-4 + 3.75, 1.0, -2 + 1.25])


def test_what_a_surplus_that_trade_cannot_carry_was_meant_for_is_not_paid():
    """Half of the 16 owed is due to a sender that lends no more, 8 x 0.25 = 2 a quarter, and nine tenths of the target's exports are stopped. It wants to save
    6 as well and rebuild reserves, but cannot earn more than a seventh of that: each payment out of the surplus shrinks by the same share, and what it pays its
    lenders is all that it borrows (less than nothing)."""
    terms = PairTerms.none(1, 3)
    terms.credit_ban[SENDER, TARGET] = 1.0
    terms.reserve_freeze[SENDER, TARGET] = 1.0
    terms.saving[TARGET] = 0.06
    flows = np.full((1, 3, 3), 5.0)
    permeability = np.ones((1, 3, 3))
    permeability[0, TARGET, [SENDER, THIRD]] = 0.1
    plan = settle(position(), terms)
    assert plan.deficit[TARGET] < -6.0
    carried = reach.within_reach(plan, reach.Reach.of(permeability, flows), INCOME)
    surplus = -carried.deficit[TARGET]
    assert 0.4 < surplus < 1.0
    by_surplus = plan.repaid[:, TARGET].sum() * plan.by_surplus[TARGET] + plan.rebuilt[TARGET] + plan.saved[TARGET]
    share = surplus / by_surplus
    assert carried.saved[TARGET] == pytest.approx(share * plan.saved[TARGET], rel=1e-6)
    assert carried.rebuilt[TARGET] == pytest.approx(share * plan.rebuilt[TARGET], rel=1e-6)
    assert carried.drawn[TARGET] == pytest.approx(plan.drawn[TARGET]) and plan.drawn[TARGET] > 0.0
    repaid = carried.repaid[:, TARGET].sum()
    assert repaid == pytest.approx(plan.drawn[TARGET] + share * (plan.repaid[:, TARGET].sum() - plan.drawn[TARGET]), rel=1e-6)
    assert carried.borrowing[TARGET] == pytest.approx(-repaid, rel=1e-6)
    later = money.carried_forward(position(), carried, terms, BALANCED)
    assert later.debt[:, TARGET].sum() == pytest.approx(position().debt[:, TARGET].sum() - repaid)
    assert later.reserves[TARGET] == pytest.approx(40.0 + carried.saved[TARGET] + carried.rebuilt[TARGET] - carried.drawn[TARGET])


def test_margins_and_grants_that_cannot_be_paid_are_received_by_nobody():
    """Nothing may leave the target: the 3 it owes a connector and the grant it wanted to give come to nothing, on both sides."""
    terms = PairTerms.none(1, 3)
    terms.giving[TARGET, THIRD] = 0.02
    plan = settle(replace(position(), due=np.array([1.0, -3.0, 2.0])), terms)
    assert plan.given[THIRD] == pytest.approx(2.0)
    permeability = np.ones((1, 3, 3))
    permeability[0, TARGET, [SENDER, THIRD]] = 0.0
    carried = reach.within_reach(plan, reach.Reach.of(permeability, np.full((1, 3, 3), 10.0)), INCOME)
    assert carried.deficit[TARGET] == pytest.approx(0.0)
    assert carried.transfers == pytest.approx(np.zeros(3)) and carried.given == pytest.approx(np.zeros(3))
    assert carried.borrowing[TARGET] == pytest.approx(0.0)


def test_the_exchange_rate_compares_own_factor_prices_with_partners():
    """Own factors 10 % cheaper in all sectors, partners unchanged: 0.9; a partner with half of the trade gains 1 / sqrt(0.9)."""
    prices = np.array([[1.0, 0.9, 1.0]])
    partners = np.array([[0.0, 0.5, 0.5], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]])
    rate = money.exchange_rate(prices, np.ones((1, 3)), partners)
    assert rate[TARGET] == pytest.approx(0.9)
    assert rate[SENDER] == pytest.approx(0.9**-0.5)
    assert rate[THIRD] == pytest.approx(1.0)


def test_foreign_money_is_kept_with_partners_that_are_financial_centres():
    """Trade half and half with two partners of reach 0.6 and 0.2: three quarters and one quarter."""
    exposure = np.array([[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]])
    kept = money.ties(exposure, np.array([0.6, 0.0, 0.2]))
    assert kept[:, TARGET] == pytest.approx([0.75, 0.0, 0.25])
    assert kept[:, SENDER] == pytest.approx([0.0, 1.0, 0.0])  # no partner of the sender sells services: trade alone


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_accounts_balance_and_stay_finite_for_sixty_quarters_of_anything(seed: int):
    """Deficits and transfers sum to zero, private lending mirrors reserves, stocks change by their flows, nothing is negative."""
    rng = np.random.default_rng(seed)
    n = 5
    income = rng.exponential(100.0, n) + 1.0
    exposure = rng.uniform(size=(n, n)) * (1 - np.eye(n))
    exposure /= exposure.sum(axis=1, keepdims=True)
    kept = money.ties(exposure, rng.exponential(1.0, n))
    held = rng.uniform(size=(n, n)) * (1 - np.eye(n)) / n
    external = money.base_position(kept, income * rng.exponential(0.3, n), held, income * rng.exponential(0.5, n), income)
    base = income * rng.normal(0, 0.1, n)
    base -= income * base.sum() / income.sum()
    first = income
    for _ in range(60):
        terms = PairTerms.none(2, n)
        for name in ("reserve_freeze", "asset_freeze", "credit_ban"):
            getattr(terms, name)[:] = rng.choice([0.0, 0.5, 1.0], (n, n))
        terms.saving[:] = rng.choice([0.0, 0.1], n)
        terms.lending[:] = rng.choice([0.0, 0.1], (n, n), p=[0.9, 0.1]) * (1 - np.eye(n))
        income = income * np.exp(rng.normal(0, 0.3, n))
        balance = money.settle(external, terms, money.usual(base, first, income), income, kept, P)
        flows, open_ = rng.exponential(10.0, (2, n, n)), rng.choice([0.0, 1e-6, 1.0], (2, n, n))
        balance = reach.within_reach(balance, reach.Reach.of(open_, flows), income)
        due = rng.normal(0, 1, n)
        due -= due.mean()
        later = money.carried_forward(external, balance, terms, due)
        scale = income.sum()
        assert abs(balance.deficit.sum()) < 1e-9 * scale
        assert abs(balance.loans.sum()) < 1e-9 * scale
        change = later.reserves - external.reserves
        assert change == pytest.approx(balance.rebuilt + balance.saved - balance.drawn, abs=1e-9 * scale)
        assert balance.borrowing.sum() == pytest.approx(change.sum(), abs=1e-9 * scale)
        for stock in (later.holdings, later.debt, later.loans):
            assert np.isfinite(stock).all() and (stock >= 0).all()
        external = later
