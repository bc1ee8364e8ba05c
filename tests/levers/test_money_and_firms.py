"""The levers of money, services and firms: what each writes, and that the order of any measures does not matter."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.economy.frictions import Frictions
from sim.economy.pair_terms import PairTerms
from sim.levers import LEVERS, Measure

SECTORS, STATES = 2, 3
SENDER, TARGET, THIRD = 0, 1, 2


def measure(lever: str, level: float, sectors: tuple[int, ...] = (0, 1), sender: int = SENDER, target: int = TARGET) -> Measure:
    return Measure(lever, lever, sender, target, np.array(sectors), level, 0)


def under(*measures: Measure) -> Frictions:
    frictions = Frictions.none(np.zeros((SECTORS, STATES, STATES)))
    for each in measures:
        apply = LEVERS[each.lever].apply
        assert apply is not None
        apply(each, frictions)
    return frictions


@pytest.mark.parametrize(
    ("lever", "term"),
    [
        ("asset_freeze", "asset_freeze"),
        ("reserve_freeze", "reserve_freeze"),
        ("credit_ban", "credit_ban"),
        ("secondary_measures", "secondary"),
        ("guidance", "guidance"),
    ],
)
def test_a_share_lever_covers_its_pair_in_one_direction_and_two_measures_cover_what_is_left(lever: str, term: str):
    """50 % and then 40 % of the rest: 1 - 0.5 * 0.6 = 70 % of the pair, and nothing anywhere else."""
    values = getattr(under(measure(lever, 0.5), measure(lever, 0.4)).pairs, term)
    assert values[SENDER, TARGET] == pytest.approx(0.7)
    assert values.sum() == pytest.approx(0.7)


@pytest.mark.parametrize(("lever", "term"), [("barter", "barter"), ("payment_link", "link")])
def test_a_lever_between_two_states_works_in_both_directions(lever: str, term: str):
    values = getattr(under(measure(lever, 0.3)).pairs, term)
    assert values[SENDER, TARGET] == values[TARGET, SENDER] == pytest.approx(0.3)
    assert values.sum() == pytest.approx(0.6)


def test_of_two_efforts_the_stronger_counts_and_an_effort_below_the_usual_one_is_allowed():
    found = under(measure("enforcement", 0.02), measure("enforcement", 0.05)).pairs.found(0.1)
    assert found[SENDER, TARGET] == pytest.approx(0.05)
    assert found[TARGET, SENDER] == pytest.approx(0.1)


def test_of_two_caps_the_stricter_binds():
    pairs = under(measure("price_cap", 0.9), measure("price_cap", 0.6, (0,))).pairs
    assert pairs.cap[SENDER, :, TARGET] == pytest.approx([0.6, 0.9])
    assert pairs.capped[SENDER, :, TARGET] == pytest.approx([1.0, 1.0])


def test_a_listing_closes_its_share_of_trade_both_ways_freezes_it_and_adds_doubt():
    """10 % listed in sector 0: 90 % of sector 0 stays legal both ways, 10 % of assets frozen, doubt of 0.2 added."""
    frictions = under(measure("listing", 0.1, (0,)))
    assert frictions.legal()[0, SENDER, TARGET] == pytest.approx(0.9)
    assert frictions.legal()[0, TARGET, SENDER] == pytest.approx(0.9)
    assert frictions.legal()[1] == pytest.approx(np.ones((3, 3)))
    assert frictions.pairs.asset_freeze[SENDER, TARGET] == pytest.approx(0.1)
    assert frictions.pairs.vagueness[SENDER, TARGET] == pytest.approx(0.2)


def test_a_service_ban_burdens_trade_with_the_sender_and_names_the_target_for_all_other_trade():
    frictions = under(measure("service_ban", 1.0, (0,)))
    assert frictions.cost()[0, SENDER, TARGET] == pytest.approx(1.15)
    assert frictions.cost()[0, TARGET, SENDER] == pytest.approx(1.15)
    assert frictions.pairs.service_ban[SENDER, :, TARGET] == pytest.approx([1.0, 0.0])


def test_payment_exclusion_also_counts_for_payments_with_third_countries():
    assert under(measure("payment_exclusion", 0.5)).pairs.payment[SENDER, :, TARGET] == pytest.approx([0.5, 0.5])


def test_trade_facilitation_lowers_the_cost_both_ways():
    frictions = under(measure("trade_facilitation", 0.05))
    assert frictions.cost()[0, SENDER, TARGET] == pytest.approx(0.95)
    assert frictions.cost()[1, TARGET, SENDER] == pytest.approx(0.95)
    assert frictions.cost()[0, SENDER, THIRD] == 1.0


def test_levers_of_ones_own_name_the_user_alone():
    pairs = under(measure("rerouting", 0.8, target=-1), measure("reserve_building", 0.03, target=-1), measure("credit_line", 0.01)).pairs
    assert pairs.help == pytest.approx([0.8, 0.0, 0.0])
    assert pairs.saving == pytest.approx([0.03, 0.0, 0.0])
    assert pairs.lending[SENDER, TARGET] == pytest.approx(0.01)
    assert pairs.lending.sum() == pytest.approx(0.01)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_measures_never_matters(data: st.DataObject):
    """Any handful of measures by anybody on anybody, in two orders: the same frictions and pair terms."""
    chosen = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(lever for lever, each in LEVERS.items() if each.apply is not None)),
                st.floats(0.0, 1.0),
                st.sampled_from([(0, 1), (1, 2), (2, 0), (1, 0)]),
                st.sampled_from([(0,), (1,), (0, 1)]),
            ),
            min_size=2,
            max_size=8,
        )
    )
    measures = []
    for lever, level, (sender, target), sectors in chosen:
        setting = LEVERS[lever].value
        value = setting.low + level * (setting.high - setting.low)
        measures.append(measure(lever, value, sectors, sender, target if LEVERS[lever].needs_target else -1))
    other = data.draw(st.permutations(measures))
    one, two = under(*measures), under(*other)
    for name in ("permeability", "log_cost", "exempt", "tariffs"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-12, abs=1e-12)
    for term in fields(PairTerms):
        a, b = getattr(one.pairs, term.name), getattr(two.pairs, term.name)
        assert np.allclose(a, b, rtol=1e-12, atol=1e-12, equal_nan=True), term.name


def test_every_lever_says_whom_it_hurts_what_it_costs_and_how_contested_it_is():
    for lever in LEVERS.values():
        assert lever.label and lever.hurts and lever.costs_user and lever.dynamics and lever.contested and lever.examples
        assert lever.value.source and lever.value.unit
        assert lever.value.low <= lever.value.default <= lever.value.high
