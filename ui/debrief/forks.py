"""One fork, suggested by rule: the heaviest turning point at which somebody could have done something else.

Where a government chose, it takes its next-best option instead; where people or the timetable ordered measures, those of that state (or,
where measures begin, of all senders of the dispute) on that target in that quarter are left out. From then on everybody decides freely, with the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim import api
from ui.debrief.story import Story
from ui.debrief.turning import Turn

MOST = 3  # suggestions to choose from
TOGETHER = ("carried_out", "imposed", "start")  # here all senders of the dispute leave their measures out, not the leader alone
ORDER = (  # kinds of turning points, the most telling fork first
    "carried_out", "hidden", "imposed", "defection", "abandoned", "refused", "relief", "settled", "rift", "lapsed", "part", "stayed_out", "joined", "closer",
    "deal", "shielded", "traded_on", "controlled", "threat", "counter", "luck", "start",
)  # fmt: skip


@dataclass(frozen=True)
class Fork:
    """A change of one turning point: a choice forced to another option, or orders left out."""

    turn: Turn
    question: str = ""
    chosen: str = ""
    instead: str = ""
    left_out: tuple[api.Decision, ...] = ()

    @property
    def forced(self) -> Mapping[tuple[int, str, str], str]:
        """What the story is played again with."""
        return {(self.turn.quarter, self.turn.who, self.question): self.instead} if self.instead else {}


def suggestions(story: Story, run: api.Run, turns: Sequence[Turn]) -> list[Fork]:
    """Up to three forks, the most telling first; none only where nobody did anything."""
    by_kind = {turn.kind: turn for turn in turns}
    found: list[Fork] = []
    for kind in ORDER:
        one = _fork(story, run, by_kind[kind]) if kind in by_kind else None
        if one is not None and not any(_same(one, other) for other in found):
            found.append(one)
    return found[:MOST]


def _fork(story: Story, run: api.Run, turn: Turn) -> Fork | None:
    if turn.choice is not None:
        choice = run.record.choices[turn.choice]
        other = choice.runner_up
        if other is None:
            return None
        return Fork(Turn(choice.quarter, turn.kind, choice.state, turn.other, turn.choice, dispute=turn.dispute), choice.decision, choice.chosen, other)
    who = {turn.who, *(_senders(run, turn.dispute) if turn.kind in TOGETHER else ())}
    before = story.setting.measures if turn.quarter == 0 else ()
    orders = tuple(
        order
        for order in (before if turn.kind == "start" else (*story.orders, *before))
        if order.quarter == turn.quarter and order.state in who and order.value is not None and order.target in (turn.other, "*")
        if not api.LEVERS[order.lever].friendly
    )
    return Fork(turn, left_out=orders) if orders else None


def _senders(run: api.Run, dispute: str) -> set[str]:
    """Everybody who was ever a sender of a dispute."""
    found = {state for spec in run.setting.disputes if spec.id == dispute for state in spec.senders}
    return found | {state for row in run.record.rows("disputes") if row[1] == dispute for state in str(row[10]).split()}


def _same(one: Fork, other: Fork) -> bool:
    return (one.forced, one.left_out) == (other.forced, other.left_out)
