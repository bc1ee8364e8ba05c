"""The equilibrium against closed forms and against itself."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Weights, solve
from sim.refusals import Refusal
from tests.economy.worlds import random_world


def only_at_home(accounts: Accounts) -> np.ndarray:
    permeability = np.zeros(accounts.flows.shape)
    for state in range(len(accounts.states)):
        permeability[:, state, state] = 1.0
    return permeability


def test_no_change_gives_exactly_one():
    """Started at the base, the first sweep finds no gap: hats are 1 to rounding and every flow is its own."""
    world = random_world(5, 3, seed=1)
    solution = solve(world, Change(), tolerance=1e-12)
    assert solution.status == "converged"
    assert solution.real_income == pytest.approx(np.ones(5), abs=1e-14)
    assert solution.flows == pytest.approx(world.flows, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_weights_are_shares_times_what_passes_and_what_it_costs(seed: int):
    """Costs of few kinds, elasticities that come again, tariffs here and there: `pi * weight * (cost (1 + t') / (1 + t))**-theta`, cell by cell."""
    rng = np.random.default_rng(seed)
    accounts = random_world(5, 4, seed=seed)
    accounts = dataclasses.replace(accounts, elasticity=np.array([3.0, 5.0, 5.0, 3.0]))
    shape = accounts.flows.shape
    cost, permeability = rng.choice([1.0, 1.1, 1.3], shape), rng.choice([0.0, 0.5, 1.0], shape)
    tariffs = accounts.tariffs + rng.choice([0.0, 0.2], shape, p=[0.8, 0.2])
    found = Weights.of(accounts, Change(permeability=permeability, cost=cost, tariffs=tariffs), 0.5)
    dearer = cost * (1.0 + tariffs) / (1.0 + accounts.tariffs)
    assert found.full == pytest.approx(accounts.shares * permeability * dearer ** -(0.5 * accounts.elasticity)[:, None, None], rel=1e-13)
    assert found.net == pytest.approx(found.full / (1.0 + tariffs), rel=1e-13)
    assert (found.sold == (found.full > 0).any(axis=2)).all() and (found.supplied == (found.full > 0).any(axis=1)).all()


def test_autarky_in_one_sector_costs_the_home_share_to_the_one_over_theta():
    """Two states, theta 4, home shares 0.8 and 0.9, balanced: real income 0.8**(1/4) = 0.945742 and 0.9**(1/4) = 0.974004."""
    flows = np.array([[[80.0, 20.0], [20.0, 180.0]]])
    world = Accounts.build(["A", "B"], ["s"], flows, np.array([4.0]))
    solution = solve(world, Change(permeability=only_at_home(world)), tolerance=1e-12)
    assert solution.status == "converged"
    assert solution.real_income == pytest.approx([0.8**0.25, 0.9**0.25], rel=1e-12)
    assert list(solution.block) == [0, 1]


def test_autarky_with_inputs_is_the_leontief_product():
    """`ln real income = sum_k a_k sum_s L[s,k] ln(pi_home_s) / theta_s`, L = (I - io)**-1 transposed, for balanced trade."""
    world = random_world(4, 3, seed=2, tariffs=False, balanced=True)
    solution = solve(world, Change(permeability=only_at_home(world)), tolerance=1e-12)
    for state in range(4):
        log_home = np.log(world.shares[:, state, state]) / world.elasticity
        price = np.linalg.solve(np.eye(3) - world.inputs[:, :, state].T, -log_home)
        # prices rise by home shares, own and of the inputs; wages are the numeraire of a state alone
        assert np.log(solution.real_income[state]) == pytest.approx(-(world.final_shares[:, state] * price).sum(), abs=1e-11)


def test_welfare_is_the_home_share_formula_of_arkolakis_costinot_rodriguez_clare():
    """One sector, no inputs, balanced, no tariffs: `W' = (pi_nn'/pi_nn)**(-1/theta)` after any change of foreign trade costs."""
    world = random_world(6, 1, seed=3, tariffs=False, inputs=False, balanced=True)
    cost = np.ones(world.flows.shape)
    cost[:, 0, 1:] = 1.3
    cost[:, 2, 4] = 0.8
    solution = solve(world, Change(cost=cost), tolerance=1e-12)
    home = np.einsum("sii->i", solution.shares) / np.einsum("sii->i", world.shares)
    assert solution.real_income == pytest.approx(home ** (-1.0 / world.elasticity[0]), rel=1e-11)


def test_dearer_trade_everywhere_divides_real_income_exactly():
    """Without inputs, k = 1.7 on every cost, at home too, leaves shares alone and divides real income by 1.7."""
    world = random_world(5, 4, seed=4, tariffs=False, inputs=False)
    solution = solve(world, Change(cost=np.full(world.flows.shape, 1.7)), tolerance=1e-12)
    assert solution.shares == pytest.approx(world.shares, rel=1e-11)
    assert solution.flows == pytest.approx(world.flows, rel=1e-10)
    assert solution.real_income == pytest.approx(np.full(5, 1 / 1.7), rel=1e-12)


def test_the_unit_of_the_flows_changes_nothing():
    world = random_world(4, 3, seed=5)
    other = Accounts.build(world.states, world.sectors, world.flows * 1e6, world.elasticity, world.value_added, world.inputs, world.tariffs)
    ban = np.ones(world.flows.shape)
    ban[:, 0, 1] = 0.0
    one, two = (solve(each, Change(permeability=ban), tolerance=1e-12) for each in (world, other))
    assert one.real_income == pytest.approx(two.real_income, rel=1e-12)


def test_relabelling_states_changes_nothing():
    world = random_world(6, 3, seed=6)
    order = np.array([3, 0, 5, 1, 4, 2])
    turned = Accounts.build(
        [world.states[i] for i in order], world.sectors, world.flows[:, order][:, :, order], world.elasticity,
        world.value_added[:, order], world.inputs[:, :, order], world.tariffs[:, order][:, :, order],
    )
    ban = np.ones(world.flows.shape)
    ban[:, 0, 1] = 0.0
    one = solve(world, Change(permeability=ban), tolerance=1e-12)
    two = solve(turned, Change(permeability=ban[:, order][:, :, order]), tolerance=1e-12)
    assert two.real_income == pytest.approx(one.real_income[order], rel=1e-12)


def test_short_run_losses_are_larger_than_long_run_losses():
    world = random_world(5, 3, seed=7)
    ban = np.ones(world.flows.shape)
    ban[:, 0, 1] = 0.0
    long_run = solve(world, Change(permeability=ban))
    short = solve(world, Change(permeability=ban), impact_share=0.25, mobility="specific")
    assert short.real_income[1] < long_run.real_income[1] < 1.0


def test_losses_grow_with_the_severity_of_a_measure():
    world = random_world(5, 3, seed=8)
    incomes = []
    for legal in (1.0, 0.7, 0.4, 0.1, 0.0):
        permeability = np.ones(world.flows.shape)
        permeability[:, 1:, 0] = legal
        permeability[:, 0, 1:] = legal
        permeability[:, 0, 0] = 1.0
        incomes.append(solve(world, Change(permeability=permeability), deficits="zero", tolerance=1e-12).real_income[0])
    assert all(later < earlier for earlier, later in pairwise(incomes))


def test_a_cut_off_state_with_a_fixed_deficit_has_no_equilibrium_and_the_sentence_names_it():
    world = random_world(4, 2, seed=9, balanced=False)
    closed = np.ones(world.flows.shape)
    closed[:, 0, 1:] = 0.0
    closed[:, 1:, 0] = 0.0
    solution = solve(world, Change(permeability=closed))
    assert solution.status == "no equilibrium"
    assert "S0 would run a" in solution.message and "with nobody" in solution.message


def test_one_way_trade_has_no_equilibrium():
    world = random_world(4, 2, seed=10)
    one_way = np.ones(world.flows.shape)
    one_way[:, 0, 1:] = 0.0
    solution = solve(world, Change(permeability=one_way), deficits="proportional")
    assert solution.status == "no equilibrium"
    assert "S0 may buy from S1 but can sell nothing to it" in solution.message


def test_a_sector_that_nobody_may_supply_has_no_equilibrium():
    world = random_world(4, 2, seed=11)
    nothing = np.ones(world.flows.shape)
    nothing[1, :, 2] = 0.0
    solution = solve(world, Change(permeability=nothing))
    assert solution.status == "no equilibrium"
    assert "S2 must spend on K1, which nobody may supply" in solution.message


def test_negative_final_demand_is_refused_with_state_and_sector():
    """A sells 100 of a good whose making uses 90 of itself but buys only 50 of it."""
    with pytest.raises(Refusal, match="final demand for s in A is negative"):
        Accounts.build(["A", "B"], ["s"], np.array([[[40.0, 60.0], [10.0, 90.0]]]), np.array([4.0]), inputs=np.full((1, 1, 2), 0.9))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 40), st.integers(1, 12), st.integers(0, 10_000), st.floats(0, 0.6), st.sampled_from(["mobile", "specific"]),
    st.sampled_from([0.25, 1.0]),
)
def test_random_worlds_with_zeros_and_bans_balance_or_say_why_not(states, sectors, seed, banned, mobility, impact_share):
    """Every account of every solution closes to 1e-9 of world income; otherwise there is a sentence and no number."""
    world = random_world(states, sectors, seed=seed, zeros=0.2)
    rng = np.random.default_rng(seed)
    permeability = np.where(rng.random(world.flows.shape) < banned, rng.choice([0.0, 0.3, 0.9], world.flows.shape), 1.0)
    for state in range(states):
        permeability[:, state, state] = 1.0
    solution = solve(world, Change(permeability=permeability), mobility=mobility, impact_share=impact_share, deficits="proportional", tolerance=1e-11)
    assert solution.status in ("converged", "no equilibrium"), solution.message
    if solution.status == "no equilibrium":
        assert solution.message.startswith("There is no equilibrium: ")
        assert np.isnan(solution.real_income).all()
        return
    total = world.factor_income.sum()
    assert solution.residual <= 1e-11 and max(solution.adding_up) <= 1e-9
    assert abs(solution.flows.sum(axis=2) - solution.output).max() <= 1e-9 * total
    assert abs((solution.flows * (1 + world.tariffs)).sum(axis=1) - solution.spending).max() <= 1e-9 * total
    assert abs(solution.deficit.sum()) <= 1e-9 * total
    assert (solution.flows[permeability == 0] == 0).all()
    assert np.isfinite(solution.real_income).all() and (solution.real_income > 0).all()
