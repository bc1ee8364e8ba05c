"""The levers of home and technology: what each writes, by hand, and what it does in a running world."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import api
from sim.api import Decision
from sim.economy.frictions import EXPORTER, IMPORTER
from sim.economy.home_terms import HomeTerms
from sim.levers import LEVERS, Measure
from sim.levers.combine import LOWEST_TARIFF, frictions_of
from sim.world import World

SECTORS, STATES = 2, 3
USER, OTHER, THIRD = 0, 1, 2
NONE = np.zeros((SECTORS, STATES, STATES))
QUIET = {"shock_volatility": 0.0}


def measure(lever: str, level: float, sectors: tuple[int, ...] = (0, 1), user: int = USER, target: int = OTHER, **options: float) -> Measure:
    return Measure(lever, lever, user, target, np.array(sectors), level, 0, options=options)


def played(*decisions: Decision, quarters: int = 8, scenario: str = "who-pays", timetable: bool = True, **parameters: float) -> World:
    world = World(api.load(scenario), 1, list(decisions), governments=False, timetable=timetable, parameters={**QUIET, **parameters})
    for _ in range(quarters):
        world.step()
    return world


def test_two_technology_controls_cover_what_is_left() -> None:
    """50 % and 40 %: 1 - 0.5 * 0.6 = 0.7, in one direction."""
    knowledge = frictions_of([measure("technology_control", 0.5), measure("technology_control", 0.4)], NONE).pairs.knowledge
    assert knowledge[USER, OTHER] == pytest.approx(0.7)
    assert knowledge.sum() == pytest.approx(0.7)


def test_a_subsidy_is_a_negative_tariff_on_home_sales_and_has_a_floor() -> None:
    """10 % on sector 0; seven of them would be 70 % and stop at the floor of 30 %."""
    one = frictions_of([measure("subsidy", 0.1, (0,), target=-1)], NONE).tariffs
    assert one[0, USER, USER] == pytest.approx(-0.1)
    assert abs(one).sum() == pytest.approx(0.1)
    many = frictions_of([measure("subsidy", 0.1, (0,), target=-1)] * 7, NONE).tariffs
    assert many[0, USER, USER] == LOWEST_TARIFF == -0.3


def test_diversification_makes_all_suppliers_but_one_cheaper() -> None:
    """5 % on what the third state sells to the user; nothing on the one avoided, nothing at home."""
    tariffs = frictions_of([measure("diversification", 0.05)], NONE).tariffs
    assert tariffs[:, THIRD, USER] == pytest.approx([-0.05, -0.05])
    assert abs(tariffs).sum() == pytest.approx(0.1)


def test_stores_aid_and_funds_name_user_and_receiver() -> None:
    both = frictions_of(
        [measure("stockpiling", 0.1, (1,), target=-1), measure("aid", 0.01), measure("solidarity_fund", 0.5), measure("solidarity_fund", 0.2)], NONE
    )
    assert both.home.store[:, USER] == pytest.approx([0.0, 0.1])
    assert both.pairs.giving[USER, OTHER] == pytest.approx(0.01)
    assert both.pairs.solidarity[USER, OTHER] == pytest.approx(0.6)


def test_shielding_is_for_sectors_or_for_one_group_and_compensation_for_wages() -> None:
    home = frictions_of(
        [measure("shielding", 0.5, (0,), target=-1), measure("shielding", 0.4, target=-1, group=1.0), measure("compensation", 0.3, (1,), target=-1)], NONE
    ).home
    assert home.shield[:, USER] == pytest.approx([0.5, 0.0])
    assert home.relief[USER] == pytest.approx([0.4, 0.0, 0.0, 0.0, 0.0])
    assert home.wages[:, USER] == pytest.approx([0.0, 0.3])


def test_counter_measures_answer_what_the_other_side_forbids_and_nothing_when_it_forbids_nothing() -> None:
    """The other bans 60 % of its exports of sector 1; answering half of it in sector 0: the user no longer buys 30 % of sector 0 from it."""
    ban = measure("export_ban", 0.6, (1,), user=OTHER, target=USER)
    answer = measure("counter_measures", 0.5, (0,))
    legal = frictions_of([ban, answer], NONE).legal_by_issuer()
    assert legal[IMPORTER, 0, OTHER, USER] == pytest.approx(0.7)
    assert legal[IMPORTER, 1, OTHER, USER] == 1.0
    assert legal[EXPORTER, 1, OTHER, USER] == pytest.approx(0.4)
    assert (frictions_of([answer], NONE).legal() == 1.0).all()


def test_two_states_that_answer_each_other_do_not_talk_each_other_up() -> None:
    """Each reads what the other forbids before any answer: with no first measure there is nothing to answer."""
    legal = frictions_of([measure("counter_measures", 1.0), measure("counter_measures", 1.0, user=OTHER, target=USER)], NONE).legal()
    assert (legal == 1.0).all()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_all_measures_never_matters_not_even_with_answers(data: st.DataObject) -> None:
    """`frictions_of` in two orders: the same restrictions, tariffs, home terms and answers."""
    names = sorted(lever for lever, each in LEVERS.items() if each.apply is not None)
    chosen = data.draw(
        st.lists(
            st.tuples(st.sampled_from(names), st.floats(0.0, 1.0), st.sampled_from([(0, 1), (1, 2), (2, 0), (1, 0)]), st.sampled_from([(0,), (1,), (0, 1)])),
            min_size=2,
            max_size=9,
        )
    )
    measures = []
    for lever, level, (user, target), sectors in chosen:
        setting = LEVERS[lever].value
        measures.append(measure(lever, setting.low + level * (setting.high - setting.low), sectors, user, target if LEVERS[lever].needs_target else -1))
    one, two = frictions_of(measures, NONE), frictions_of(data.draw(st.permutations(measures)), NONE)
    for name in ("permeability", "log_cost", "exempt", "tariffs", "answers"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), rel=1e-12, abs=1e-12)
    for term in fields(HomeTerms):
        assert getattr(one.home, term.name) == pytest.approx(getattr(two.home, term.name), rel=1e-12, abs=1e-12)


def test_a_subsidy_raises_the_home_share_and_is_really_paid() -> None:
    """20 % on home machinery: the home share rises, and the state's revenue is minus the bill."""
    world = played(Decision(1, "FENNMARK", "subsidy", "", "tech", 0.2, {}), timetable=False)
    plain = played(timetable=False)
    tech, there = world.sector_place["tech"], world.place["FENNMARK"]
    home = world.record.series("sectors", "home_share")[7, there, tech] - plain.record.series("sectors", "home_share")[7, there, tech]
    bill = world.record.series("states", "subsidies")[7, there]
    assert home > 0.01
    assert bill == pytest.approx(0.2 * world.solution.flows[tech, there, there])
    assert world.solution.tariff_revenue[there] == pytest.approx(-bill)


def test_a_subsidised_industry_learns() -> None:
    world = played(Decision(1, "FENNMARK", "subsidy", "", "tech", 0.2, {}), quarters=16, timetable=False)
    plain = played(quarters=16, timetable=False)
    tech, there = world.sector_place["tech"], world.place["FENNMARK"]
    assert world.economy.technology.experience[tech, there] > 1.02
    assert world.economy.productivity[tech, there] > plain.economy.productivity[tech, there]


def test_aid_moves_money_and_the_giver_pays() -> None:
    """0.3 % of Estoria's factor income a quarter goes to Corvane: grants are that, and sum to zero."""
    world = played(Decision(1, "ESTORIA", "aid", "CORVANE", "", 0.003, {}))
    grants = world.record.series("states", "grants")
    corvane, estoria = world.place["CORVANE"], world.place["ESTORIA"]
    before = world.record.series("states", "grants")[5].sum()
    assert before == pytest.approx(0.0, abs=1e-15)
    assert grants[7, corvane] == pytest.approx(-grants[7, estoria])
    assert grants[7, corvane] == pytest.approx(0.003 * 2800 / 4, rel=0.1)
    assert world.solution.real_income[corvane] > played().solution.real_income[corvane]


def test_a_solidarity_fund_pays_what_was_lost_and_ends_with_the_loss() -> None:
    """Arden makes good half of Belmora's loss: about 0.5 * loss share * base income, a quarter later; nothing before there is a loss."""
    world = played(Decision(0, "ARDEN", "solidarity_fund", "BELMORA", "", 0.5, {}), quarters=6)
    grants = world.record.series("states", "grants")[:, world.place["BELMORA"]]
    income = world.record.series("states", "real_income")[:, world.place["BELMORA"]]
    base = world.accounts.income[world.place["BELMORA"]]
    assert abs(grants[:2]).max() < 1e-9
    assert grants[4] == pytest.approx(0.5 * (base - income[3]), rel=1e-9)


def test_stores_fill_before_and_help_after() -> None:
    """Corvane stores a tenth of its food for two quarters before the measures: less to eat first, more of the essentials later; consumption adds up."""
    order = Decision(0, "CORVANE", "stockpiling", "", "food", 0.2, {})
    world, plain = played(order, quarters=5), played(quarters=5)
    corvane, food = world.place["CORVANE"], world.sector_place["food"]
    eaten = world.record.series("states", "consumption")[:, corvane] - plain.record.series("states", "consumption")[:, corvane]
    stores = world.record.series("sectors", "stores")[:, corvane, food]
    assert eaten[0] < 0 < eaten[3]
    assert 0 < stores[0] < stores[1]
    assert stores[4] < stores[1]
    assert eaten[0] == pytest.approx(-stores[0], rel=1e-9)


def test_things_that_do_not_keep_are_not_stored() -> None:
    world = played(Decision(0, "CORVANE", "stockpiling", "", "services", 0.2, {}), quarters=2)
    assert world.economy.stores.sum() == 0.0


def test_shielding_the_poorest_is_paid_by_the_others() -> None:
    """Eight tenths of what the poorest fifth lost is made good: it loses less, the richest more, the state the same."""
    order = Decision(2, "CORVANE", "shielding", "", "", 0.8, {"group": "1"})
    world, plain = played(order), played()
    corvane = world.place["CORVANE"]
    now, before = world.living.disposable[corvane], plain.living.disposable[corvane]
    assert now[0] > 1.05 * before[0]
    assert now[4] < before[4]
    nominal = (now * world.living.prices[corvane]).sum(), (before * plain.living.prices[corvane]).sum()
    assert nominal[0] == pytest.approx(nominal[1], rel=1e-12)


def test_compensation_pays_workers_and_not_owners() -> None:
    """The same cover for wages alone gives the richest fifth less than the shield does."""
    shield = played(Decision(2, "CORVANE", "shielding", "", "energy", 1.0, {}))
    wages = played(Decision(2, "CORVANE", "compensation", "", "energy", 1.0, {}))
    corvane = shield.place["CORVANE"]
    assert wages.living.elite[corvane] > shield.living.elite[corvane]
    assert wages.living.public[corvane] < shield.living.public[corvane]


def test_diversification_builds_ties_that_soften_a_later_cut() -> None:
    """Belmora avoids Corvane's energy from quarter 0; when Corvane stops selling in quarter 8, it loses less than if it had not."""
    avoid = Decision(0, "BELMORA", "diversification", "CORVANE", "energy", 0.3, {})
    stop = Decision(8, "BELMORA", "diversification", "CORVANE", "energy", None, {})
    cut = Decision(8, "CORVANE", "export_ban", "BELMORA", "energy", 1.0, {})
    ready, caught = played(avoid, stop, cut, quarters=10, timetable=False), played(cut, quarters=10, timetable=False)
    belmora, energy = ready.place["BELMORA"], ready.sector_place["energy"]
    price = [world.record.series("states", "real_income")[8, belmora] for world in (ready, caught)]
    assert price[0] > price[1]
    early = [world.record.series("states", "real_income")[4, belmora] for world in (ready, caught)]
    assert early[0] < early[1]
    assert ready.solution.price_index[energy, belmora] < caught.solution.price_index[energy, belmora]


def test_refused_know_how_makes_industry_dearer_over_the_years() -> None:
    orders = [Decision(1, state, "technology_control", "CORVANE", "", 1.0, {}) for state in ("ARDEN", "BELMORA", "ESTORIA", "GALVIA", "FENNMARK", "DELMAR")]
    world, off = played(*orders, quarters=16, timetable=False), played(*orders, quarters=16, timetable=False, knowledge_loss=0.0)
    corvane = world.place["CORVANE"]
    assert world.economy.technology.missing[:, corvane].min() > 0.003
    assert off.economy.technology.missing[:, corvane].max() < 0.001
    assert world.solution.real_income[corvane] < off.solution.real_income[corvane] - 0.003
