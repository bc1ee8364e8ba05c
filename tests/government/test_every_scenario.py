"""What holds for every decision of every shipped scenario: terms add up, flips flip, options can be done, luck stays where it belongs."""

from __future__ import annotations

import math
from functools import cache

import pytest

from sim import api
from sim.government import choices
from sim.government.question import Question
from sim.levers import LEVERS
from sim.orders import validated
from sim.scenario.decisions import Decision

SCENARIOS = [name for name, _ in api.scenarios()]
QUARTERS = 10


@cache
def history(name: str) -> api.Run:
    return api.run(name, seed=1, quarters=min(QUARTERS, api.load(name).quarters))


@pytest.mark.parametrize("name", SCENARIOS)
def test_terms_add_up_to_the_utility_and_probabilities_to_one(name: str) -> None:
    table = history(name).table("decisions")
    for _, rows in table.groupby(["quarter", "state", "decision", "option"]):
        assert math.isclose(math.fsum(rows["value"]), rows["utility"].iloc[0], rel_tol=1e-12, abs_tol=1e-12)
    options = table.drop_duplicates(["quarter", "state", "decision", "option"])
    for _, rows in options.groupby(["quarter", "state", "decision"]):
        assert math.isclose(math.fsum(rows["probability"]), 1.0, abs_tol=1e-12) and rows["chosen"].sum() == 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_flip_changes_the_choice_with_the_same_draws_and_a_little_less_does_not(name: str) -> None:
    for choice in history(name).record.choices:
        assert choice.forced or choice.winner() == choice.chosen
        if choice.flip is not None:
            where = (choice.flip.option, choice.flip.term)
            assert choice.winner({where: choice.flip.change}) == choice.flip.winner != choice.chosen
            assert choice.winner({where: 0.999 * choice.flip.change - math.copysign(1e-9, choice.flip.change)}) == choice.chosen


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_option_weighed_is_something_the_state_could_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option's orders pass the checks that orders of people pass, come from the state itself and belong to an option."""
    decide, seen = choices._decide, []

    def checked(world: api.World, state: int, question: Question) -> tuple[Decision, ...]:
        assert set(question.orders) <= {option.name for option in question.options}
        for orders in question.orders.values():
            validated(orders, world.ids, world.sector_ids, LEVERS, question.key)
            assert {order.state for order in orders} <= {world.ids[state]}
            seen.append(question.key)
        return decide(world, state, question)

    monkeypatch.setattr(choices, "_decide", checked)
    api.run(name, seed=1, quarters=min(QUARTERS, api.load(name).quarters), keep_snapshots=False)
    assert seen or not api.load(name).disputes


@pytest.mark.parametrize("name", SCENARIOS)
def test_one_states_policy_leaves_every_other_states_draws_untouched(name: str) -> None:
    """The first state puts a tariff on the last; all others draw for every question both histories ask the same luck by option's name, and those
    whose reasons did not change choose the same."""
    before = history(name)
    first, last = before.setting.state_ids[0], before.setting.state_ids[-1]
    after = api.branch(before, 1, [Decision(1, first, "tariff", last, "*", 0.5)])
    known = {(choice.quarter, choice.state, choice.decision): choice for choice in before.record.choices}
    for choice in after.record.choices:
        other = known.get((choice.quarter, choice.state, choice.decision))
        if other is None or choice.state == first:
            continue
        for option in set(choice.names) & set(other.names):
            assert choice.draws[option] == other.draws[option]
        if choice.options == other.options:
            assert choice.chosen == other.chosen


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_fork_without_change_is_history(name: str) -> None:
    before = history(name)
    assert api.branch(before, len(before.snapshots) // 2).digests == before.digests
