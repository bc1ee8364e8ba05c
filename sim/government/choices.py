"""A government's quarter: every open question is put, weighed and recorded, and the chosen options become orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.government.choice import choose
from sim.government.decisions import DECISIONS
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


def orders(world: World, state: int, given: Sequence[Decision]) -> list[Decision]:
    """The orders that follow from the state's own choices; questions that `given` orders already answer are left out."""
    answered = {(order.lever, order.target) for order in given}
    decided: list[Decision] = []
    for questions in DECISIONS.values():
        for question in questions(world, state):
            if not any((lever, _other(question)) in answered for lever in question.covers):
                chosen = _decide(world, state, question)
                decided.extend(chosen)
                answered.update((order.lever, order.target) for order in chosen if order.lever == "join_coalition")  # who joins takes no stance beside
    return decided


def _other(question: Question) -> str:
    """The state a question is about: the target of the first order any option would give."""
    return next((order.target for orders in question.orders.values() for order in orders), "")


def _decide(world: World, state: int, question: Question) -> tuple[Decision, ...]:
    me = world.ids[state]
    names = [option.name for option in question.options]
    forced = None if world.decider is None else world.decider(world.quarter, me, question.key, names, question.beliefs)
    choice = choose(
        question.options,
        rationality=world.p["rationality"],
        streams=world.streams,
        quarter=world.quarter,
        state=me,
        decision=question.key,
        beliefs=question.beliefs,
        forced=forced,
    )
    world.record.choice(choice)
    return question.orders.get(choice.chosen, ())
