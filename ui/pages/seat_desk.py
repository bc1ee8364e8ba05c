"""What a seat's page knows while it is drawn once: who asks, where the class is, what has been played."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ui.class_run import Atlas, ClassRun, run_of
from ui.classroom import view
from ui.classroom.card import Role
from ui.classroom.contract import Engine
from ui.classroom.lesson import Lesson
from ui.classroom.screens import SeatView
from ui.classroom.store import Store
from ui.classroom.text import display
from ui.classroom.view import RoundSeen
from ui.retold import atlas_told, role_told, tell
from ui.shelf import Shelf
from ui.text import DEFAULT, Words, plain

SEEN_KEPT = 400  # seats of large classes; the large parts are shared by all seats of a class
TITLES_KEPT = 1000  # of seats: each page of a class that waits names those that are still out
_SEEN: Shelf[list[RoundSeen]] = Shelf(SEEN_KEPT)
_RUNS: Shelf[ClassRun | None] = Shelf(12)  # the last two of a class


@dataclass(frozen=True)
class SeatDesk:
    """A seat's page, drawn now. `token` is the secret of the link; `now` decides the page."""

    store: Store
    model: Engine
    token: str
    now: SeatView
    lesson: Lesson
    w: Words

    @property
    def me(self) -> str:
        """The state this seat speaks for."""
        return self.now.state

    @property
    def places(self) -> Atlas:
        """Names of states and sectors."""
        return atlas_told(self.lesson.scenario, self.w.language)

    @cached_property
    def role(self) -> Role:
        """This seat's own packet."""
        return role_told(view.role(self.store, self.token), self.lesson.scenario, self.w)

    @property
    def seen(self) -> list[RoundSeen]:
        """The rounds resolved so far; read from the store once for every state of the class."""
        branch, resolved = self.now.stamp.partition("-")[0], self.lesson.resolved  # a round played again may come out the same, with other bets

        def make() -> list[RoundSeen]:
            _SEEN.drop((self.lesson.uid, branch, resolved[:-1], self.lesson.open_books, self.now.seat))
            return view.results(self.store, self.token)

        return _SEEN.get((self.lesson.uid, branch, resolved, self.lesson.open_books, self.now.seat), make)

    @property
    def run(self) -> ClassRun | None:
        """The rounds as tables for the charts, or None before the first."""
        if not self.lesson.resolved:
            return None
        return class_run(self.lesson, self.seen, self.w.language)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The seats' titles by their labels."""
        return {place.label: place.title for place in self.lesson.places}

    def title_of(self, label: str) -> str:
        """A seat's title, safe for Markdown."""
        return _shown(self.titles.get(label, label))

    def tell(self, text: str) -> str:
        """A text of the scenario in the visitor's language."""
        return tell(text, self.lesson.scenario, self.w)

    def state_name(self, state: str) -> str:
        """A state's name, safe for Markdown."""
        return plain(self.places.state(state))

    def key(self, name: str) -> str:
        """A widget's key that belongs to this moment of the class: a click on a stale page cannot land in the next round."""
        return f"{name}-{self.now.stamp}"


def names_state(title: str, state: str) -> bool:
    """Whether a seat's title says already which state it speaks for."""
    return re.search(rf"\b{re.escape(state)}\b", title) is not None


@lru_cache(maxsize=TITLES_KEPT)
def _shown(title: str) -> str:
    return display(title)


def class_run(lesson: Lesson, seen: list[RoundSeen], language: str = DEFAULT) -> ClassRun | None:
    """The run of a lesson, put together once for everybody in the class who reads this language."""
    return run_after(lesson.uid, lesson.scenario, lesson.resolved, seen, language)


def run_after(uid: str, scenario: str, resolved: tuple[str, ...], seen: list[RoundSeen], language: str = DEFAULT) -> ClassRun | None:
    """The same after the rounds with the digests `resolved`: what is kept of the round before goes on, and the one before that is forgotten."""

    def make() -> ClassRun | None:
        run = run_of(seen, scenario, _RUNS.peek((uid, resolved[:-1], language)))
        _RUNS.drop((uid, resolved[:-2], language))
        return run if run is None or language == DEFAULT else replace(run, places=atlas_told(scenario, language))

    return _RUNS.get((uid, resolved, language), make)


def is_read_in(uid: str, resolved: tuple[str, ...], language: str) -> bool:
    """Whether somebody has looked at the run after these rounds in this language."""
    return _RUNS.peek((uid, resolved, language)) is not None
