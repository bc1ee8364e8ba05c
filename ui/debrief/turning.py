"""Turning points, found by rule: the first threat, the first carried out, the first defection, the first rift, relief and so on.

Every rule reads the run's own record and gives at most one turning point, the first of its kind. Rules stand in the order of their weight:
where more is found than a page can hold, the heavier stay. Where a government's recorded choice lies behind a turning point, the point
names it, so that a page can say why and a fork can take the other option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim import api
from ui.debrief.facts import Facts
from ui.politics import VOTE, goes_on

MOST = 12  # turning points on a page
NOTICED = 0.1  # percent of real income: a smaller loss is no turning point
UNLIKELY = 0.2  # a decision less likely than this was a surprise (assumption)


@dataclass(frozen=True)
class Turn:
    """A turning point: `who` did it or was first named, `other` the state it concerned, `choice` the place of the choice behind it in the run's
    record, `amount` a number that belongs to it, `dispute` the dispute it belongs to ("" for none), `also` who did the same in the same quarter."""

    quarter: int
    kind: str
    who: str
    other: str = ""
    choice: int | None = None
    amount: float = 0.0
    dispute: str = ""
    also: tuple[str, ...] = ()


def turning_points(run: api.Run, twin: api.Run, targets: Sequence[str]) -> list[Turn]:
    """The turning points of a run, in order of time; `targets` are the states whose losses count. The heavier stay where there are many."""
    facts = Facts(run, twin)
    found = [turn for rule in RULES.values() if (turn := rule(facts)) is not None]
    found += [turn for turn in (_bottom(facts, targets),) if turn is not None]
    named = {turn.choice for turn in found if turn.kind != "luck"} - {None}
    found = [turn for turn in found if turn.kind != "luck" or turn.choice not in named]
    weight: dict[str, float] = {kind: place for place, kind in enumerate(RULES)}
    weight["bottom"] = weight["imposed"] + 0.5
    kept = sorted(found, key=lambda turn: weight[turn.kind])[:MOST]
    kept = [replace(turn, also=_also(turn, facts)) for turn in kept]
    return sorted(kept, key=lambda turn: (turn.quarter, turn.kind != "start", weight[turn.kind]))


def _also(turn: Turn, facts: Facts) -> tuple[str, ...]:
    """Who did the same in the same quarter: senders whose measures begin, who leave, or who join with the one that is named."""
    if turn.kind in ("carried_out", "imposed", "start"):
        own = {(order.lever, order.state, order.target) for order in facts.run.setting.measures}
        begun = [row for row in facts.hostile() if (row[0], row[3]) == (turn.quarter, turn.other) and (turn.kind != "start" or row[1:] in own)]
        same = [row[2] for row in begun]
        found = [state for state in same if not turn.dispute or state in facts.senders[turn.dispute]]
    elif turn.kind == "defection":
        found = [who for quarter, who, other in facts.left() if (quarter, other) == (turn.quarter, turn.other)]
    elif turn.kind == "joined" and turn.choice is not None:
        one = facts.choices[turn.choice]
        found = [other.state for other in facts.choices if (other.quarter, other.decision, other.chosen) == (one.quarter, one.decision, one.chosen)]
    else:
        found = []
    return tuple(dict.fromkeys(state for state in found if state != turn.who))


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
            if choice.quarter == quarter and choice.state in (who, other) and choice.decision in asked and not goes_on(choice.chosen)
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


def _defection(facts: Facts) -> Turn | None:
    """The first sender but the leader to leave: told as such, or with nothing of its own left in force against a target that is still under measures."""
    quarter, who, other = min(facts.left(), default=(0, "", ""))
    if not who:
        return None
    return Turn(quarter, "defection", who, other, facts.behind(quarter, [who], ("keep or lift", "lift")), dispute=facts.dispute_of(who, other))


def _agreement(kind: str, within: bool) -> Callable[[Facts], Turn | None]:
    """The first agreement between two targets of disputes, or the first of others."""

    def rule(facts: Facts) -> Turn | None:
        targets = {target for _, target in facts.between.values()}
        found = next(((quarter, states) for quarter, event, states in facts.events if event == "agreement" and (set(states) <= targets) == within), None)
        if found is None:
            return None
        quarter, (who, other) = found
        return Turn(quarter, kind, who, other, facts.behind(quarter, (who, other), ("answer deal", "accept")), dispute=facts.dispute_of(who, other))

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


def _bottom(facts: Facts, targets: Sequence[str]) -> Turn | None:
    """The quarter in which the targets together lack most of real income against the twin; `who` is the first of them."""
    if not targets:
        return None
    places = [list(facts.run.setting.state_ids).index(target) for target in targets]
    now, before = (one.record.series("states", "real_income")[:, places].sum(axis=1) for one in (facts.run, facts.twin))
    lost = 100.0 * (1.0 - now / before)
    worst = int(np.argmax(lost))
    return Turn(worst, "bottom", targets[0], amount=float(lost[worst])) if lost[worst] >= NOTICED else None


RULES: dict[str, Callable[[Facts], Turn | None]] = {  # the heaviest first
    "carried_out": _stage("carried_out", ("threat",), ("imposed",), ("carry out",), False),
    "hidden": _stage("hidden", ("threat",), ("settled",), ("answer threat", "hold or yield", "accept part"), True),
    "defection": _defection,
    "closer": _agreement("closer", within=True),
    "rift": _event("rift", ("rift",), ("partnership", "break")),
    "relief": _stage("relief", ("imposed", "threat"), ("relief",), ("answer settlement", "hold or yield"), True),
    "snapback": _event("snapback", ("snapback",), ("next stage", "bring measures back")),
    "settled": _stage("settled", ("demand", "imposed", "relief"), ("settled",), ("hold or yield", "accept part", "answer settlement"), True),
    "abandoned": _stage("abandoned", ("imposed", "relief"), ("abandoned",), ("keep or lift",), False),
    "lapsed": _stage("lapsed", ("threat",), ("abandoned",), ("carry out",), False),
    "imposed": _imposed,
    "refused": _choice("refused", "answer settlement", "turn it down"),
    "deal": _agreement("deal", within=False),
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
