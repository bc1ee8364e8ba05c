"""What a class reads that was written in the scenario or when the class was made, told in the visitor's language.

The store keeps a lesson in the words of its scenario. Here each text that has a translation (of the scenario, of the words of roles, of a
phrase of the model) is put in its place; any other text, such as one that a teacher has typed, stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ui.bets import at_stake
from ui.class_run import Atlas, atlas
from ui.classroom.checks import outcome_words
from ui.happened import event_words
from ui.telling import tell
from ui.text import DEFAULT, Words, words

if TYPE_CHECKING:
    from ui.classroom.card import Role
    from ui.classroom.lesson import Lesson


def event_told(text: str, reference: str, w: Words) -> str:
    """What happened, in the visitor's language, with names in place of ids."""
    return event_words(text, atlas_told(reference, w.language).states, w, lambda said: tell(said, reference, w))


def bet_told(outcome: str, state: str, places: Atlas, w: Words) -> str:
    """What a bet of a state is on; of a policy also whose, and in which dispute. `places` in the visitor's language."""
    dispute = at_stake(outcome, state, places.disputes)
    if dispute is None:
        return outcome_words(outcome, w)
    return w.t(f"roles.outcome_of.{outcome}", target=places.state(dispute.target), issue=dispute.issue.rstrip("."))


def lesson_told(lesson: Lesson, w: Words) -> Lesson:
    """A lesson in the visitor's language."""
    if w.language == DEFAULT:
        return lesson

    def one(text: str) -> str:
        return tell(text, lesson.scenario, w)

    return replace(
        lesson,
        title=one(lesson.title),
        question=one(lesson.question),
        briefing=one(lesson.briefing),
        content_note=one(lesson.content_note),
        objectives=tuple(map(one, lesson.objectives)),
        leaves_out=tuple(map(one, lesson.leaves_out)),
        debrief_questions=tuple(map(one, lesson.debrief_questions)),
        places=tuple(replace(place, title=one(place.title)) for place in lesson.places),
    )


def role_told(role: Role, reference: str, w: Words) -> Role:
    """A role packet in the visitor's language, with its questions."""
    if w.language == DEFAULT:
        return role

    def one(text: str) -> str:
        return tell(text, reference, w)

    check = [question.model_copy(update={"text": one(question.text), "options": [*map(one, question.options)]}) for question in role.check]
    return role.model_copy(update={"title": one(role.title), "packet": one(role.packet), "private": one(role.private), "check": check})


@lru_cache(maxsize=64)
def atlas_told(reference: str, language: str) -> Atlas:
    """The atlas of a scenario with names in the visitor's language."""
    own, w = atlas(reference), words(language)
    if language == DEFAULT:
        return own
    states = {state: tell(name, reference, w) for state, name in own.states.items()}
    sectors = {sector: tell(name, reference, w) for sector, name in own.sectors.items()}
    disputes = tuple(replace(dispute, issue=tell(dispute.issue, reference, w)) for dispute in own.disputes)
    organisations = {body: tell(name, reference, w) for body, name in own.organisations.items()}
    return replace(own, states=states, sectors=sectors, disputes=disputes, organisations=organisations)
