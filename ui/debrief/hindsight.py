"""A run seen from its end: the run, its twin without measures, who stood where, the turning points and forks. Made once, shared by the panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim import api
from ui.charts.over_time import Times
from ui.debrief.forks import Fork, suggestions
from ui.debrief.story import Story, play, twin
from ui.debrief.turning import Turn, turning_points
from ui.outcome import YEAR, Outcome, against, came_up, deals, outcome_of, roles_of, turns
from ui.politics import named, names_of
from ui.roles import Roles
from ui.telling import tell
from ui.text import Words


@dataclass(frozen=True)
class Sums:
    """What came of a run. Incomes are changes against the twin over all quarters, percent; `changed` is percent of the policy, the mean over the
    disputes; `measures` counts those against another state in force at the end, `deals` the agreements that hold then."""

    changed: float
    target: float
    sender: float
    third: float
    measures: int
    deals: int


class Hindsight:
    """What the panels share. Everything is worked out when it is first asked for."""

    def __init__(self, story: Story, w: Words, known: tuple[api.Run, api.Run] | None = None) -> None:
        """`known` are the story's run and its twin where somebody has played them already."""
        self.story, self.w, self.known = story, w, known
        self.setting = story.setting
        self.names = {state: self.tell(name) for state, name in names_of(story.setting).items()}

    @cached_property
    def run(self) -> api.Run:
        """What was played."""
        return play(self.story) if self.known is None else self.known[0]

    @cached_property
    def twin(self) -> api.Run:
        """The same world and luck without any measure."""
        return twin(self.story) if self.known is None else self.known[1]

    @cached_property
    def outcome(self) -> Outcome:
        """The run as the charts use it."""
        return outcome_of(self.run, self.story.key)

    @cached_property
    def before(self) -> Outcome:
        """The twin as the charts use it."""
        return outcome_of(self.twin, ("twin", *self.story.key))

    @cached_property
    def roles(self) -> Roles:
        """Targets, senders and third parties: by the measures used, and by the disputes that came up where none were."""
        found = roles_of(self.outcome, self.setting)
        disputes = came_up(self.run, self.setting)
        asking = {state for spec in disputes for state in spec.senders} - set(found.target)
        disputed = [spec.target for spec in disputes if spec.target not in found.sender]
        hit = {row[4] for row in self.run.record.rows("measures")}
        targets = tuple(dict.fromkeys([*(state for state in found.target if state in hit), *disputed]))
        sender = tuple(state for state in self.setting.state_ids if state not in targets and (state in found.sender or state in asking))
        return Roles(targets, sender, tuple(state for state in self.setting.state_ids if state not in targets and state not in sender))

    @property
    def target(self) -> str:
        """The main target, "" where there is none."""
        return next(iter(self.roles.target), "")

    @cached_property
    def turns(self) -> list[Turn]:
        """The turning points, in order of time."""
        return turning_points(self.run, self.twin, self.roles.target)

    @cached_property
    def forks(self) -> list[Fork]:
        """The suggested forks, the most telling first."""
        return suggestions(self.story, self.run, self.turns)

    @cached_property
    def times(self) -> Times:
        """The time axis in words."""
        start, count, w = self.setting.start, self.story.quarters, self.w
        years = [w.year(quarter, start) for quarter in range(0, count, YEAR)]
        return Times([self.label(quarter) for quarter in range(count)], years, "" if start else w.t("charts.over_time.axis"), turns(self.outcome))

    def label(self, quarter: int) -> str:
        """A quarter in words."""
        return self.w.quarter(quarter, self.setting.start)

    def moment(self, quarter: int) -> str:
        """A quarter in words, in a class with the round it lay in, the first being round 1."""
        label, per = self.label(quarter), self.story.per_round
        return self.w.t("debrief.in_round", when=label, round=quarter // per + 1) if per else label

    def name(self, state: str) -> str:
        """A state's name."""
        return self.names.get(state, state)

    def together(self, states: Sequence[str]) -> str:
        """The names of several states in words; "" for none."""
        return self.w.joined([self.name(state) for state in states])

    def tell(self, text: str) -> str:
        """A text of the scenario in the language of the debrief."""
        return tell(text, self.setting.source or self.setting.id, self.w)

    def said(self, text: str) -> str:
        """A sentence of the model with names in place of ids."""
        return named(text, self.names)

    def lost(self, run: api.Run, states: Sequence[str]) -> np.ndarray:
        """Real income of these states together against the twin, percent by quarter."""
        places = [list(self.setting.state_ids).index(state) for state in states]
        now, before = (one.record.series("states", "real_income")[:, places].sum(axis=1) for one in (run, self.twin))
        return np.asarray(100.0 * (now / before - 1.0))

    def sums(self, run: api.Run) -> Sums:
        """What came of a run, with the groups of the run that was played."""
        last = {row[1]: row[7] for row in run.record.rows("disputes")}
        return Sums(
            100.0 * float(np.mean(list(last.values()))) if last else 0.0,
            self._income(run, self.roles.target),
            self._income(run, self.roles.sender),
            self._income(run, self.roles.third),
            against(run, run.quarters - 1),
            deals(run)[1],
        )

    @property
    def changed_means(self) -> str:
        """What `Sums.changed` is beside the shares of demands that the verdicts name; empty where all are the same number or nothing was asked."""
        asked = {row[1]: row[6] for row in self.run.record.rows("disputes") if row[6] > 0}
        if len(asked) > 1 or any(demand < 1 for demand in asked.values()):
            return self.w.t("debrief.changed_means", count=len(asked))
        return ""

    def _income(self, run: api.Run, states: Sequence[str]) -> float:
        if not states:
            return 0.0
        places = [list(self.setting.state_ids).index(state) for state in states]
        now, before = (one.record.series("states", "real_income")[:, places].sum() for one in (run, self.twin))
        return 100.0 * float(now / before - 1.0)
