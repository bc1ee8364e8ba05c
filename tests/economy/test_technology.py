"""Technology and localisation: Wright's law, what is lent and what is mastered, missing parts, and effort that pays."""

from __future__ import annotations

import numpy as np
import pytest

from sim.economy import localisation, technology
from sim.economy.technology import Licences, Technology
from sim.parameters import resolve

P = {**resolve(), "learning_rate": 0.2, "practice_years": 2.0, "technology_lent": 0.5, "learning_by_doing": 0.04, "forgetting": 0.05}
SHAPE = (1, 1)


def licence(gap: float = 0.4, share: float = 1.0, help_: float = 1.0) -> Licences:
    return Licences(*(np.full(SHAPE, value) for value in (gap, share, help_)))


def test_unit_cost_falls_by_the_learning_rate_each_time_experience_doubles() -> None:
    """b = -log2(0.8) = 0.32193; doubling: 2**-b = 0.8."""
    assert technology.exponent(0.2) == pytest.approx(0.321928, abs=1e-6)
    assert 2.0 ** -technology.exponent(0.2) == pytest.approx(0.8)


def test_a_licensee_masters_what_its_cumulative_output_taught_it_and_no_more_than_there_is() -> None:
    """Two years of base output on two brought along double experience: mastered = 0.32193 ln 2 = 0.22314 after eight quarters; never more than 0.4."""
    stocks = Technology.base(SHAPE)
    for _ in range(8):
        stocks = technology.learned(stocks, licence(), np.ones(SHAPE), P)
    assert stocks.mastered[0, 0] == pytest.approx(0.22314, abs=1e-5)
    for _ in range(60):
        stocks = technology.learned(stocks, licence(), np.ones(SHAPE), P)
    assert stocks.mastered[0, 0] == pytest.approx(0.4)


def test_help_closes_half_of_what_is_not_mastered_and_ends_with_the_licence() -> None:
    """Gap 0.4, mastered 0.1: cut = 0.1 + 0.5 * 0.3 = 0.25; without the licence 0.1 stays; half refused: 0.1 + 0.5 * 0.5 * 0.3 = 0.175."""
    stocks = Technology(np.ones(SHAPE), np.zeros(SHAPE), np.zeros(SHAPE), np.full(SHAPE, 0.1), np.zeros(SHAPE))
    assert technology.cost_cut(stocks, licence(), P)[0, 0] == pytest.approx(0.25)
    assert technology.cost_cut(stocks, Licences.none(SHAPE), P)[0, 0] == pytest.approx(0.1)
    assert technology.cost_cut(stocks, licence(help_=0.5), P)[0, 0] == pytest.approx(0.175)


def test_refused_help_teaches_nothing() -> None:
    stocks = technology.learned(Technology.base(SHAPE), licence(help_=0.0), np.ones(SHAPE), P)
    assert stocks.mastered[0, 0] == 0.0
    assert stocks.practice[0, 0] == 0.0


def test_productivity_lowers_unit_cost_by_the_cut() -> None:
    """Unit cost is (1/A)**v: with v = 0.5 a cut of 0.2 needs A = exp(0.4)."""
    assert technology.productivity(np.full(SHAPE, 0.2), np.full(SHAPE, 0.5))[0, 0] == pytest.approx(np.exp(0.4))


def test_a_sector_that_makes_twice_as_much_gets_cheaper_slowly_and_forgets_slowly() -> None:
    """Output at 2: experience 1 + 0.05 * 1 = 1.05 after a quarter, near 2 after many; the cut is 0.04 ln X."""
    stocks = technology.learned(Technology.base(SHAPE), Licences.none(SHAPE), np.full(SHAPE, 2.0), P)
    assert stocks.experience[0, 0] == pytest.approx(1.05)
    assert technology.cost_cut(stocks, Licences.none(SHAPE), P)[0, 0] == pytest.approx(0.04 * np.log(1.05))
    back = technology.learned(stocks, Licences.none(SHAPE), np.ones(SHAPE), P)
    assert 1.0 < back.experience[0, 0] < 1.05


def test_missing_parts_raise_cost_in_proportion_to_the_share_of_high_technology() -> None:
    """Shortage ln 2 = 0.6931, intensity 0.1, loss 0.3: target 0.020794; a tenth of it in the first quarter."""
    stocks = technology.worn(Technology.base(SHAPE), np.full(SHAPE, 0.1), np.array([np.log(2.0)]), np.zeros(1), {**P, "parts_loss": 0.3, "parts_speed": 0.1})
    assert stocks.missing[0, 0] == pytest.approx(0.0020794, abs=1e-6)
    off = technology.worn(Technology.base(SHAPE), np.full(SHAPE, 0.1), np.array([np.log(2.0)]), np.zeros(1), {**P, "parts_loss": 0.0, "parts_speed": 0.1})
    assert off.missing[0, 0] == 0.0


def test_refused_know_how_wears_machines_down_even_when_goods_flow() -> None:
    """All suppliers refuse, intensity 0.1, loss 0.3: target 0.03, a tenth in the first quarter."""
    stocks = technology.worn(Technology.base(SHAPE), np.full(SHAPE, 0.1), np.zeros(1), np.ones(1), {**P, "knowledge_loss": 0.3, "parts_speed": 0.1})
    assert stocks.missing[0, 0] == pytest.approx(0.003)


def test_the_reward_of_substituting_is_how_much_dearer_goods_are_than_all_goods() -> None:
    """Price 1.5 against a general 1.1: ln 1.5 - ln 1.1 = 0.31015; cheaper goods give no reward."""
    got = localisation.reward(np.array([[1.5], [0.9]]), np.array([1.1]))
    assert got[:, 0] == pytest.approx([0.310155, 0.0], abs=1e-6)


def test_effort_is_where_one_more_bit_costs_what_it_gains() -> None:
    """k = 0.5, reward 0.31: e = 0.155, spending 0.155**2 / (2 * 0.5) = 0.024 of factor income; gain minus cost is largest there."""
    e = localisation.effort(np.full(SHAPE, 0.31), 0.5)
    assert e[0, 0] == pytest.approx(0.155)
    assert localisation.spending(e, np.full(SHAPE, 10.0), 0.5)[0, 0] == pytest.approx(0.24025)
    net = [0.31 * x - x * x / (2 * 0.5) for x in (0.145, 0.155, 0.165)]
    assert net[1] > max(net[0], net[2])


def test_effort_lowers_cost_towards_a_ceiling_and_fades_without_it() -> None:
    """Gain 0.05 * 0.2 = 0.01 at first; at the ceiling only fading is left."""
    p = {**P, "substitution_gain": 0.05, "substitution_ceiling": 0.4, "substitution_fading": 0.01}
    first = localisation.substituted(Technology.base(SHAPE), np.full(SHAPE, 0.2), p)
    assert first.local[0, 0] == pytest.approx(0.01)
    full = Technology(np.ones(SHAPE), np.full(SHAPE, 0.4), np.zeros(SHAPE), np.zeros(SHAPE), np.zeros(SHAPE))
    assert localisation.substituted(full, np.full(SHAPE, 0.2), p).local[0, 0] == pytest.approx(0.396)
