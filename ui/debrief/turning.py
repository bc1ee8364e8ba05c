"""Turning points, found by rule: the first threat, the first carried out, the first defection, the first rift, relief and so on.

Every rule reads the run's own record and gives at most one turning point, the first of its kind. Rules stand in the order of their weight:
where more is found than a page can hold, the heavier stay. Where a government's recorded choice lies behind a turning point, the point
names it, so that a page can say why and a fork can take the other option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from sim import api
from ui.politics import GOING_ON, STANCE, VOTE, sides

MOST = 12  # turning points on a page
NOTICED = 0.1  # percent of real income: a smaller loss is no turning point
UNLIKELY = 0.2  # a decision less likely than this was a surprise (assumption)


@dataclass(frozen=True)
class Turn:
    """A turning point: `who` did it or was first named, `other` the state it concerned, `choice` the place of the choice behind it in the run's
    record, `amount` a number that belongs to it, `dispute` the dispute it belongs to ("" for none)."""

    quarter: int
    kind: str
    who: str
    other: str = ""
    choice: int | None = None
    amount: float = 0.0
    dispute: str = ""


class Facts:
    """What the rules read: events, choices and the stages of disputes of a run, and its twin."""

    def __init__(self, run: api.Run, twin: api.Run) -> None:
        self.run, self.twin = run, twin
        self.choices: Sequence[api.Choice] = run.record.choices
        self.events = [(int(quarter), str(event), str(states).split()) for quarter, event, states, _ in run.record.rows("events")]
        self.rows = run.record.rows("disputes")

    @cached_property
    def between(self) -> dict[str, tuple[str, str]]:
        """Leader and target of each dispute."""
        found = {spec.id: (spec.senders[0], spec.target) for spec in self.run.setting.disputes}
        return found | {row[1]: (row[2], row[3]) for row in self.rows}

    @cached_property
    def sides(self) -> dict[str, tuple[str, ...]]:
        """The two states each dispute, offer or agreement is between."""
        return {**sides(self.run), **self.between}

    @cached_property
    def senders(self) -> dict[str, set[str]]:
        """All senders of each dispute, also those that left."""
        found = {spec.id: set(spec.senders) for spec in self.run.setting.disputes}
        for row in self.rows:
            found.setdefault(row[1], set()).update([row[2], *str(row[10]).split()])
        return found

    @cached_property
    def stages(self) -> dict[str, list[tuple[int, str]]]:
        """(quarter, stage) of each dispute, its stage before the run first."""
        found: dict[str, list[tuple[int, str]]] = {spec.id: [(-1, spec.stage)] for spec in self.run.setting.disputes}
        for row in self.rows:
            found.setdefault(row[1], [(-1, "dormant")]).append((int(row[0]), row[5]))
        return found

    def first_move(self, before: Sequence[str], after: Sequence[str]) -> tuple[int, str] | None:
        """The first quarter in which a dispute went from one of these stages to one of those, and the dispute."""
        moves = [
            (quarter, name)
            for name, path in self.stages.items()
            for (_, was), (quarter, now) in pairwise(path)
            if was in before and now in after
        ]
        return min(moves, default=None)

    def first_event(self, *names: str) -> tuple[int, list[str]] | None:
        """The first event of one of these kinds: its quarter and its states."""
        return next(((quarter, states) for quarter, event, states in self.events if event in names), None)

    def first_choice(self, question: str, option: str) -> int | None:
        """The place of the first choice that answers a question so; an option may go on with more words."""
        for place, choice in enumerate(self.choices):
            if choice.decision.partition(":")[0] == question and (choice.chosen == option or choice.chosen.startswith(f"{option} ")):
                return place
        return None

    def behind(self, quarter: int, states: Sequence[str], *answers: tuple[str, str]) -> int | None:
        """The place of a choice of that quarter by one of these states that answers a question so; states and answers in order."""
        for state in states:
            for question, option in answers:
                for place, choice in enumerate(self.choices):
                    asked = (choice.quarter, choice.state, choice.decision.partition(":")[0]) == (quarter, state, question)
                    if asked and choice.chosen.startswith(option):
                        return place
        return None

    def dispute_of(self, who: str, other: str) -> str:
        """The dispute between two states, "" where there is none."""
        for name, (_, target) in self.between.items():
            senders = self.senders.get(name, set())
            if (who == target and other in senders) or (other == target and who in senders):
                return name
        return ""

    def hostile(self) -> list[tuple[int, str, str, str]]:
        """(quarter, lever, sender, target) of every restrictive measure, each as it begins; what third parties do at their borders left out."""
        seen: dict[str, tuple[int, str, str, str]] = {}
        for row in self.run.record.rows("measures"):
            if row[4] and row[2] not in STANCE and not api.LEVERS[row[2]].friendly:
                seen.setdefault(str(row[1]), (int(row[0]), str(row[2]), str(row[3]), str(row[4])))
        return sorted(seen.values())


def turning_points(run: api.Run, twin: api.Run, target: str) -> list[Turn]:
    """The turning points of a run, in order of time; `target` is the state whose losses count. The heavier stay where there are many."""
    facts = Facts(run, twin)
    found = [turn for rule in RULES.values() if (turn := rule(facts)) is not None]
    found += [turn for turn in (_bottom(facts, target),) if turn is not None]
    named = {turn.choice for turn in found if turn.kind != "luck"} - {None}
    found = [turn for turn in found if turn.kind != "luck" or turn.choice not in named]
    weight: dict[str, float] = {kind: place for place, kind in enumerate(RULES)}
    weight["bottom"] = weight["imposed"] + 0.5
    kept = sorted(found, key=lambda turn: weight[turn.kind])[:MOST]
    return sorted(kept, key=lambda turn: (turn.quarter, weight[turn.kind]))


def _stage(kind: str, before: Sequence[str], after: Sequence[str], questions: Sequence[str], by_target: bool) -> Callable[[Facts], Turn | None]:
    """A rule on the stage of disputes; the one who moved it is the target or the leader."""

    def rule(facts: Facts) -> Turn | None:
        found = facts.first_move(before, after)
        if found is None:
            return None
        quarter, dispute = found
        leader, target = facts.between[dispute]
        who, other = (target, leader) if by_target else (leader, target)
        asked = [f"{question}:{dispute}" for question in questions]
        moved = [
            (choice.state != who, place)
            for place, choice in enumerate(facts.choices)
            if choice.quarter == quarter and choice.state in (who, other) and choice.decision in asked and choice.chosen not in GOING_ON
        ]
        place = min(moved)[1] if moved else None
        return Turn(quarter, kind, who, other, place, dispute=dispute)

    return rule


def _event(kind: str, names: Sequence[str], *answers: tuple[str, str]) -> Callable[[Facts], Turn | None]:
    """A rule on what the record tells as an event; `answers` are the (question, option) from which it follows."""

    def rule(facts: Facts) -> Turn | None:
        found = facts.first_event(*names)
        if found is None:
            return None
        quarter, states = found
        who, other = states[0], states[1] if len(states) > 1 else ""
        return Turn(quarter, kind, who, other, facts.behind(quarter, states, *answers), dispute=facts.dispute_of(who, other))

    return rule


def _choice(kind: str, question: str, option: str) -> Callable[[Facts], Turn | None]:
    """A rule on what a government chose."""

    def rule(facts: Facts) -> Turn | None:
        place = facts.first_choice(question, option)
        if place is None:
            return None
        choice = facts.choices[place]
        about = choice.decision.partition(":")[2]
        leader, target = (*facts.sides.get(about, ()), "", "")[:2]
        other = leader if choice.state == target else target
        return Turn(choice.quarter, kind, choice.state, other, place, dispute=about if about in facts.between else facts.dispute_of(choice.state, other))

    return rule


def _imposed(facts: Facts) -> Turn | None:
    """The first restrictive measures after the start that no threat came before."""
    found = facts.first_move(("dormant", "demand", "abandoned", "settled"), ("imposed",))
    if found is not None and found[0] >= 0:
        leader, target = facts.between[found[1]]
        return Turn(found[0], "imposed", leader, target, dispute=found[1])
    began = next((row for row in facts.hostile() if row[0] > 0 and not facts.dispute_of(row[2], row[3])), None)
    return None if began is None else Turn(began[0], "imposed", began[2], began[3])


def _start(facts: Facts) -> Turn | None:
    """Restrictive measures that were in force when the run began."""
    own = {(order.lever, order.state, order.target) for order in facts.run.setting.measures}
    first = next((row for row in facts.hostile() if row[0] == 0 and row[1:] in own), None)
    if first is None:
        return None
    dispute = facts.dispute_of(first[2], first[3])
    return Turn(0, "start", first[2], first[3], dispute=dispute)


def _counter(facts: Facts) -> Turn | None:
    """The first restrictive measure of a dispute's target on one of its senders."""
    for quarter, _, sender, other in facts.hostile():
        for name, (_, target) in facts.between.items():
            if sender == target and other in facts.senders[name]:
                return Turn(quarter, "counter", sender, other, facts.behind(quarter, [sender], ("adapt", "strike back")), dispute=name)
    return None


def _luck(facts: Facts) -> Turn | None:
    """The least likely decision of a government that was open to it, votes left out."""
    open_ones = [
        (choice.probabilities[choice.chosen], place)
        for place, choice in enumerate(facts.choices)
        if not choice.forced and len(choice.options) > 1 and not choice.decision.startswith(VOTE)
    ]
    if not open_ones:
        return None
    chance, place = min(open_ones)
    choice = facts.choices[place]
    if chance >= UNLIKELY:
        return None
    dispute = choice.decision.partition(":")[2]
    return Turn(choice.quarter, "luck", choice.state, "", place, 100.0 * chance, dispute if dispute in facts.between else "")


def _bottom(facts: Facts, target: str) -> Turn | None:
    """The quarter in which the target lacks most of real income against the twin."""
    if not target:
        return None
    place = list(facts.run.setting.state_ids).index(target)
    now, before = (one.record.series("states", "real_income")[:, place] for one in (facts.run, facts.twin))
    lost = 100.0 * (1.0 - now / before)
    worst = int(np.argmax(lost))
    return Turn(worst, "bottom", target, amount=float(lost[worst])) if lost[worst] >= NOTICED else None


RULES: dict[str, Callable[[Facts], Turn | None]] = {  # the heaviest first
    "carried_out": _stage("carried_out", ("threat",), ("imposed",), ("carry out",), False),
    "hidden": _stage("hidden", ("threat",), ("settled",), ("answer threat", "hold or yield", "accept part"), True),
    "defection": _event("defection", ("defection", "leave coalition"), ("keep or lift", "lift")),
    "rift": _event("rift", ("rift",), ("partnership", "break")),
    "relief": _stage("relief", ("imposed", "threat"), ("relief",), ("answer settlement", "hold or yield"), True),
    "snapback": _event("snapback", ("snapback",), ("next stage", "bring measures back")),
    "settled": _stage("settled", ("demand", "imposed", "relief"), ("settled",), ("hold or yield", "accept part", "answer settlement"), True),
    "abandoned": _stage("abandoned", ("imposed", "relief"), ("abandoned",), ("keep or lift",), False),
    "lapsed": _stage("lapsed", ("threat",), ("abandoned",), ("carry out",), False),
    "imposed": _imposed,
    "refused": _choice("refused", "answer settlement", "turn it down"),
    "deal": _event("deal", ("agreement",), ("answer deal", "accept")),
    "joined": _choice("joined", "join", "join the measures"),
    "stayed_out": _choice("stayed_out", "join", "stay out"),
    "shielded": _choice("shielded", "stance", "stand by the target"),
    "traded_on": _choice("traded_on", "stance", "trade on"),
    "controlled": _choice("controlled", "stance", "control transit"),
    "luck": _luck,
    "threat": _event("threat", ("threat",), ("demand", "demand")),
    "part": _event("part", ("offer part",), ("answer threat", "offer"), ("hold or yield", "offer")),
    "counter": _counter,
    "adopted": _event("adopted", ("resolution adopted",)),
    "cheated": _event("cheated", ("backsliding seen",), ("keep settlement", "go back")),
    "drift": _event("drift", ("drift",), ("partnership", "let it lapse")),
    "disclosed": _event("disclosed", ("disclosure",), ("disclose", "publish")),
    "start": _start,
}
