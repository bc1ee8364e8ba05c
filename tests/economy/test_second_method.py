"""The solver against an independent second method, to 1e-9 percentage points, and laws that hold whatever the method."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, solve
from tests.economy.second_method import possible, problem, second_answer
from tests.economy.worlds import random_world

POINTS = 1e-11  # 1e-9 percentage points, as a ratio


def random_change(world: Accounts, seed: int, bans: float) -> Change:
    """Costs, tariffs, productivity, factor quantities, old relationships and partial and total bans; home sales are never banned."""
    rng = np.random.default_rng(seed + 1000)
    shape, home = world.flows.shape, np.eye(len(world.states), dtype=bool)[None]
    permeability = np.where(rng.random(shape) < bans, rng.choice([0.0, 0.0, 0.3, 0.8], shape), 1.0)
    return Change(
        permeability=np.where(home, 1.0, permeability),
        preference=np.exp(rng.normal(0.0, 0.1, shape)),
        cost=np.where(home, 1.0, np.exp(rng.normal(0.1, 0.1, shape))),
        tariffs=np.where(home, 0.0, world.tariffs + rng.uniform(0.0, 0.3, shape)),
        productivity=np.exp(rng.normal(0.0, 0.05, shape[:2])),
        factors=np.exp(rng.normal(0.0, 0.05, shape[:2])),
    )


def agree(world: Accounts, change: Change, **how: object) -> None:
    """Both methods give the same real incomes, prices, flows and factor incomes, or both see that there is no equilibrium."""
    puzzle = problem(world, change, **how)
    solution = solve(world, change, tolerance=1e-12, **how)
    if not possible(puzzle):
        assert solution.status == "no equilibrium"
        return
    if "pay out more than it earns" in solution.message:  # a fixed surplus beyond all income: only solving can tell
        return
    assert solution.status == "converged", solution.message
    answer = second_answer(puzzle)
    assert answer.gap < 1e-12, "the second method itself must have solved it"
    assert abs(solution.real_income - answer.real_income).max() < POINTS
    assert abs(solution.consumer_prices / answer.consumer_prices - 1).max() < 2 * POINTS
    assert abs(solution.factor_income.sum(axis=0) / answer.factor_income - 1).max() < 2 * POINTS
    assert abs(solution.flows - answer.flows).max() < POINTS * world.flows.sum()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.integers(2, 6), st.integers(1, 3), st.integers(0, 10_000), st.sampled_from([0.0, 0.3]), st.sampled_from([0.0, 0.25, 0.5]),
    st.sampled_from(["mobile", "specific"]), st.sampled_from(["fixed", "proportional", "zero"]), st.sampled_from([1.0, 0.25]), st.booleans(),
)
def test_both_methods_agree_on_random_worlds(states, sectors, seed, zeros, bans, mobility, deficits, impact_share, inputs):
    world = random_world(states, sectors, seed=seed, zeros=zeros, inputs=inputs)
    agree(world, random_change(world, seed, bans), mobility=mobility, deficits=deficits, impact_share=impact_share)


@pytest.mark.parametrize("mobility", ["mobile", "specific"])
@pytest.mark.parametrize("deficits", ["fixed", "proportional", "zero"])
@pytest.mark.parametrize("sectors", [1, 3])
def test_both_methods_agree_in_every_mode(sectors, deficits, mobility):
    world = random_world(5, sectors, seed=21)
    agree(world, random_change(world, 21, 0.2), mobility=mobility, deficits=deficits)


def test_both_methods_agree_on_a_world_of_twelve_states_and_six_sectors():
    """The size of a class's world, with inputs, tariffs, deficits and an embargo of one state by five."""
    world = random_world(12, 6, seed=22)
    permeability = np.ones(world.flows.shape)
    permeability[:, 1:6, 0] = permeability[:, 0, 1:6] = 0.0
    agree(world, Change(permeability=permeability))


def test_both_methods_agree_where_trade_has_fallen_into_blocks():
    """Two groups of three that may not trade with each other, balanced between them by construction."""
    world = random_world(6, 2, seed=23, balanced=True, tariffs=False)
    apart = np.array([0, 0, 0, 1, 1, 1])
    permeability = np.ones(world.flows.shape) * (apart[:, None] == apart[None, :])
    assert len(np.unique(solve(world, Change(permeability=permeability), deficits="proportional").block)) == 2
    agree(world, Change(permeability=permeability), deficits="proportional")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(2, 8), st.integers(1, 6), st.integers(0, 10_000), st.sampled_from(["mobile", "specific"]), st.floats(0.3, 3.0))
def test_multiplying_every_trade_cost_by_k_divides_real_income_by_k(states, sectors, seed, mobility, k):
    """Without inputs, k on domestic costs too leaves shares and flows alone, in both factor arrangements and with any deficits."""
    world = random_world(states, sectors, seed=seed, inputs=False, zeros=0.2)
    solution = solve(world, Change(cost=np.full(world.flows.shape, k)), mobility=mobility, deficits="zero", tolerance=1e-13)
    assert abs(solution.real_income * k - 1).max() < POINTS
    assert abs(solution.flows - solution.base.flows).max() < POINTS * world.flows.sum()
    assert abs(solution.shares - solution.base.shares).max() < POINTS


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(2, 6), st.integers(1, 5), st.integers(0, 10_000), st.sampled_from([1.0, 0.25]))
def test_autarky_is_the_leontief_product_on_random_worlds(states, sectors, seed, impact_share):
    """`ln real income_j = sum_k a_k sum_s L[s,k] ln(pi_home_s) / theta_s`, with the input shares of each state its own L."""
    world = random_world(states, sectors, seed=seed, tariffs=False, balanced=True)
    permeability = np.broadcast_to(np.eye(states), world.flows.shape).copy()
    solution = solve(world, Change(permeability=permeability), impact_share=impact_share, deficits="zero", tolerance=1e-13)
    base = solution.base
    for state in range(states):
        log_home = np.log(base.shares[:, state, state]) / (base.elasticity * impact_share)
        leontief = np.linalg.inv(np.eye(sectors) - base.inputs[:, :, state])  # [used, made]
        expected = (log_home @ leontief) @ base.final_shares[:, state]
        assert abs(np.log(solution.real_income[state]) - expected) < POINTS


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(3, 7), st.integers(1, 4), st.integers(0, 10_000), st.sampled_from(["mobile", "specific"]))
def test_an_embargoed_state_loses_more_the_more_severe_the_embargo(states, sectors, seed, mobility):
    """Permeability of all its foreign trade from 1 to 0 in five steps: real income falls strictly at each, without tariffs and in balance."""
    world = random_world(states, sectors, seed=seed, tariffs=False)
    incomes = []
    for legal in (1.0, 0.75, 0.5, 0.25, 0.0):
        permeability = np.ones(world.flows.shape)
        permeability[:, 0, 1:] = permeability[:, 1:, 0] = legal
        solution = solve(world, Change(permeability=permeability), mobility=mobility, deficits="zero", tolerance=1e-13)
        assert solution.status == "converged"
        incomes.append(solution.real_income[0])
    assert all(later < earlier for earlier, later in pairwise(incomes))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    st.integers(2, 8), st.integers(1, 5), st.integers(0, 10_000), st.sampled_from(["mobile", "specific"]), st.sampled_from(["fixed", "proportional", "zero"])
)
def test_names_order_and_units_change_nothing_on_random_worlds(states, sectors, seed, mobility, deficits):
    """States and sectors reshuffled and flows in another unit: the same real incomes, in the new order."""
    world = random_world(states, sectors, seed=seed, zeros=0.2)
    change = random_change(world, seed, 0.2)
    first = solve(world, change, mobility=mobility, deficits=deficits, tolerance=1e-13)
    assume(first.status == "converged")
    rng = np.random.default_rng(seed)
    order, kinds = rng.permutation(states), rng.permutation(sectors)

    def turned(values: np.ndarray) -> np.ndarray:
        return values[kinds][:, order] if values.ndim == 2 else values[kinds][:, order][:, :, order]

    other = Accounts.build(
        [world.states[i] for i in order], [world.sectors[s] for s in kinds], 1e3 * turned(world.flows), world.elasticity[kinds],
        turned(world.value_added), world.inputs[kinds][:, kinds][:, :, order], turned(world.tariffs),
    )
    moved = Change(**{name: turned(getattr(change, name)) for name in ("permeability", "preference", "cost", "tariffs", "productivity", "factors")})
    second = solve(other, moved, mobility=mobility, deficits=deficits, tolerance=1e-13)
    assert second.status == "converged"
    assert abs(second.real_income - first.real_income[order]).max() < POINTS
    assert abs(second.flows / 1e3 - turned(first.flows)).max() < POINTS * world.flows.sum()


def test_the_residual_reaches_1e_12_on_real_sizes():
    """31 states x 12 sectors with inputs, tariffs and deficits, an embargo by all partners but one: residual and both adding-up gaps."""
    world = random_world(31, 12, seed=24)
    permeability = np.ones(world.flows.shape)
    permeability[:, 0, 2:] = permeability[:, 2:, 0] = 0.0
    solution = solve(world, Change(permeability=permeability), deficits="proportional", tolerance=1e-12)
    assert solution.status == "converged" and solution.residual <= 1e-12 and max(solution.adding_up) <= 1e-12
