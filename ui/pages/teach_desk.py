"""What the instructor's page knows while it is drawn once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ui.class_run import Atlas, ClassRun
from ui.classroom import board
from ui.classroom.board import Board
from ui.classroom.contract import Engine
from ui.classroom.lesson import Lesson, lesson_for_instructor
from ui.classroom.store import Store
from ui.classroom.text import display
from ui.classroom.view import RoundSeen
from ui.pages.seat_desk import class_run
from ui.retold import atlas_told, lesson_told
from ui.text import Words


@dataclass(frozen=True)
class TeachDesk:
    """A session in the instructor's hand."""

    store: Store
    model: Engine
    key: str
    uid: str
    board: Board
    w: Words

    @property
    def phase(self) -> str:
        """The phase the class is in."""
        return self.board.pulse.phase

    @cached_property
    def lesson(self) -> Lesson:
        """What the lesson is about."""
        return lesson_told(lesson_for_instructor(self.store, self.key, self.uid), self.w)

    @property
    def places(self) -> Atlas:
        """Names of states and sectors."""
        return atlas_told(self.lesson.scenario, self.w.language)

    @cached_property
    def seen(self) -> list[RoundSeen]:
        """The rounds resolved so far, as everybody may see them."""
        return board.results(self.store, self.key, self.uid)

    @property
    def run(self) -> ClassRun | None:
        """The rounds as tables for the charts."""
        return class_run(self.lesson, self.seen, self.w.language) if self.lesson.resolved else None

    def title_of(self, label: str) -> str:
        """A seat's title, safe for Markdown."""
        return display(next((place.title for place in self.lesson.places if place.label == label), label))
