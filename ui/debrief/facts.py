"""What the rules of turning points read: events, choices, the stages of disputes and the measures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from sim import api
from ui.politics import STANCE, sides


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

    @cached_property
    def _restrictive(self) -> list[tuple[str, int, str, str, str]]:
        """(measure, quarter, lever, sender, target) of every restrictive measure in each of its quarters."""
        rows = self.run.record.rows("measures")
        return [
            (str(row[1]), int(row[0]), str(row[2]), str(row[3]), str(row[4]))
            for row in rows
            if row[4] and row[2] not in STANCE and not api.LEVERS[row[2]].friendly
        ]

    def hostile(self) -> list[tuple[int, str, str, str]]:
        """(quarter, lever, sender, target) of every restrictive measure, each as it begins; what third parties do at their borders left out."""
        seen: dict[str, tuple[int, str, str, str]] = {}
        for name, quarter, lever, sender, target in self._restrictive:
            seen.setdefault(name, (quarter, lever, sender, target))
        return sorted(seen.values())

    def left(self) -> list[tuple[int, str, str]]:
        """(quarter, sender, target) of every follower that left: told as such, or without measures of its own."""
        told = [(quarter, states[0], (*states, "")[1]) for quarter, event, states in self.events if event in ("defection", "leave coalition")]
        return [*told, *self.withdrawals()]

    def withdrawals(self) -> list[tuple[int, str, str]]:
        """(quarter, sender, target): the first quarter without any restrictive measure of a follower that had some, its dispute still under measures."""
        used: dict[tuple[str, str], set[int]] = {}
        for _, quarter, _, sender, target in self._restrictive:
            used.setdefault((sender, target), set()).add(quarter)
        found = []
        for name, (leader, target) in self.between.items():
            imposed = {quarter for quarter, stage in self.stages.get(name, []) if stage == "imposed"}
            for state in self.senders.get(name, set()) - {leader}:
                quarters = used.get((state, target), set())
                found += [(quarter, state, target) for quarter in sorted(imposed - quarters) if quarter - 1 in quarters][:1]
        return sorted(found)
