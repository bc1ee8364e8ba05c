"""A text of a scenario, a phrase of the model or a refusal of the class, in the visitor's language.

A refusal is made where something is refused, in English; here its words are found again, with what was filled in, and said in the other
language. A refusal without words there (one of the model's own, which no form of a student can bring about) stays as it is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import lru_cache

from sim import api
from ui.text import DEFAULT, Words, words


@lru_cache(maxsize=64)
def _said(reference: str, language: str) -> Mapping[str, str]:
    """What to say instead of each text; a scenario without a (right) translation is told in its own words."""
    said = {}
    own, other = words(), words(language)
    for key in own.texts:
        if key.startswith("roles."):
            said[own.t(key)] = other.t(key)
    try:
        return {**said, **api.said_in(reference, language)}
    except api.Refusal:
        return said


def told(reference: str, w: Words) -> bool:
    """Whether a scenario is told in the visitor's language."""
    if w.language == DEFAULT:
        return True
    try:
        return bool(api.said_in(reference, w.language))
    except api.Refusal:
        return False


def tell(text: str, reference: str, w: Words) -> str:
    """A text of a scenario in the visitor's language, or as it is where it has no translation."""
    return text if w.language == DEFAULT else _said(reference, w.language).get(text.strip()) or w.phrase(text)


PHASES = ("phase", "now")  # what is filled in with a phase of the class


def refusal_told(text: str, w: Words) -> str:
    """A refusal of the class in the visitor's language, or as it is where there are no words for it."""
    if w.language == DEFAULT:
        return text
    for group, name, pattern in _refusals():
        if found := pattern.fullmatch(text):
            return w.t(f"refused.{group}.{name}", **{blank: _filled(blank, value, w) for blank, value in found.groupdict().items()})
    return text


def _filled(blank: str, value: str, w: Words) -> str:
    if blank in PHASES:
        return w.maybe(f"room.phase.{value.replace(' ', '_')}") or value
    if blank == "status":
        return w.maybe(f"seat.offer.status.{value}") or value
    return (w.maybe(f"refused.field.{value}") or value) if blank == "where" else value


@lru_cache(maxsize=1)
def _refusals() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each refusal in English as a pattern with its blanks as groups; the longer first, so that a special one goes before a general one."""
    found = []
    for key, text in words().texts.items():
        if key.startswith("refused.") and not key.startswith("refused.field.") and isinstance(text, str):
            parts = [(re.escape(said), f"(?P<{name}>.*?)" if name else "") for said, name, _, _ in string.Formatter().parse(text)]
            _, group, name = key.split(".")
            found.append((group, name, re.compile("".join(said + blank for said, blank in parts), re.DOTALL)))
    return tuple(sorted(found, key=lambda one: -len(one[2].pattern)))
