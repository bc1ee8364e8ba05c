"""What was played: a scenario, a seed, a theory, the orders of people and of the scenario's timetable. And playing it again, changed.

The same story gives the same run. Another theory, another choice of one government or an order left out keep the luck of every
other decision, so that what differs follows from the change alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim import api
from ui.view import View, decisions

Forced = Mapping[tuple[int, str, str], str]  # quarter, state, question -> the option it must take


@dataclass(frozen=True)
class Story:
    """Everything that decides what happened. `orders` hold the timetable's too; in quarters `held` (state, first, last) people hold a
    state's seat and the model's government does not decide for it. `per_round`: quarters of a round of a class, 0 where there are no rounds."""

    setting: api.Scenario
    seed: int
    quarters: int
    theory: str
    orders: tuple[api.Decision, ...]
    numbers: tuple[tuple[str, float], ...] = ()
    held: tuple[tuple[str, int, int], ...] = ()
    governments: bool = True
    per_round: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """A name for the story: equal keys, equal runs."""
        orders = tuple(tuple(order.as_row().items()) for order in self.orders)
        injects = tuple((inject.quarter, inject.kind, inject.text) for inject in self.setting.injects)
        return (self.setting.id, self.setting.digest, injects, self.seed, self.quarters, self.theory, orders, self.numbers, self.held, self.governments)

    def by_people(self, state: str, quarter: int) -> bool:
        """Whether people held the state's seat in that quarter."""
        return any(name == state and first <= quarter <= last for name, first, last in self.held)


def of_view(view: View, setting: api.Scenario) -> Story:
    """The story of what is open in the Lab."""
    length = view.length(setting)
    return Story(
        setting,
        view.seed,
        length,
        view.theory or setting.theory,
        tuple(decisions(view.choice, setting, length)),
        view.numbers,
        governments=not view.choice.untouched,
    )


def of_class(what: Mapping[str, object]) -> Story:
    """The story of a class from what its store knows: scenario, seed, theory, moves, held, injects, upto (as for a round's result)."""
    setting = api.load(str(what["scenario"])).with_released(what["injects"])  # type: ignore[arg-type]
    held = tuple((str(state), int(first), int(last)) for state, first, last in what["held"])  # type: ignore[attr-defined]
    bare = Story(setting, int(what["seed"]), int(what["upto"]), str(what["theory"]), (), held=held, per_round=int(what.get("per_round", 0)))  # type: ignore[call-overload]
    timetable = tuple(order for order in setting.timetable if not bare.by_people(order.state, order.quarter))
    moves = tuple(api.Decision(**move) for move in what["moves"])  # type: ignore[attr-defined]
    return replace(bare, orders=(*timetable, *moves), theory=bare.theory or setting.theory)


def play(story: Story, theory: str = "", forced: Forced | None = None, left_out: Sequence[api.Decision] = ()) -> api.Run:
    """The story's run; under another theory, with choices forced, or with orders left out where that is asked.

    An order that comes to nothing because the world has become another one is told, not refused. Raises `NoEquilibrium`.
    """
    choices = dict(forced or {})

    def decider(quarter: int, state: str, decision: str, options: Sequence[str], beliefs: Mapping[str, float]) -> str | None:
        wanted = choices.get((quarter, state, decision))
        return wanted if wanted in options else None

    orders = _without(story, left_out)
    world = api.World(story.setting, story.seed, orders, theory or story.theory or None, dict(story.numbers), False, story.governments)
    world.strict = False
    world.decider = decider
    while world.quarter < story.quarters:
        world.seat(story.held)
        world.step()
    return api.Run(
        story.setting, story.seed, story.quarters, world.theory, dict(story.numbers), False, story.governments, (), tuple(orders), world.record
    )


def twin(story: Story) -> api.Run:
    """The same world and luck without any measure, and with governments that leave things as they are."""
    ended = tuple(replace(order, value=None, options={}) for order in story.setting.measures)
    return play(replace(story, orders=ended, held=(), governments=False))


def _without(story: Story, left_out: Sequence[api.Decision]) -> tuple[api.Decision, ...]:
    """The orders without some of them; a measure in force at the start is withdrawn in the quarter it begins."""
    gone = list(left_out)
    kept = tuple(order for order in story.orders if order not in gone)
    return kept + tuple(replace(order, value=None, options={}) for order in story.setting.measures if order in gone)
