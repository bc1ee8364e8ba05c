"""What a class reads that was written in the scenario or when the class was made, told in the visitor's language.

The store keeps a lesson in the words of its scenario. Here each text that has a translation (of the scenario, of the words of roles, of a
phrase of the model) is put in its place; any other text, such as one that a teacher has typed, stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sim import api
from ui.class_run import Atlas, atlas
from ui.telling import tell
from ui.text import DEFAULT, Words, words
from ui.wording import lever_words

if TYPE_CHECKING:
    from ui.classroom.card import Role
    from ui.classroom.lesson import Lesson

# What the model writes of what happened; a sentence that fits none of these is shown as it is.
_ABOUT = r"(?P<who>.+?) {} (?P<other>.+?) \((?P<issue>.+)\)"
EVENTS = {
    "government": re.compile(r"(?P<who>.+) has a new government"),
    "settled": re.compile(_ABOUT.format(r"settled, with (?P<share>\d+%) of the policy changed, with")),
    "imposed": re.compile(_ABOUT.format("put measures in force against")),
    "lifted": re.compile(_ABOUT.format("lifted its measures without the demand being met by")),
    "lapsed": re.compile(_ABOUT.format("let its threat lapse against")),
    "left": re.compile(r"(?P<who>.+?) leaves the senders \((?P<issue>.+)\)"),
    "measure": re.compile(r"(?P<what>[^:]+?) of (?P<who>\S+) on (?P<other>\S+), level (?P<level>\S+)"),
    "changed": re.compile(r"(?P<what>[^:]+?) of (?P<who>\S+) on (?P<other>\S+) moved from (?P<old>\S+) to (?P<level>\S+)"),
    "withdrawn": re.compile(r"(?P<what>[^:]+?) of (?P<who>\S+) on (?P<other>\S+) withdrawn"),
    "deed": re.compile(r"(?P<who>[^:]+?) towards (?P<other>[^:]+?): (?P<what>.+)"),
    "alone": re.compile(r"(?P<who>[^:]+?): (?P<what>.+)"),
}
DEED = re.compile(r"(?P<label>[^:(]+?)(?:: (?P<about>[^:(]+?))?(?P<level> \(\d+%\))?")


def event_told(text: str, reference: str, w: Words) -> str:
    """What happened, in the visitor's language; as the model wrote it where there are no words for it."""
    if w.language == DEFAULT:
        return text
    told = tell(text, reference, w)
    if told != text:
        return told
    for name, pattern in EVENTS.items():
        if found := pattern.fullmatch(text):
            parts = {part: tell(said, reference, w) for part, said in found.groupdict().items()}
            if "what" in parts:
                deed = _deed(found["what"], w)
                if deed is None:
                    return text
                parts["what"] = deed
            return w.t(f"events.{name}", **parts)
    return text


def _deed(what: str, w: Words) -> str | None:
    """A deed in words: the lever, what it is about, how much; None for something else."""
    found = DEED.fullmatch(what)
    lever = found and next((one for one in api.LEVERS.values() if one.label.lower() == found["label"].lower()), None)
    if not found or lever is None:
        return None
    label = lever_words(lever, "label", w)
    about = f": {w.phrase(found['about'])}" if found["about"] else ""
    return label[:1].lower() + label[1:] + about + (found["level"] or "")


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
    return replace(own, states=states, sectors=sectors, disputes=disputes)
