"""The world as a Mesa model: its agents, its quarter, its orders."""

from __future__ import annotations

import gc
import tracemalloc
import weakref

import mesa
import numpy as np
import pytest

from sim import api
from sim.orders import validated
from sim.world import State, World


@pytest.fixture(scope="module")
def triangle() -> api.Scenario:
    return api.load("triangle")


def test_mesas_agent_set_works_on_a_running_world(triangle):
    """Select, do, shuffle_do, get and groupby of `world.agents`, in the middle of a run."""
    world = World(triangle)
    world.step()
    assert isinstance(world, mesa.Model) and len(world.agents) == 3
    assert list(world.agents.get("id")) == ["A", "B", "C"]
    assert [state.id for state in world.agents.select(lambda state: state.index > 0)] == ["B", "C"]
    asked: list[str] = []
    world.agents.do(lambda state: asked.append(state.id))
    assert asked == ["A", "B", "C"]
    world.agents.shuffle_do(lambda state: asked.append(state.id))
    assert sorted(asked[3:]) == ["A", "B", "C"]
    assert world.agents_by_type[State] is not None and len(world.agents_by_type[State]) == 3
    world.step()
    assert world.quarter == 2


def test_shuffling_agents_between_quarters_changes_no_number(triangle):
    """Mesa's own generator is used for nothing, so drawing from it moves nobody's luck."""
    plain, shuffled = World(triangle, 5), World(triangle, 5)
    for _ in range(4):
        plain.step()
        shuffled.agents.shuffle_do(lambda state: state.profile)
        shuffled.random.random()
        shuffled.step()
    assert plain.record.csv("states") == shuffled.record.csv("states")


def test_a_state_knows_its_place_and_the_world_its_states(triangle):
    world = World(triangle)
    assert [state.index for state in world.states] == [0, 1, 2]
    assert world.states[1].model is world and world.place == {"A": 0, "B": 1, "C": 2}


def test_a_quarter_runs_every_phase_once_and_in_order(triangle, monkeypatch):
    from sim import quarter
    from sim import world as module

    ran: list[str] = []
    wrapped = tuple((name, lambda world, name=name, phase=phase: (ran.append(name), phase(world))) for name, phase in quarter.PHASES)
    monkeypatch.setattr(module, "PHASES", wrapped)
    World(triangle).step()
    assert ran == [name for name, _ in quarter.PHASES]
    assert ran == ["shock", "perceive", "decide", "convene", "enact", "reroute", "trade", "adjust", "live", "remember", "record"]


def test_triangles_base_is_what_pencil_and_paper_say(triangle):
    """Each state: 200 of output a year, half of it value added: 25 a quarter of factor income, and of real income before any measure."""
    world = World(triangle, parameters={"shock_volatility": 0.0})
    world.step()
    assert world.accounts.factor_total == pytest.approx([25.0] * 3)
    assert world.record.series("states", "real_income")[0] == pytest.approx([25.0] * 3, rel=1e-9)
    assert world.record.series("states", "price_index")[0] == pytest.approx([1.0] * 3, rel=1e-9)


def test_orders_take_effect_in_their_quarter_and_a_blank_value_withdraws(triangle):
    orders = [api.Decision(1, "A", "tariff", "B", "grain", 0.5), api.Decision(3, "A", "tariff", "B", "grain", None)]
    world = World(triangle, decisions=orders, timetable=False)
    in_force = []
    for _ in range(5):
        world.step()
        in_force.append(len(world.measures))
    assert in_force == [0, 1, 1, 0, 0]
    assert [row[1] for row in world.record.rows("events") if row[1].startswith("measure")] == ["measure imposed", "measure withdrawn"]


def test_all_others_means_all_but_oneself(triangle):
    world = World(triangle, decisions=[api.Decision(0, "A", "import_ban", "*", "", 1.0)], timetable=False)
    world.step()
    assert {measure.target for measure in world.measures.values()} == {1, 2}


def test_a_quarter_without_equilibrium_names_scenario_quarter_and_phase(triangle, monkeypatch):
    from sim.phases import trade

    def none(*_: object, **__: object) -> object:
        from sim.economy.equilibrium import _without

        return _without(world.accounts, "no equilibrium", "There is no equilibrium: because.", 0.0)

    world = World(triangle)
    world.step()
    monkeypatch.setattr(trade, "solve", none)
    with pytest.raises(api.NoEquilibrium, match="triangle, quarter 1, trade: There is no equilibrium: because"):
        world.step()


@pytest.mark.parametrize(
    "order, sentence",
    [
        (api.Decision(0, "X", "tariff", "B", "", 0.1), "there is no state 'X'; allowed are A, B, C"),
        (api.Decision(0, "A", "tarif", "B", "", 0.1), "there is no lever 'tarif'.* Did you mean 'tariff'?"),
        (api.Decision(0, "A", "tariff", "A", "", 0.1), "'A' is named as its own target"),
        (api.Decision(0, "A", "tariff", "", "", 0.1), "lever 'tariff' needs a target"),
        (api.Decision(0, "A", "tariff", "B", "grian", 0.1), "there is no sector 'grian'.* Did you mean 'grain'?"),
        (api.Decision(0, "A", "tariff", "B", "", 99.0), "99"),
        (api.Decision(0, "A", "tariff", "B", "", float("nan")), "nan"),
        (api.Decision(-1, "A", "tariff", "B", "", 0.1), "the quarter is -1; allowed is 0 or later"),
        (api.Decision(0, "A", "tariff", "B", "", 0.1, {"colour": "red"}), "colour"),
    ],
)
def test_an_order_this_world_cannot_carry_out_is_refused_before_anything_runs(triangle, order, sentence):
    with pytest.raises(api.Refusal, match=sentence):
        World(triangle, decisions=[order])
    with pytest.raises(api.Refusal):
        validated([order], ["A", "B", "C"], ["grain", "goods"], api.LEVERS, "here")


def test_an_order_after_the_end_of_a_run_is_refused_and_the_timetable_of_a_shortened_run_is_not(triangle):
    """A list of orders says what is to happen; the timetable belongs to a scenario that may be played shorter."""
    late = api.Decision(4, "A", "tariff", "B", "", 0.1)
    sentence = r"decision 1 \(quarter 4, A, tariff\): the quarter is 4; allowed is 0 to 3, for the run has 4 quarters"
    with pytest.raises(api.Refusal, match="triangle: " + sentence):
        api.run(triangle, decisions=[late], quarters=4)
    with pytest.raises(api.Refusal, match="triangle: " + sentence):
        api.ensemble(triangle, 2, decisions=[late], quarters=4)
    run = api.run(triangle, quarters=4)
    with pytest.raises(api.Refusal, match="branch: " + sentence):
        api.branch(run, 2, [late])
    assert api.run(triangle, decisions=[late], quarters=5).quarters == 5
    first = triangle.timetable[0].quarter
    assert api.run(triangle, quarters=first).quarters == first


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ({"quarters": 0}, "quarters: 0 is out of range; allowed is 1 to 400"),
        ({"quarters": 401}, "quarters: 401 is out of range"),
        ({"seed": -1}, "seed: -1 is out of range"),
        ({"seed": 2**63}, "seed: .* is out of range"),
        ({"theory": "mixd"}, "there is no theory 'mixd'.* Did you mean 'mixed'?"),
        ({"parameters": {"impact_shar": 0.3}}, "impact_shar.* Did you mean 'impact_share'?"),
        ({"parameters": {"impact_share": 7.0}}, "impact_share"),
        ({"parameters": {"impact_share": float("nan")}}, "impact_share"),
    ],
)
def test_a_run_that_cannot_be_is_refused_in_one_sentence(triangle, arguments, sentence):
    with pytest.raises(api.Refusal, match=sentence):
        api.run(triangle, **arguments)


def test_a_world_is_freed_when_nobody_holds_it(triangle):
    """Mesa 3.3 keeps every model in a registry of its agents' numbers; the world takes itself out."""
    world = World(triangle)
    world.step()
    watched, agent = weakref.ref(world), weakref.ref(world.states[0])
    del world
    gc.collect()
    assert watched() is None and agent() is None


def test_a_run_and_its_forks_are_freed_too(triangle):
    run = api.run(triangle, quarters=3)
    fork = api.branch(run, 1)
    watched = [weakref.ref(one.record) for one in (run, fork)]
    del run, fork
    gc.collect()
    assert [one() for one in watched] == [None, None]


def test_many_worlds_in_one_process_do_not_grow_it(triangle):
    """Two batches after a warm-up: what the second leaves behind is less than one world (about 100 kB), whichever Mesa runs."""

    def batch(worlds: int) -> None:
        for seed in range(worlds):
            world = World(triangle, seed)
            world.step()
        del world
        gc.collect()

    batch(20)
    tracemalloc.start()
    try:
        batch(20)
        before, _ = tracemalloc.get_traced_memory()
        batch(100)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 50_000


def test_linear_algebra_stays_within_the_worlds_own_arrays(triangle):
    """A world never writes into the scenario it was made from: a second world starts from the same numbers."""
    before = triangle.flows.copy()
    World(triangle, decisions=[api.Decision(0, "A", "import_ban", "*", "", 1.0)]).step()
    assert np.array_equal(triangle.flows, before)
