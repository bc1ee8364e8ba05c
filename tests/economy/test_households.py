"""Households: incomes, baskets, poverty and essentials by hand, and accounts that add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import api
from sim.economy.households import ELITE, Living, People, essentials, fitted, incomes, live, lorenz_shares, spread
from sim.parameters import resolve

NEUTRAL = {"exposure_poor": 0.0, "engel_food": 0.0, "engel_energy": 0.0, "rent_concentration": 0.0, "skill_tilt": 0.0, "coping": 0.0}


def one_state(gini: float = 40.0, **changed: float) -> tuple[People, dict[str, float]]:
    """One state with food (income 20), tech (30) and finance (50); final shares 0.2, 0.3, 0.5."""
    p = dict(resolve(changed))
    final = np.array([[0.2], [0.3], [0.5]])
    people = People.of(
        [gini], ["food", "high_tech", "finance"], [True, False, False], 100.0 * final, np.array([100.0]), final, [None], [None], p
    )
    return people, p


def fare(people: People, p: dict[str, float], income: float = 1.0, prices: tuple[float, ...] = (1.0, 1.0, 1.0), **given: Any) -> Living:
    base = np.array([[20.0], [30.0], [50.0]])
    price = np.array(prices)[:, None]
    consumer = np.exp((np.array([0.2, 0.3, 0.5])[:, None] * np.log(price)).sum(axis=0))
    own = incomes(people, base * income, np.zeros(1), income / consumer, p)
    arguments = {"taxes": np.zeros(1), "transfers": np.zeros((1, 5)), "stores": np.zeros((3, 1)), "before": None, **given}
    return live(people, own, price, p=p, **arguments)


def test_a_gini_of_forty_gives_the_lognormal_quintile_shares() -> None:
    """sigma = sqrt 2 * Phi^-1(0.7) = 1.41421 * 0.52440 = 0.74161; poorest Phi(-0.84162 - 0.74161) = Phi(-1.58323) = 0.05668."""
    assert spread(0.4) == pytest.approx(0.74161, abs=1e-5)
    shares = lorenz_shares(0.4, 5)
    assert shares[0] == pytest.approx(0.05668, abs=1e-5)
    assert shares[4] == pytest.approx(0.46012, abs=1e-4)
    assert shares.sum() == pytest.approx(1.0, abs=1e-15)


def test_scaling_to_rows_and_columns_meets_both() -> None:
    """Rows (3, 7) and columns (4, 6) of a table of ones: proportional, 3*4/10 = 1.2 in the corner."""
    table = fitted(np.ones((2, 2)), np.array([3.0, 7.0]), np.array([4.0, 6.0]))
    assert table == pytest.approx(np.array([[1.2, 1.8], [2.8, 4.2]]))


def test_baskets_make_up_the_states_demand_and_the_poor_spend_more_on_food() -> None:
    """With an Engel elasticity of one half the poorest fifth (5.7 % of spending, 0.28 of the mean) buys clearly more food than the 20 % of the state."""
    people, _ = one_state()
    assert people.baskets.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    assert (people.baskets[:, 0] * people.shares[0]).sum(axis=1) == pytest.approx([0.2, 0.3, 0.5], abs=1e-12)
    assert people.baskets[0, 0, 0] > 0.3
    assert people.baskets[0, 0, ELITE] < 0.2
    assert (np.diff(people.baskets[0, 0]) < 0).all()


def test_a_scenario_may_say_how_much_the_poorest_spend_on_food() -> None:
    """The Engel elasticity is chosen so that the poorest fifth's share comes out as asked."""
    p = resolve()
    final = np.array([[0.2], [0.8]])
    people = People.of([40.0], ["food", "other"], [True, False], 100 * final, np.array([100.0]), final, [0.45], [None], p)
    assert people.baskets[0, 0, 0] == pytest.approx(0.45, abs=1e-9)


def test_at_the_base_every_quintile_has_its_share_of_income() -> None:
    """Wages, rents and the rest are split differently but come to the Gini's shares: income 100, saving 22 %."""
    people, p = one_state()
    now = fare(people, p)
    assert now.income[0] == pytest.approx(100.0 * people.shares[0], rel=1e-10)
    assert now.consumption[0] == pytest.approx(78.0 * people.shares[0], rel=1e-10)
    assert now.essentials[0] == 1.0
    assert now.public[0] == pytest.approx(0.0, abs=1e-9)


def test_incomes_add_up_to_the_states_income_whatever_happens() -> None:
    """Sectors at 10, 45 and 20 and 7 from abroad make 82, in any quarter."""
    people, p = one_state()
    got = incomes(people, np.array([[10.0], [45.0], [20.0]]), np.array([7.0]), np.array([0.6]), p)
    assert got.sum() == pytest.approx(82.0, rel=1e-14)
    assert (got > 0).all()


def test_when_wages_fall_the_poorest_lose_a_larger_share() -> None:
    """All incomes down 20 %: without exposure everybody loses 20 %; with it the poorest lose more and the richest less."""
    people, p = one_state(**NEUTRAL)
    even = fare(people, p, income=0.8)
    assert even.consumption[0] / people.consumption[0] == pytest.approx(0.8)
    people, p = one_state(**{**NEUTRAL, "exposure_poor": 0.5})
    lost = 1 - fare(people, p, income=0.8).consumption[0] / people.consumption[0]
    assert lost[0] > 0.25 > 0.2 > lost[4] > 0.1
    assert (np.diff(lost) < 0).all()


def test_dear_food_costs_the_poor_more() -> None:
    """Food twice as dear: a household that spends b on food needs 2**b as much; the poorest fifth's b is the largest."""
    people, p = one_state(**{**NEUTRAL, "engel_food": 0.5})
    now = fare(people, p, prices=(2.0, 1.0, 1.0), income=2.0**0.2)
    assert now.prices[0] == pytest.approx(2.0 ** people.baskets[0, 0])
    assert now.consumption[0, 0] / people.consumption[0, 0] == pytest.approx(2.0 ** (0.2 - people.baskets[0, 0, 0]), rel=1e-9)


def test_bills_are_paid_in_proportion_to_income_and_transfers_by_everybody() -> None:
    """A bill of 10 takes a tenth of every income of 100. A transfer of 6 to the poorest costs everybody 6 %, the poorest too."""
    people, p = one_state(**NEUTRAL)
    taxed = fare(people, p, taxes=np.array([10.0]))
    assert taxed.disposable[0] == pytest.approx(90.0 * people.shares[0])
    assert taxed.consumption[0].sum() == pytest.approx(68.0)
    gift = np.zeros((1, 5))
    gift[0, 0] = 6.0
    moved = fare(people, p, transfers=gift)
    assert moved.disposable.sum() == pytest.approx(100.0)
    assert moved.disposable[0, 0] == pytest.approx(94.0 * people.shares[0, 0] + 6.0)


def test_what_goes_into_store_is_not_eaten_and_comes_back_later() -> None:
    """5 % of base food spending put in store: consumption falls by 0.05 * 0.2 * 78 = 0.78."""
    people, p = one_state(**NEUTRAL)
    stores = np.array([[-0.05], [0.0], [0.0]])
    assert fare(people, p, stores=stores).consumption.sum() == pytest.approx(78.0 - 0.78)
    assert fare(people, p, stores=-stores).consumption.sum() == pytest.approx(78.0 + 0.78)


def test_the_poverty_gap_is_the_mean_shortfall_below_half_of_the_median() -> None:
    """Gini 40: d = ln 0.5 / 0.74161 = -0.93465, Phi(d) = 0.1750; E[y/z; poor] = 2 e^(s^2/2) Phi(d - s) = 2*1.3166*Phi(-1.6763) = 0.1235;
    the gap is 0.0515, and thirty slices come close. When everybody loses a fifth it rises; when nobody does it does not."""
    people, p = one_state(**NEUTRAL)
    base = fare(people, p).poverty_gap[0]
    assert base == pytest.approx(5.15, abs=0.1)
    assert fare(people, p, income=0.8).poverty_gap[0] > base + 2.0
    assert fare(people, p, income=0.99).poverty_gap[0] < base + 0.5


def test_small_losses_leave_essentials_whole_and_large_ones_do_not() -> None:
    """Coping 0.08: purchasing power down 5 % leaves 1; down 20 % leaves 0.8 / 0.92 = 0.8696 (only food is essential, prices unchanged)."""
    people, p = one_state(**{**NEUTRAL, "coping": 0.08})
    assert essentials(people, np.full((1, 5), 0.95), np.ones((3, 1)), np.zeros((3, 1)), p)[0] == 1.0
    assert essentials(people, np.full((1, 5), 0.8), np.ones((3, 1)), np.zeros((3, 1)), p)[0] == pytest.approx(0.8 / 0.92)


def test_frozen_income_is_missed_by_owners() -> None:
    """Of 100 a state lacks 2 that are frozen abroad: each fifth misses its share of rents in 2, and incomes sum to 98. Without the
    freeze the same 2 are paid in proportion to income."""
    people, p = one_state(**{**NEUTRAL, "rent_concentration": 1.0})
    factor = np.array([[20.0], [30.0], [50.0]])
    before = incomes(people, factor, np.zeros(1), np.ones(1), p)
    frozen = incomes(people, factor, np.array([-2.0]), np.ones(1), p, np.array([2.0]))
    levied = incomes(people, factor, np.array([-2.0]), np.ones(1), p)
    assert frozen.sum() == pytest.approx(98.0) and levied.sum() == pytest.approx(98.0)
    np.testing.assert_allclose(before - frozen, 2.0 * people.rents)
    np.testing.assert_allclose(before - levied, 2.0 * people.shares)
    assert people.rents[0, -1] > people.shares[0, -1] + 0.05


def test_owners_miss_no_more_than_they_earn() -> None:
    """A state that earns nothing at home but 1, with 10 frozen: incomes sum to what there is, and nobody's is negative."""
    people, p = one_state(**NEUTRAL)
    factor = np.array([[0.2], [0.3], [0.5]])
    got = incomes(people, factor, np.array([4.0]), np.ones(1), p, np.array([10.0]))
    assert got.sum() == pytest.approx(5.0) and (got >= 0.0).all()


def test_what_stores_give_counts_once_among_essentials() -> None:
    """Incomes down 20 %, and stores give 5 % of the usual food, the only essential: 0.8 + 0.05 of the usual, over 1 - 0.08. The basket has it too: of 100, 20
    are food, so consumption rises by a hundredth of its base."""
    people, p = one_state(**{**NEUTRAL, "coping": 0.08})
    stores = np.array([[0.05], [0.0], [0.0]])
    given, none = fare(people, p, income=0.8, stores=stores), fare(people, p, income=0.8)
    assert given.essentials[0] == pytest.approx(0.85 / 0.92)
    assert given.consumption.sum() - none.consumption.sum() == pytest.approx(0.01 * 78.0)


def test_what_goes_into_store_is_missing_among_essentials_too() -> None:
    """Incomes down 20 % and 5 % of the usual food put in store, a hundredth of base spending: 0.8 - 0.01 of the usual, over 1 - 0.08."""
    people, p = one_state(**{**NEUTRAL, "coping": 0.08})
    assert fare(people, p, income=0.8, stores=np.array([[-0.05], [0.0], [0.0]])).essentials[0] == pytest.approx(0.79 / 0.92)


def test_essentials_follow_with_a_lag() -> None:
    """From 1 towards 0.8 at 35 % of the gap a quarter: 0.93 at first."""
    people, p = one_state(**NEUTRAL)
    now = fare(people, p, income=0.8, before=np.ones(1))
    assert now.essentials[0] == pytest.approx(0.93)


def test_quintiles_add_up_in_every_quarter_of_a_run() -> None:
    """Consumption of the fifths is the state's; incomes of the fifths are the state's income."""
    run = api.run("who-pays", quarters=8, governments=False)
    states = run.states.set_index(["quarter", "state"])
    people = run.households.groupby(["quarter", "state"])
    assert people["consumption"].sum().to_numpy() == pytest.approx(states["consumption"].to_numpy(), rel=1e-9)
    assert people["income"].sum().to_numpy() == pytest.approx((states["real_income"] * states["price_index"]).to_numpy(), rel=1e-9)


@pytest.mark.parametrize("off", [False, True])
def test_the_poor_lose_more_and_only_because_their_wages_swing_more(off: bool) -> None:
    """O13 in the comprehensive package: bottom fifth over mean between 1.1 and 2.5, poverty gap 2 to 8 points; with the mechanism off, a ratio below 1.1."""
    changed = {"exposure_poor": 0.0} if off else {}
    quarters = 13
    run = api.run("who-pays", quarters=quarters, governments=False, parameters=changed)
    twin = api.run("who-pays", quarters=quarters, governments=False, timetable=False, parameters=changed)
    both = run.households.merge(twin.households, on=["quarter", "state", "quintile"]).query("state == 'CORVANE' and quarter >= 3")
    lost = 1.0 - both.groupby("quintile")["consumption_x"].sum() / both.groupby("quintile")["consumption_y"].sum()
    mean = 1.0 - both["consumption_x"].sum() / both["consumption_y"].sum()
    ratio = lost[1] / mean
    there = "state == 'CORVANE' and quarter == 12"
    gap = (run.states.query(there)["poverty_gap"].to_numpy() - twin.states.query(there)["poverty_gap"].to_numpy()).item()
    if off:
        assert ratio < 1.1
    else:
        assert 1.1 < ratio < 2.5
        assert 2.0 < gap < 8.0
