"""A state that has lost income under measures: whom to protect, and who pays for it.

Protection moves income between a state's own households (see `economy.home_budget`); what an option would move is worked out from the last quarter.
What counts for the government is who gains: the richest fifth, on whom a government that answers to few rests, or the other four (selectorate theory).
Protection belongs to the oldest dispute under way and ends with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.economy.frictions import Frictions
from sim.economy.home_budget import handed_out
from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.home_front import oldest_pressing
from sim.government.packages import ordered
from sim.government.question import Question
from sim.government.stakes import lasting
from sim.levers import LEVERS
from sim.levers.combine import written
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

NOTICED = 1.0  # % of real income lost from which the question comes up
WAYS: dict[str, tuple[str, str, dict[str, str]]] = {
    "make good what the richest lose": ("shielding", "", {"group": "5"}),
    "make good what the poorest lose": ("shielding", "", {"group": "1"}),
    "pay lost wages": ("compensation", "*", {}),
}
LEVERS_USED = ("shielding", "compensation")


def questions(world: World, state: int) -> list[Question]:
    """At most one question: the state is under measures, has lost income, protects nobody yet, and has the file on its agenda."""
    if world.solution is None or 100.0 * (1.0 - float(world.solution.real_income[state])) < NOTICED:
        return []
    already = any(one.lever in LEVERS_USED for one in world.measures.of(state))
    oldest = oldest_pressing(world, state)
    if oldest is None or already or not opened(world, state, "protect", "", 0.5 * world.p["agenda_rate"]):
        return []
    p, me = world.p, world.ids[state]
    concern = p["elite_concern_democracy"] if world.setting.states[state].regime == "democracy" else p["elite_concern_autocracy"]
    years = 0.25 * lasting(0.5 * p["agenda_rate"], p)
    options, orders = [Option("protect nobody", {})], {}
    for name, (lever, sector, details) in WAYS.items():
        order = Decision(world.quarter, me, lever, "", sector, LEVERS[lever].value.default, {**details, "dispute": oldest.id})
        public, elite = _moved(world, state, order)
        options.append(Option(name, {"those it rests on": concern * elite * years, "ordinary households": (1.0 - concern) * public * years}))
        orders[name] = (order,)
    return [Question("protect", me, tuple(options), orders, {}, covers=LEVERS_USED)]


def _moved(world: World, state: int, order: Decision) -> tuple[float, float]:
    """What an order would have moved last quarter: to the lower four fifths and to the richest, % of the base income of each, net of what they pay."""
    solution, people, p = world.solution, world.people, world.p
    assert solution is not None
    terms = written(ordered(world, [order]), Frictions.none(world.accounts.tariffs)).home
    incomes, transfers = handed_out(terms, people, world.accounts.factor_income, solution, world.balance, p)
    own, given = incomes[state], transfers[state]
    net = given - given.sum() * own / own.sum()
    base = people.income[state]
    return 100.0 * float(net[:-1].sum() / base[:-1].sum()), 100.0 * float(net[-1] / base[-1])
