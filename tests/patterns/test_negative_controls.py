"""Negative controls: where nothing should happen, nothing happens (N1 to N5 of the protocol; N6, on seeds, belongs to ensembles)."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim import api
from sim.scenario.gravity import balanced
from tests.patterns.twins import START, change, largest, twins

# Measures of one state against another, at full strength. Secondary measures and transit control work on third parties, credit lines, aid and
# the like are gifts, not measures.
MEASURES = (
    "tariff", "import_ban", "export_ban", "quota", "payment_exclusion", "asset_freeze", "reserve_freeze", "credit_ban", "listing", "service_ban",
    "technology_control",
)
LEVEL = {"tariff": 0.5, "quota": 0.0}  # full strength is 1 for the others


def orders(lever: str, start: int = START, lift: int | None = None) -> list[api.Decision]:
    """The measure on all sectors, and its withdrawal."""
    sector = "*" if api.LEVERS[lever].takes_sector else ""
    order = api.Decision(start, "SENDER", lever, "TARGET", sector, LEVEL.get(lever, 1.0))
    return [order] if lift is None else [order, dataclasses.replace(order, quarter=lift, value=None)]


@pytest.fixture(scope="module")
def linked() -> api.Scenario:
    return api.world_b(seed=1, quarters=8)


@pytest.fixture(scope="module")
def apart(linked) -> api.Scenario:
    """Sender and target neither trade nor hold anything of each other's; every state's output and spending are what they were."""
    pattern = linked.flows.copy()
    pattern[:, 0, 1] = pattern[:, 1, 0] = 0.0
    flows = np.stack([balanced(part, full.sum(axis=1), full.sum(axis=0)) for part, full in zip(pattern, linked.flows, strict=True)])
    states = tuple(dataclasses.replace(state, reserves_held_in={}) for state in linked.states)
    return dataclasses.replace(linked, flows=flows, states=states)


@pytest.mark.parametrize("lever", MEASURES)
def test_n1_a_measure_where_there_is_neither_trade_nor_finance_does_nothing(apart, lever):
    """Below 0.1 %: no real income and no output of any sector anywhere moves more."""
    assert largest(*twins(apart, orders(lever))) < 0.1


@pytest.mark.parametrize("lever", MEASURES)
def test_the_same_measure_does_something_where_there_is_trade_or_finance(linked, lever):
    """Otherwise the control above would show nothing. Reserves are placed with the sender here, so that freezing them bites."""
    target = dataclasses.replace(linked.states[1], reserves_held_in={"SENDER": 0.9}, reserves_bn=200.0)
    world = dataclasses.replace(linked, states=(linked.states[0], target, linked.states[2]))
    assert largest(*twins(world, orders(lever))) > 0.001


@pytest.mark.parametrize("lever", MEASURES)
def test_n2_a_measure_lifted_in_the_quarter_it_was_imposed_leaves_no_trace(linked, lever):
    with_, without = twins(linked, orders(lever, lift=START))
    assert largest(with_, without) < 0.2
    assert with_.digests["states"] == without.digests["states"]  # indeed none at all


def test_n3_the_order_of_the_states_changes_no_number():
    """triangle with its states listed C, A, B: every state's row is the same to 1e-9, luck included, for luck goes by name."""
    listed = api.load("triangle")
    turned = dataclasses.replace(
        listed,
        states=tuple(listed.states[index] for index in (2, 0, 1)),
        **{name: getattr(listed, name)[:, [2, 0, 1]][:, :, [2, 0, 1]] for name in ("flows", "tariffs")},
        value_added=listed.value_added[:, [2, 0, 1]],
        inputs=listed.inputs[:, :, [2, 0, 1]],
    )
    one, two = (api.run(world, 3, quarters=6, governments=False).states.sort_values(["quarter", "state"]) for world in (listed, turned))
    numbers = one.select_dtypes("number").columns
    assert np.allclose(one[numbers].to_numpy(), two[numbers].to_numpy(), rtol=1e-9, atol=1e-9, equal_nan=True)


def test_n4_every_account_balances_in_every_quarter_as_the_tables_show_it():
    """From the tables of a run with politics, to 1e-9 of world income: sectors, pairs, states and the world."""
    run = api.run("who-pays", seed=2, quarters=12)
    trade, states, sectors = run.trade, run.states, run.sectors
    size = sectors.groupby("quarter")["output"].sum().iloc[0]
    sold = trade.groupby(["quarter", "exporter", "sector"])["true_value"].sum()
    made = sectors.rename(columns={"state": "exporter"}).groupby(["quarter", "exporter", "sector"])["output"].sum()
    assert (sold - made).abs().max() < 1e-9 * size
    abroad = trade[trade["exporter"] != trade["importer"]]
    exports = abroad.groupby(["quarter", "exporter"])["true_value"].sum()
    imports = abroad.groupby(["quarter", "importer"])["true_value"].sum()
    by_state = states.set_index(["quarter", "state"])
    assert (exports.rename_axis(["quarter", "state"]) - by_state["exports_true"]).abs().max() < 1e-9 * size
    assert (imports.rename_axis(["quarter", "state"]) - by_state["imports_true"]).abs().max() < 1e-9 * size
    assert (by_state["imports_true"] - by_state["exports_true"] - by_state["deficit"]).abs().max() < 1e-9 * size
    assert states.groupby("quarter")["deficit"].sum().abs().max() < 1e-9 * size
    recorded = states.groupby("quarter")[["exports_recorded", "imports_recorded"]].sum()
    assert (recorded["exports_recorded"] - recorded["imports_recorded"]).abs().max() < 1e-9 * size
    assert states.groupby("quarter")["borrowing"].sum().add(states.groupby("quarter")["reserves_drawn"].sum()).abs().max() < 1e-9 * size


@pytest.mark.parametrize("lever", ["import_ban", "export_ban", "quota", "technology_control"])
def test_n5_a_measure_that_leaks_entirely_does_nothing(linked, lever):
    """Nobody polices the measure (enforcement 0), so goods pass as before, whatever the law says.

    Payment and service bans are not goods at a border: banks and insurers obey without being policed, and what leaks there goes by other
    channels of payment, which are levers of their own.
    """
    assert largest(*twins(linked, orders(lever), enforcement_default=0.0)) < 0.1


def test_measures_of_one_state_leave_the_luck_of_the_others_alone(linked):
    """The rest of the world is so large that a ban between two small partners hardly reaches it: less than a fiftieth of what it does to the target."""
    with_, without = twins(linked, [*orders("import_ban"), *orders("export_ban")])
    moved = np.abs(change(with_, without, "states", "real_income")).max(axis=0)
    assert moved[2] < 0.2 * moved[1] and moved[1] > 0.5
