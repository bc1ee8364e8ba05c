"""What a measure names in words beside states, sectors and level: the package of a threat, the kind of a deal and who gives, a vote.

What these may be is always the same (`Lever.allowed`). What depends on the state of the world, such as a partner to be left, pages ask for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.levers import Lever
    from ui.text import Words

FIRST = {"package": "partial trade", "kind": "treaty", "giver": "me", "vote": "abstain"}  # where nobody has chosen yet, as the model takes it
DEADLINE, GIVER = "deadline", "giver"
NOBODY: Mapping[str, str] = MappingProxyType({})


def first_words(lever: Lever) -> dict[str, str]:
    """What a new measure names at first."""
    return {note: FIRST[note] for note in lever.allowed}


def choices(lever: Lever, w: Words, who: Mapping[str, str] = NOBODY) -> dict[str, dict[str, str]]:
    """What there is to name: by note, each word that may be named and how it is said. `who` names the states behind "me" and "them", where known."""
    return {note: {word: _said(note, word, w, who) for word in words} for note, words in lever.allowed.items()}


def _said(note: str, word: str, w: Words, who: Mapping[str, str]) -> str:
    if note == GIVER and word in who:
        return w.t("naming.gives", name=who[word])
    return w.t(f"naming.{note}.{word.replace(' ', '_')}")


def named_words(lever: Lever, options: Mapping[str, str], w: Words, who: Mapping[str, str] = NOBODY) -> list[str]:
    """What a move names, in words, and when a threat falls due."""
    said = [words[options[note]] for note, words in choices(lever, w, who).items() if options.get(note) in words]
    due = [float(options.get(DEADLINE, setting.default)) for setting in lever.options if setting.name == DEADLINE]
    return [*said, *(w.t("naming.deadline", count=round(quarters)) for quarters in due)]
