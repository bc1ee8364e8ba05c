"""Detours: the price of a connector's services comes out of freight, risk and scarcity."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.economy import mirror, passage, routes
from sim.economy.routes_kernel import raised

MARGIN = 0.1


def one_route(value: float, room: float, detour: float = 1.1, risk: float = 0.05, known: float = 1.0, elasticity: float = 2.0):
    """One sector, three states: trade 0 -> 1 is blocked, state 2 may forward it."""
    capacity = np.array([[0.0, 0.0, room]])
    willing = np.array([[0.0, 0.0, 1.0]])
    return routes.find(
        np.array([0]),
        np.array([0]),
        np.array([1]),
        np.array([value]),
        np.array([known]),
        willing,
        np.full((1, 3), detour),
        np.full((1, 3), risk),
        capacity,
        np.array([elasticity]),
        MARGIN,
        8.0,
    )


def test_with_plenty_of_room_the_wedge_is_freight_and_risk():
    """Detour 1.1, risk 5 %: 1.1 * 1.05 = 1.155, and next to no scarcity; 1.155**-2 = 0.7496 of the trade survives."""
    found = one_route(1e-6, 1.0)
    assert found.wedge[0, 2] == pytest.approx(1.155, rel=1e-5)
    assert found.weight[0, 2] == pytest.approx(1.155**-2, rel=1e-5)


def test_scarce_forwarders_are_paid_until_supply_meets_demand():
    """The premium v solves 1 * (1.1 * (1.05 + v))**-2 = 0.5 * (1 - exp(-v / 0.1)); by bisection here."""
    low, high = 0.0, 5.0
    for _ in range(200):
        v = (low + high) / 2
        if (1.1 * (1.05 + v)) ** -2 > 0.5 * (1 - np.exp(-v / MARGIN)):
            low = v
        else:
            high = v
    found = one_route(1.0, 0.5)
    assert found.scarcity[0, 2] == pytest.approx(v, rel=1e-6)
    assert found.wedge[0, 2] == pytest.approx(1.1 * (1.05 + v), rel=1e-6)
    assert found.wedge[0, 2] > 1.25  # dearer than with plenty of room


def test_nobody_forwards_more_than_the_connectors_capacity():
    found = one_route(100.0, 0.5)
    assert 0.49 < 100.0 * found.weight[0, 2] < 0.5 + 1e-9


def test_a_connector_that_may_not_or_will_not_forward_is_not_used():
    assert one_route(1.0, 0.0).weight.sum() == 0.0


def test_certain_punishment_ends_all_detours():
    """A certain loss (odds of a million) at elasticity 2 leaves 4e-12 of the trade: below a billionth, nothing."""
    shape = (1, 3, 3)
    allowed = np.ones((2, *shape))
    allowed[0, 0, 0, 1] = 0.0
    nothing = np.zeros_like(allowed)
    way = passage.opened(allowed, nothing, nothing, np.ones(shape), one_route(1.0, 1.0, risk=5e5))
    assert way.permeability[0, 0, 1] == 0.0 and way.markup[0, 0, 1] == 0.0


def test_only_traders_that_have_found_a_way_use_it():
    """Half the traders known, room to spare: half the weight."""
    assert one_route(1e-6, 1.0, known=0.5).weight[0, 2] == pytest.approx(0.5 * 1.155**-2, rel=1e-5)


def test_the_cheaper_of_two_connectors_carries_more_by_the_choice_elasticity():
    """Equal room, detours 1.1 and 1.2: shares in the ratio (1.2 / 1.1)**8, survival (1.2 / 1.1)**2 more: (12/11)**10 = 2.387."""
    found = routes.find(
        np.array([0]), np.array([0]), np.array([1]), np.array([1e-7]), np.ones(1), np.array([[0.0, 0.0, 1.0, 1.0]]),
        np.array([[1.0, 1.0, 1.1, 1.2]]), np.zeros((1, 4)), np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([2.0]), MARGIN, 8.0,
    )  # fmt: skip
    assert found.weight[0, 2] / found.weight[0, 3] == pytest.approx((12 / 11) ** 10, rel=1e-4)


@settings(max_examples=60, deadline=None)
@example(seed=95, flows=59, tight=46.0)  # whole steps go round in circles
@given(seed=st.integers(0, 10_000), flows=st.integers(1, 60), tight=st.floats(0.01, 100.0))
def test_the_market_for_forwarding_clears_however_many_flows_and_connectors(seed: int, flows: int, tight: float):
    rng = np.random.default_rng(seed)
    states, sectors = 8, 3
    sector = np.sort(rng.integers(0, sectors, flows))
    value, known = rng.exponential(1.0, flows), rng.uniform(0, 1, flows)
    willing = rng.uniform(0.1, 1, (flows, states)) * (rng.uniform(size=(flows, states)) > 0.3)
    capacity = rng.exponential(1.0, (sectors, states)) / tight
    elasticity = rng.uniform(1, 8, flows)
    found = routes.find(
        sector, np.zeros(flows, int), np.ones(flows, int), value, known, willing, 1 + rng.uniform(0, 0.2, (flows, states)),
        rng.exponential(0.1, (flows, states)), capacity, elasticity, MARGIN, 8.0, rng.exponential(0.3, (sectors, states)),
    )  # fmt: skip
    load = np.zeros((sectors, states))
    np.add.at(load, sector, np.divide(value[:, None] * found.weight, willing, out=np.zeros_like(willing), where=willing > 0))
    supply = capacity * (1 - np.exp(-found.scarcity / MARGIN))
    used = load > 1e-6 * capacity.max()
    assert np.abs(load[used] / supply[used] - 1).max(initial=0.0) < 1e-6
    assert np.isfinite(found.weight).all() and (found.weight >= 0).all() and (found.weight.sum(axis=1) <= 1).all()
    assert (found.wedge >= 1).all()


def test_a_way_round_through_usual_partners_costs_two_freights_and_a_remote_one_more():
    """Trade in proportion to size: intensity 1, remoteness 1: 1 + 0.06 * 2. No trade at all: remoteness 4: 1 + 0.06 * 5."""
    near = np.ones((3, 3))
    assert way_round(near, np.ones((1, 3, 3))) == pytest.approx(1.12)
    near[0, 2] = near[2, 0] = 0.0
    assert way_round(near, np.ones((1, 3, 3))) == pytest.approx(1.30)


def test_a_connector_that_eases_its_trade_with_one_end_eases_the_way_round_but_never_below_the_direct_price():
    """5 % off the second leg: 1.12 * 0.95 = 1.064. 10 % off both: 1.12 * 0.81 = 0.907, so the direct price. Other trade of the buyer does not count."""
    cost = np.ones((1, 3, 3))
    cost[0, 0, 1] = 0.5
    cost[0, 2, 1] = 0.95
    assert way_round(np.ones((3, 3)), cost) == pytest.approx(1.064)
    cost[0, 2, 1] = cost[0, 0, 2] = 0.9
    assert way_round(np.ones((3, 3)), cost) == 1.0


def test_senders_with_the_same_list_are_no_way_round_each_other():
    """Of the flow 0 -> 1 the share 0.6 is closed. A connector that closes 0.3 to the buyer can carry the lines between: (0.6 - 0.3) / 0.6 = 0.5.

    One that closes 0.6 of either leg carries nothing, one that closes nothing carries all, less what it closes of its transit.
    """
    open_trade, closed = np.ones((1, 6, 6)), np.zeros((6, 6))
    open_trade[0, 0, 1] = open_trade[0, 2, 1] = open_trade[0, 0, 3] = 0.4
    open_trade[0, 4, 1] = 0.7
    closed[5, 1] = 0.25
    part = routes.permitted(np.array([0]), np.array([0]), np.array([1]), open_trade, closed)[0]
    assert part == pytest.approx([0.0, 0.0, 0.0, 0.0, 0.5, 0.75])


def way_round(near: np.ndarray, cost: np.ndarray) -> float:
    """Cost factor of going from 0 to 1 by way of 2."""
    return float(routes.detour(near, np.array([0]), np.array([0]), np.array([1]), 0.06, cost)[0, 2])


def test_trade_in_proportion_to_size_has_intensity_one_off_the_diagonal_scale():
    """Three equal states, all pairs trade 1: each trades 4 in all, world 12: 2 * 12 / (4 * 4) = 1.5 for every pair."""
    flows = np.ones((1, 3, 3))
    near = routes.nearness(flows)
    assert near[0, 1] == pytest.approx(1.5)
    assert near[0, 0] == 0.0


def test_exposure_is_the_share_of_foreign_trade_with_a_partner():
    """State 0 sells 3 to 1 and buys 1 from 2: exposure 0.75 to 1 and 0.25 to 2; domestic sales do not count."""
    flows = np.zeros((1, 3, 3))
    flows[0, 0, 1], flows[0, 2, 0], flows[0, 0, 0] = 3.0, 1.0, 50.0
    assert routes.exposure(flows)[0] == pytest.approx([0.0, 0.75, 0.25])


def test_a_connector_between_the_sides_lends_half_its_capacity_and_leans_with_affinity():
    """Affinity 1 to the target (importer) and 0 to the sender: 1 / (1 + exp(-1)) = 0.7311; both sides blocking cancels."""
    affinity = np.zeros((3, 3))
    affinity[2, 1] = 1.0
    i, j = np.array([0]), np.array([1])
    one, none = np.ones(1), np.zeros(1)
    assert routes.willing(affinity, i, j, one, none, 1.0)[0, 2] == pytest.approx(0.731059, abs=1e-6)
    assert routes.willing(affinity, i, j, none, one, 1.0)[0, 2] == pytest.approx(0.268941, abs=1e-6)
    assert routes.willing(affinity, i, j, one, one, 1.0)[0, 2] == pytest.approx(0.5)


def test_each_flow_between_two_states_leans_by_who_blocks_it():
    """Four sectors of one pair: the exporter blocks, the importer, both, the exporter again; and another pair in between."""
    affinity = np.zeros((3, 3))
    affinity[2, 1] = affinity[1, 0] = 1.0
    i, j = np.array([0, 0, 2, 0, 0]), np.array([1, 1, 0, 1, 1])
    by_exporter, by_importer = np.array([1.0, 0.0, 1.0, 0.5, 0.4]), np.array([0.0, 1.0, 0.0, 0.5, 0.0])
    part = routes.willing(affinity, i, j, by_exporter, by_importer, 1.0)
    assert part[:, 2] == pytest.approx([0.731059, 0.268941, 0.5, 0.5, 0.731059], abs=1e-6)
    assert part[2] == pytest.approx([0.5, 0.731059, 0.5], abs=1e-6)


@pytest.mark.parametrize("exponent", [0.3, 1.0, 2.0, 2.5, 7.0, 8.0, 64.0, 65.0, 120.5])
def test_numbers_are_raised_to_whole_and_to_broken_exponents(exponent: float):
    base, square, found = np.random.default_rng(1).uniform(0.2, 1.0, 17), np.zeros(17), np.zeros(17)
    raised(base, exponent, square, found)
    assert found == pytest.approx(base**exponent, rel=1e-13)


def test_routes_are_learned_while_trade_is_blocked_and_forgotten_after():
    """12 % of the rest a quarter: 0 -> 0.12 -> 0.12 + 0.12 * 0.88 = 0.2256; open again: 0.2256 * 0.95."""
    known, one = np.zeros(1), np.ones(1)
    first = routes.learned(known, one, one, 0.12, 0.05)
    second = routes.learned(first, one, one, 0.12, 0.05)
    assert first == pytest.approx([0.12])
    assert second == pytest.approx([0.2256])
    assert routes.learned(second, 0 * one, one, 0.12, 0.05) == pytest.approx([0.2256 * 0.95])
    assert routes.learned(known, one, 3 * one, 0.12, 0.05) == pytest.approx([0.36])


def opened(weight: float, markup: float, legal: float = 0.0, leak: float = 0.0) -> passage.Passage:
    """Trade 0 -> 1 of three states under an exporter's rule; state 2 forwards `weight` of what is blocked."""
    shape = (1, 3, 3)
    allowed, sly, away = np.ones((2, *shape)), np.zeros((2, *shape)), np.zeros((2, *shape))
    allowed[0, 0, 0, 1], sly[0, 0, 0, 1] = legal, leak
    row = np.zeros((1, 3))
    ways = routes.Routes(
        np.array([0]), np.array([0]), np.array([1]), row + [0, 0, weight], row + [0, 0, markup], row + [1, 1, 1.5], np.zeros((1, 3))
    )
    return passage.opened(allowed, sly, away, np.ones(shape), ways)


def test_what_gets_through_is_direct_trade_plus_detours_and_the_mark_up_is_an_average():
    """20 % legal, 10 % of the rest leaks: 0.28 direct, 0.72 blocked; a quarter of that goes round: 0.18; in all 0.46.

    Of the buyer's spending 0.18 / 0.46 goes round at a mark-up of 25 %, a fifth of what is paid: 1 / (1 + m) = 1 - 0.2 * 18 / 46.
    """
    way = opened(weight=0.25, markup=0.25, legal=0.2, leak=0.1)
    assert way.permeability[0, 0, 1] == pytest.approx(0.46)
    assert way.markup[0, 0, 1] == pytest.approx(1 / (1 - 0.2 * 18 / 46) - 1)
    assert way.permeability[0, 1, 0] == 1.0 and way.markup[0, 1, 0] == 0.0


def test_the_weight_for_the_equilibrium_undoes_the_mark_up_and_customs_duty_is_on_the_marked_up_price():
    """A mark-up m taxes trade by (1+m) and raises the weight by (1+m)**e: shares see the wedge alone. Duty 10 %: 1.1 * (1+m) - 1."""
    way = opened(weight=1.0, markup=0.25)
    assert way.markup[0, 0, 1] == pytest.approx(0.25)
    assert way.weight(np.array([2.0]))[0, 0, 1] == pytest.approx(1.25**2)
    assert way.tariffs(np.full((1, 3, 3), 0.1))[0, 0, 1] == pytest.approx(1.1 * 1.25 - 1)


def test_connectors_earn_what_buyers_pay_in_mark_ups():
    """The exporter gets 8, all by the connector at 25 %: the buyer pays 10, the connector earns 2; the sum is zero."""
    flows = np.zeros((1, 3, 3))
    flows[0, 0, 1] = 8.0
    assert passage.margins(opened(1.0, 0.25), flows) == pytest.approx([0.0, -2.0, 2.0])


def test_records_show_two_sales_where_there_was_one():
    """8 leave for the connector and arrive at 10; half of what enters the connector is booked as transit; freight 10 %.

    Exporters' books: 0 -> 2: 8, 2 -> 1: 10, 0 -> 1: 0. Importers' books, with freight: 0 -> 2: 4 * 1.1, 2 -> 1: 10 * 1.1.
    So half is missing on the leg into the connector and nothing on the leg out.
    """
    flows = np.zeros((1, 3, 3))
    flows[0, 0, 1], flows[0, 0, 0] = 8.0, 100.0
    kept = mirror.books(opened(1.0, 0.25), flows, 0.1, 0.5)
    assert kept.exporters[0] == pytest.approx(np.array([[100.0, 0.0, 8.0], [0.0, 0.0, 0.0], [0.0, 10.0, 0.0]]))
    assert kept.importers[0] == pytest.approx(np.array([[100.0, 0.0, 4.4], [0.0, 0.0, 0.0], [0.0, 11.0, 0.0]]))


def test_goods_that_break_the_exporters_rule_are_missing_in_the_exporters_books_alone():
    """20 % legal and 10 % of the other 80 % leaks: 0.2 of 0.28 is declared at home, all of it where it arrives."""
    flows = np.zeros((1, 3, 3))
    flows[0, 0, 1] = 28.0
    kept = mirror.books(opened(0.0, 0.0, legal=0.2, leak=0.1), flows, 0.0, 0.5)
    assert kept.exporters[0, 0, 1] == pytest.approx(20.0)
    assert kept.importers[0, 0, 1] == pytest.approx(28.0)


def test_without_measures_both_books_are_the_true_trade_up_to_freight():
    rng = np.random.default_rng(1)
    flows = rng.exponential(1.0, (2, 3, 3))
    kept = mirror.books(passage.Passage.free((2, 3, 3)), flows, 0.06, 0.5)
    assert (kept.exporters == flows).all()
    assert kept.importers[:, 0, 1] == pytest.approx(1.06 * flows[:, 0, 1])
    assert kept.importers[:, 1, 1] == pytest.approx(flows[:, 1, 1])
