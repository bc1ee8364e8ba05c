"""The baseline economy: three ways to give it, what is filled in, and what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from sim.refusals import Refusal
from sim.scenario import load
from sim.scenario.generate import gravity_world, pair_world
from sim.scenario.gravity import balanced, distances, gravity_flows


def final_demand(setting) -> np.ndarray:
    """(sector, state) spending less what sectors use."""
    output = setting.flows.sum(axis=2)
    spending = (setting.flows * (1 + setting.tariffs)).sum(axis=1)
    return spending - np.einsum("ksj,sj->kj", setting.inputs, output)


def test_the_triangle_has_the_numbers_of_its_remarks() -> None:
    """A buys 60 + 20 + 20 = 100 of grain and 80 + 10 + 10 = 100 of goods; 0.25 x 100 + 0.25 x 100 = 50 of each are inputs, 50 are final."""
    setting = load("triangle")
    assert setting.flows[0, 1, 0] == 20.0  # B sells A 20 of grain
    assert setting.flows[1, 0, 0] == 80.0
    assert (setting.flows.sum(axis=1) == 100.0).all()
    assert (setting.flows.sum(axis=2) == 100.0).all()
    assert (setting.deficits() == 0.0).all()
    assert (setting.value_added == 0.5).all()
    assert (setting.inputs == 0.25).all()
    assert (final_demand(setting) == 50.0).all()
    assert [sector.trade_elasticity for sector in setting.sectors] == [2.0, 4.0]
    assert setting.states[0].reserves_bn == 15.0  # three months of imports of 20 + 20 + 10 + 10 = 60


def test_inputs_follow_what_the_state_buys_when_no_weights_are_given(write) -> None:
    """NORTH buys 60 + 30 = 90 of grain and 50 of goods; goods with value added 0.3 take 0.7 x 90/140 = 0.45 of their cost in grain."""
    setting = load(write('id = "goods"', 'id = "goods"\nvalue_added = 0.3'))
    assert setting.inputs[0, 1, 0] == pytest.approx(0.45, abs=1e-15)
    assert setting.inputs[1, 1, 0] == pytest.approx(0.25, abs=1e-15)
    assert setting.inputs[:, 0, :].max() == 0.0


def test_absent_rows_are_no_trade_and_deficits_follow(write) -> None:
    """NORTH buys 30 abroad and sells 40: its deficit is -10, SOUTH's is +10."""
    setting = load(write())
    assert setting.flows[1, 0, 1] == 0.0
    assert setting.deficits().tolist() == [-10.0, 10.0]


def test_tables_of_value_added_and_inputs_replace_the_defaults(write) -> None:
    path = write(
        'flows = "flows.csv"',
        'flows = "flows.csv"\nvalue_added = "value_added.csv"\ninputs = "inputs.csv"',
        value_added="state,sector,share\nNORTH,goods,0.6\n",
        inputs="state,sector,input_sector,share\nNORTH,goods,grain,0.1\nNORTH,goods,goods,0.3\n",
    )
    setting = load(path)
    assert setting.inputs[:, 1, 0].tolist() == [0.1, 0.3]
    assert setting.value_added[:, 0] == pytest.approx([1.0, 0.6])
    assert setting.value_added[:, 1].tolist() == [1.0, 1.0]


def test_inputs_and_value_added_that_do_not_sum_to_one_are_refused(write, tmp_path) -> None:
    path = write(
        'flows = "flows.csv"',
        'flows = "flows.csv"\ninputs = "inputs.csv"',
        inputs="state,sector,input_sector,share\nNORTH,goods,grain,0.1\n",
    )
    with pytest.raises(Refusal) as refusal:
        load(path)
    assert str(refusal.value) == (
        f"{tmp_path / 'inputs.csv'}:2: the inputs of this state and sector and its value added sum to 1.1; they must sum to 1."
    )


NEGATIVE = 'id = "grain"\nvalue_added = 0.2\ninputs = { goods = 1 }'


def test_negative_final_demand_is_refused_with_state_and_sector_named(write) -> None:
    """NORTH's grain sells 100 and would use 80 of goods; NORTH buys 50 of goods."""
    path = write('id = "grain"', NEGATIVE)
    with pytest.raises(Refusal) as refusal:
        load(path)
    assert str(refusal.value) == (
        f"{path}:7: world: in state 'NORTH' sectors would buy 80 bn of 'goods' as inputs, but the state buys only 50 bn in all, "
        'so final demand would be negative; raise value_added, change inputs, or set negative_final_demand = "scale-inputs".'
    )


def test_inputs_are_scaled_down_where_the_file_says_so(write) -> None:
    """50 of 80 can be had, so the input share falls from 0.8 to 0.5 and value added rises from 0.2 to 0.5."""
    path = write('id = "grain"', NEGATIVE)
    path.write_text(path.read_text().replace("[world]", '[world]\nnegative_final_demand = "scale-inputs"'))
    setting = load(path)
    assert setting.inputs[1, 0, 0] == pytest.approx(0.5)
    assert setting.value_added[0, 0] == pytest.approx(0.5)
    assert final_demand(setting).min() >= -1e-12


def test_tariffs_come_from_the_table_and_otherwise_from_the_rate(write) -> None:
    setting = load(
        write(
            'flows = "flows.csv"',
            'flows = "flows.csv"\ntariff = 0.05\ntariffs = "tariffs.csv"',
            tariffs="exporter,importer,sector,rate\nNORTH,SOUTH,grain,0.2\n",
        )
    )
    assert setting.tariffs[0, 0, 1] == 0.2
    assert setting.tariffs[0, 1, 0] == 0.05
    assert setting.tariffs[1].tolist() == [[0.0, 0.05], [0.05, 0.0]]


def test_a_state_that_sells_nothing_is_refused(write) -> None:
    path = write(flows="exporter,importer,sector,value\nNORTH,NORTH,grain,60\nNORTH,SOUTH,grain,40\n")
    with pytest.raises(Refusal, match="state 'SOUTH' sells nothing at all"):
        load(path)


PUBLIC = """\
iso_o,iso_d,year,industry_id,trade,extra
AAA,AAA,2014,1,1000,x
AAA,BBB,2014,1,200,x
BBB,BBB,2014,1,500,x
AAA,CCC,2014,2,300,x
CCC,CCC,2014,2,700,x
CCC,AAA,2014,3,100,x
AAA,CCC,2013,2,9999,x
"""
PUBLIC_WORLD = """\
[world.public]
file = "public.csv"
year = 2014
exporter = "iso_o"
importer = "iso_d"
industry = "industry_id"
industries = { grain = ["1"], goods = ["2", "3"] }
"""


def public(write, **changes: str):
    path = write('[world]\nflows = "flows.csv"\n', PUBLIC_WORLD, public=PUBLIC)
    text = (
        path.read_text()
        .replace('id = "NORTH"', 'id = "NORTH"\nmembers = ["AAA", "BBB"]')
        .replace('id = "SOUTH"', 'id = "SOUTH"\nmembers = ["CCC"]')
    )
    for old, new in changes.items():
        text = text.replace(old, new)
    path.write_text(text)
    return path


def test_public_trade_data_are_filtered_by_year_and_added_up(write) -> None:
    """In USD million: NORTH is AAA and BBB, so its own grain is 1000 + 200 + 500 = 1.7 bn; industries 2 and 3 are goods."""
    setting = load(public(write))
    assert setting.flows[0, 0, 0] == pytest.approx(1.7)
    assert setting.flows[1].tolist() == [[0.0, pytest.approx(0.3)], [pytest.approx(0.1), pytest.approx(0.7)]]


def test_an_economy_that_no_state_names_is_refused_or_counted_where_the_file_says(write) -> None:
    with pytest.raises(Refusal, match=r"public.csv:2: economy 'AAA' belongs to nothing in the scenario"):
        load(public(write, AAA="AAX"))
    with_rest = load(public(write, **{"year = 2014": 'year = 2014\nother_states = "SOUTH"', '"AAA", ': ""}))
    assert with_rest.flows[0, 0, 0] == pytest.approx(0.5)
    assert with_rest.flows[0, 1, 0] == pytest.approx(0.2)


def test_a_year_without_rows_is_refused(write) -> None:
    with pytest.raises(Refusal, match="the table has no row for the year 2015"):
        load(public(write, **{"year = 2014": "year = 2015"}))


def test_gravity_with_two_equal_states_splits_by_closeness() -> None:
    """Two states of GDP 100, one sector, no inputs, distance 2 abroad, 1 at home, border 3, elasticity 1: home is 3 / (3 + 1/2) = 6/7."""
    flows, inputs = gravity_flows(
        np.array([100.0, 100.0]),
        np.zeros(2),
        np.array([[1.0, 2.0], [2.0, 1.0]]),
        np.ones((1, 2)),
        np.ones(1),
        np.ones(1),
        np.ones((1, 1)),
        np.ones(1),
        3.0,
    )
    assert flows[0] == pytest.approx(np.array([[600 / 7, 100 / 7], [100 / 7, 600 / 7]]), rel=1e-12)
    assert inputs.max() == 0.0


def test_gravity_meets_value_added_deficits_and_markets() -> None:
    """Each state's value added is its GDP, spending less output is its deficit, and world spending on a sector is world output."""
    gdp, deficit = np.array([300.0, 150.0, 50.0]), np.array([10.0, -4.0, -6.0])
    added = np.array([0.5, 0.4])
    flows, inputs = gravity_flows(
        gdp,
        deficit,
        distances(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]]), np.full(3, 0.3)),
        np.array([[2.0, 1.0, 1.0], [1.0, 1.0, 0.5]]),
        np.array([0.3, 0.7]),
        added,
        np.array([[0.5, 0.2], [0.5, 0.8]]),
        np.array([1.0, 1.5]),
        5.0,
    )
    output, spending = flows.sum(axis=2), flows.sum(axis=1)
    assert (added[:, None] * output).sum(axis=0) == pytest.approx(gdp, rel=1e-10)
    assert (spending - output).sum(axis=0) == pytest.approx(deficit, abs=1e-8)
    final = spending - np.einsum("ksj,sj->kj", inputs, output)
    assert final == pytest.approx(np.outer([0.3, 0.7], gdp + deficit), rel=1e-9)


def test_balancing_keeps_odds_ratios_and_meets_both_totals() -> None:
    pattern = np.array([[1.0, 2.0], [3.0, 4.0]])
    fitted = balanced(pattern, np.array([3.0, 7.0]), np.array([4.0, 6.0]))
    assert fitted.sum(axis=1) == pytest.approx([3.0, 7.0], rel=1e-12)
    assert fitted.sum(axis=0) == pytest.approx([4.0, 6.0], rel=1e-12)
    assert fitted[0, 0] * fitted[1, 1] / fitted[0, 1] / fitted[1, 0] == pytest.approx(4 / 6, rel=1e-12)


def test_deficits_of_a_gravity_world_must_cancel(write) -> None:
    path = write('flows = "flows.csv"', "gravity = {}")
    places = path.read_text().replace('id = "NORTH"', 'id = "NORTH"\ngdp_bn = 10.0\nplace = [0, 0]\ndeficit_bn = 1.0')
    path.write_text(places.replace('id = "SOUTH"', 'id = "SOUTH"\ngdp_bn = 10.0\nplace = [1, 0]'))
    with pytest.raises(Refusal, match=r"7: world.gravity: the states' deficit_bn add up to 1; together they must be 0"):
        load(path)


def test_a_gravity_world_needs_sizes_and_places(write) -> None:
    with pytest.raises(Refusal, match=r"world.gravity: state 'NORTH' needs gdp_bn and place"):
        load(write('flows = "flows.csv"', "gravity = {}"))


@pytest.mark.parametrize("states,sectors", [(3, 1), (12, 6), (30, 6), (40, 15)])
def test_a_made_world_is_balanced_and_the_same_for_the_same_seed(states: int, sectors: int) -> None:
    world, again, other = (gravity_world(states, sectors, seed) for seed in (3, 3, 4))
    assert world.flows.shape == (sectors, states, states)
    assert np.abs(world.deficits()).max() < 1e-6
    assert final_demand(world).min() > 0
    assert (world.flows == again.flows).all()
    assert world.digest == again.digest
    assert world.digest != other.digest
    assert [state.hub for state in world.states].count(True) == 1


def test_a_third_of_a_made_world_is_neutral() -> None:
    neutral = [state.neutral for state in gravity_world(30, 6).states]
    assert neutral.count(True) == 10


def test_the_sender_of_the_pair_has_fifteen_to_thirty_percent_of_the_targets_trade() -> None:
    flows = pair_world().flows.sum(axis=0)
    trade = flows[:, 1].sum() + flows[1].sum() - 2 * flows[1, 1]
    assert 0.15 < (flows[0, 1] + flows[1, 0]) / trade < 0.30


def test_a_made_world_refuses_sizes_out_of_range() -> None:
    with pytest.raises(Refusal, match=r"states: 2 is out of range; allowed is 3 to 250\."):
        gravity_world(2)
