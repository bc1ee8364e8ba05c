"""What happened in a run, in words: names in place of ids, levels with their unit, in the visitor's language.

The record writes each event as one English sentence, some of it with ids. Each kind of sentence has a pattern here and its words in
`ui/text/*/events.toml`. In English those that read well are shown as they are, with names in place of ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from sim import api
from ui.telling import refusal_told
from ui.text import DEFAULT, Words
from ui.wording import amount_words, level_words, lever_words

if TYPE_CHECKING:
    from sim.levers import Lever

Tell = Callable[[str], str]  # a text of the scenario in the visitor's language
_WHO = r"(?P<who>.+?) {} (?P<other>.+?) \((?P<issue>.+)\)"
_BY = r"(?P<what>[^:]+?) of (?P<who>\S+?)(?: on (?P<other>\S+?))?"
_DEAL = r"(?P<kind>licence|barter|cash for goods|payment link|votes|treaty|credit)"
_COUNTS = r"(?P<yes>\d+) for, (?P<no>\d+) against, (?P<abstain>\d+) abstain, (?P<absent>\d+) absent"
EVENTS = {
    "government": re.compile(r"(?P<who>.+) has a new government"),
    "vetoed": re.compile(rf"(?P<text>.+) on (?P<other>.+?): not adopted \({_COUNTS}; stopped by the veto of (?P<veto>.+)\)"),
    "adopted": re.compile(rf"(?P<text>.+) on (?P<other>.+?): adopted \({_COUNTS}\)"),
    "failed": re.compile(rf"(?P<text>.+) on (?P<other>.+?): not adopted \({_COUNTS}\)"),
    "settled": re.compile(_WHO.format(r"settled, with (?P<share>\d+)% of the policy changed, with")),
    "imposed": re.compile(_WHO.format("put measures in force against")),
    "lifted": re.compile(_WHO.format("lifted its measures without the demand being met by")),
    "lapsed": re.compile(_WHO.format("let its threat lapse against")),
    "left": re.compile(r"(?P<who>.+?) leaves the senders \((?P<issue>.+)\)"),
    "cheated": re.compile(r"(?P<who>.+?) is seen to go back on the settlement \((?P<issue>.+)\)"),
    "stage": re.compile(r"(?P<who>.+?) lifts stage (?P<done>\d+) of (?P<all>\d+) of its measures \((?P<issue>.+)\)"),
    "word": re.compile(_WHO.format("gives its word to stay away from")),
    "word_broken": re.compile(_WHO.format("is seen to deal with").replace(r" \(", r" again \(")),
    "snapback": re.compile(r"(?P<who>.+?) brings its measures back \((?P<issue>.+)\)"),
    "agreed": re.compile(r"(?P<who>.+?) and (?P<other>.+?) agree on " + _DEAL),
    "new_terms": re.compile(r"(?P<who>.+?) and (?P<other>.+?) change the terms of their " + _DEAL + " agreement"),
    "rift": re.compile(f"the {_DEAL} agreement of (?P<who>.+?) and (?P<other>.+?) is broken off"),
    "drift": re.compile(f"the {_DEAL} agreement of (?P<who>.+?) and (?P<other>.+?) is let go"),
    "unanswered": re.compile(r"(?P<who>.+?) leaves what (?P<other>.+?) offered unanswered: " + _DEAL),
    "relief_unanswered": re.compile(r"(?P<who>.+?) leaves what (?P<other>.+?) offered unanswered: relief"),
    "not_needed": re.compile(rf"{_BY} is not needed any more: the dispute is settled"),
    "changed": re.compile(rf"{_BY} moved from (?P<old>\S+) to (?P<level>\S+)"),
    "withdrawn": re.compile(rf"{_BY} withdrawn"),
    "measure": re.compile(rf"{_BY}, level (?P<level>\S+)"),
    "nothing": re.compile(r"(?P<who>[^:]+?)(?: towards (?P<other>[^:]+?))?: (?P<what>.+?) came to nothing: (?P<why>.+)"),
    "deed": re.compile(r"(?P<who>[^:]+?) towards (?P<other>[^:]+?): (?P<what>.+)"),
    "alone": re.compile(r"(?P<who>[^:]+?): (?P<what>.+)"),
}
MEASURES = ("not_needed", "changed", "withdrawn", "measure")  # their sentences hold ids and bare levels
ANEW = (*MEASURES, "settled", "deed", "alone", "nothing", "vetoed", "adopted", "failed", "agreed", "new_terms", "rift", "drift")  # told anew in English too
DEED = re.compile(r"(?P<label>[^:(]+?)(?:: (?P<about>[^:(]+?))?(?P<level> \((?P<percent>\d+)%\))?")
_PLACE = re.compile(r"^lever '[^']*'(?:, option \w+)?(?: in quarter \d+)?(?:, option \w+)?: ")


def named(text: str, names: Mapping[str, str]) -> str:
    """A sentence of the model with the names of states in place of their ids."""
    pattern = _pattern(tuple(sorted(names, key=len, reverse=True)))
    return pattern.sub(lambda found: names[found[0]], text) if names else text


@lru_cache(maxsize=64)
def _pattern(ids: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, ids))})\b")


def event_words(text: str, names: Mapping[str, str], w: Words, tell: Tell = str) -> str:
    """An event of the record in words: `names` of the states by id, `tell` says texts of the scenario in the visitor's language."""
    told = tell(text)
    if told != text:
        return told
    for kind, pattern in EVENTS.items():
        if found := pattern.fullmatch(text):
            if w.language == DEFAULT and kind not in ANEW:
                break
            parts = _parts(kind, found.groupdict(), names, w, tell)
            if parts is None:
                break
            form = f"{kind}_alone" if "other" in found.groupdict() and found["other"] is None else f"{kind}_help" if _is_help(kind, text) else kind
            return _closed(w.t(f"events.{form}", **parts))
    return _closed(named(text, names))


def _closed(said: str) -> str:
    """A sentence without the full stop of what it names in brackets at its end."""
    return f"{said.removesuffix('.)')})" if said.endswith(".)") else said


def _is_help(kind: str, text: str) -> bool:
    """Whether an event tells of a measure for somebody, not on somebody."""
    lever = lever_in(text) if kind in MEASURES else None
    return lever is not None and lever.friendly


def lever_in(text: str) -> Lever | None:
    """The lever of a measure that an event of the record tells of; None for anything else."""
    for kind in MEASURES:
        if found := EVENTS[kind].fullmatch(text):
            return next((one for one in api.LEVERS.values() if one.label == found["what"]), None)
    return None


def _parts(kind: str, found: Mapping[str, str | None], names: Mapping[str, str], w: Words, tell: Tell) -> dict[str, str] | None:
    """What fills the sentence; None where the lever is not known."""
    parts = {name: tell(named(value, names)) for name, value in found.items() if value is not None}
    if "text" in parts:
        parts["text"] = parts["text"].rstrip(".")
    if "kind" in parts:
        own = w.maybe(f"politics.deal.{parts['kind'].replace(' ', '_')}") or parts["kind"]
        parts["kind"] = own[:1].lower() + own[1:]
    if "share" in parts:
        parts["share"] = w.percent(float(parts["share"]), 0)
    if "why" in parts:
        parts["why"] = refused_words(parts["why"], w)
    if kind in MEASURES:
        lever = next((one for one in api.LEVERS.values() if one.label == found["what"]), None)
        if lever is None:
            return None
        label = lever_words(lever, "label", w)
        parts["what"] = label[:1].lower() + label[1:]
        parts |= {name: level_words(lever.value, float(parts[name]), w) for name in ("level", "old") if name in parts}
    elif "what" in parts:
        deed = _deed(parts["what"], w)
        if deed is None:
            return None
        parts["what"] = deed
    return parts


def _about(word: str, w: Words) -> str:
    """What a deed is about: the kind of a deal or the package as it is named where it is proposed, else the phrase of the model."""
    name = word.replace(" ", "_")
    return w.maybe(f"naming.kind.{name}") or w.maybe(f"naming.package.{name}") or w.phrase(word)


def refused_words(text: str, w: Words) -> str:
    """Why a measure could not be used, without ids and bare quarters."""
    reason = re.sub(r"dispute '[^']*'", "the dispute", _PLACE.sub("", text))
    reason = reason[:1].upper() + reason[1:]
    told = refusal_told(reason, w)
    return told if w.language == DEFAULT or told != reason else w.t("events.in_english", text=reason)


def _deed(what: str, w: Words) -> str | None:
    """A deed in words: the lever, what it is about, how much; None for something else."""
    found = DEED.fullmatch(what)
    lever = found and next((one for one in api.LEVERS.values() if one.label.lower() == found["label"].lower()), None)
    if not found or lever is None:
        return None
    label = lever_words(lever, "label", w)
    said = _about(found["about"], w) if found["about"] else w.maybe(f"naming.does.{lever.id}")
    about = f": {said}" if said else ""
    level = f" ({amount_words(lever, float(found['percent']) / 100, w)})" if found["percent"] else ""
    return label[:1].lower() + label[1:] + about + level
