"""What a measure names in words beside states, sectors and level: the package of a threat, the kind of a deal and who gives, a vote;
and the numbers it has beside its level.

What these may be is always the same (`Lever.allowed`). What depends on the state of the world, such as a partner to be left, pages ask for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim import api
from ui.wording import level_words, line_of, who_words, whom_words

if TYPE_CHECKING:
    from sim.levers import Lever, Setting
    from ui.text import Words

FIRST = {"package": "partial trade", "kind": "treaty", "giver": "me", "vote": "abstain"}  # where nobody has chosen yet, as the model takes it
THREAT, DEADLINE = "threat", "deadline"
GIVER, KIND = "giver", "kind"
SHARE, SNAPBACK, COUNTED = "share", "snapback", ("deadline", "stages")
ALWAYS = (SHARE, SNAPBACK, *COUNTED)  # numbers without which nobody knows what is offered or threatened
NOBODY: Mapping[str, str] = MappingProxyType({})


def first_words(lever: Lever) -> dict[str, str]:
    """What a new measure names at first."""
    return {note: FIRST[note] for note in lever.allowed}


def is_even(kind: str) -> bool:
    """Whether a deal of this kind is the same from either side, so that nobody is said to give."""
    return kind in api.EVEN_DEALS


def choices(lever: Lever, w: Words, options: Mapping[str, str], who: Mapping[str, str] = NOBODY) -> dict[str, dict[str, str]]:
    """What there is to name: by note, each word that may be named and how it is said. `options` are what is named so far: who gives is not asked for a
    deal that is the same from either side. `who` names the states behind "me" and "them", where known."""
    notes = [note for note in lever.allowed if note != GIVER or not is_even(options.get(KIND, FIRST[KIND]))]
    return {note: {word: _said(note, word, w, who) for word in lever.allowed[note]} for note in notes}


def _said(note: str, word: str, w: Words, who: Mapping[str, str]) -> str:
    if note == GIVER and word in who:
        return w.t("naming.gives", name=who[word])
    return w.t(f"naming.{note}.{word.replace(' ', '_')}")


def named_words(lever: Lever, options: Mapping[str, str], w: Words, who: Mapping[str, str] = NOBODY) -> list[str]:
    """What a move names, in words, and its other numbers: those of an offer and when a threat falls due always, the rest where they were chosen."""
    does = w.maybe(f"naming.does.{lever.id}")
    said = [words[options[note]] for note, words in choices(lever, w, options, who).items() if options.get(note) in words]
    numbers = {setting: float(options.get(setting.name, setting.default)) for setting in lever.options}
    told = [_number(setting, value, w) for setting, value in numbers.items() if setting.name in ALWAYS or value != setting.default]
    return [*([does] if does else []), *said, *told]


def order_words(
    lever: Lever, state: str, target: str, names: Mapping[str, str], value: float, options: Mapping[str, str], w: Words, sector: str = "", *besides: str
) -> str:
    """What a lever is set to in words: a threat as a sentence, else who acts on whom, in which `sector`, how strongly, and what is said `besides`."""
    if threat := _threat(lever, state, target, names, value, options, w):
        return threat
    return line_of(who_words(state, target, names, w, lever.is_deed, lever.friendly), sector, level_words(lever.value, value, w), *besides)


def _threat(lever: Lever, state: str, target: str, names: Mapping[str, str], value: float, options: Mapping[str, str], w: Words) -> str:
    """A threat as a sentence: who threatens whom with what, unless how much is changed within which time; "" for any other lever."""
    if lever.id != THREAT:
        return ""
    package, (deadline,) = options.get("package", ""), (setting for setting in lever.options if setting.name == DEADLINE)
    way = package.replace(" ", "_") if package in lever.allowed["package"] else "anything"
    due = round(float(options.get(DEADLINE, deadline.default)))
    sender, whom, level = names.get(state, state), whom_words(target, names, w), level_words(lever.value, value, w)
    return w.t("naming.threat", count=due, sender=sender, target=whom, what=w.t(f"naming.threatened.{way}"), level=level)


def _number(setting: Setting, value: float, w: Words) -> str:
    if setting.name in COUNTED:
        return w.t(f"naming.{setting.name}", count=round(value))
    if setting.name == SNAPBACK:
        return w.t("naming.back" if value >= 0.5 else "naming.no_back")
    level = level_words(setting, value, w)
    label = w.phrase(setting.label)
    return w.t("naming.share", level=level) if setting.name == SHARE else w.t("naming.number", label=label[:1].lower() + label[1:], level=level)
