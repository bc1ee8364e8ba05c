"""A text of a scenario, or a phrase of the model, in the visitor's language."""

from __future__ import annotations

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


def tell(text: str, reference: str, w: Words) -> str:
    """A text of a scenario in the visitor's language, or as it is where it has no translation."""
    return text if w.language == DEFAULT else _said(reference, w.language).get(text.strip()) or w.phrase(text)
