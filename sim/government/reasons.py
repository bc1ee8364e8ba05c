"""Why a government chose as it did, in one contrastive sentence: "A held out rather than yielding, because ...".

Everything comes from the recorded choice. The option taken is set beside the next-best one by utility; the contribution of a term is its
value in the first less its value in the second, in points, so that contributions add up to the difference of the two utilities. Those
with the sign of the outcome are the reasons; the largest that spoke the other way is named after "although". Where luck carried an
option that was not the best, or nothing spoke for either, the sentence says so rather than make up a reason.

Words are data, a file for each language (`words_en.toml`): a term or option without an entry is shown under its own name.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.government.choice import Choice, Option

Words = Mapping[str, Mapping[str, Any]]  # [terms] and [options]: forms by name; [sentences]: texts
TIE = 1e-9  # points over stakes below which two options count as equal
NAMED_SHARE = 0.2  # a second reason is named when it is at least this share of the first


@dataclass(frozen=True)
class Contribution:
    """What one term adds to the option taken, beside the next-best one: points, and its words."""

    term: str
    points: float
    words: str


@dataclass(frozen=True)
class Reason:
    """The explanation of one choice: `sentence`, the option it is set `beside` (None when alone), `contributions` with the largest first,
    and `flip` in words (empty when there is none)."""

    sentence: str
    beside: str | None
    contributions: tuple[Contribution, ...]
    flip: str


@lru_cache(maxsize=4)
def words(language: str = "en") -> Words:
    """The words of a language, read when first asked for; those of English where it has none."""
    own = Path(__file__).with_name(f"words_{language}.toml")
    return tomllib.loads((own if own.exists() else own.with_name("words_en.toml")).read_text(encoding="utf-8"))


def contributions(choice: Choice, beside: str, language: str = "en") -> tuple[Contribution, ...]:
    """Signed contributions of the terms to the option taken against `beside`; the largest first, then by name. Zeros are left out."""
    taken, other = _terms(choice, choice.chosen), _terms(choice, beside)
    points = {term: taken.get(term, 0.0) - other.get(term, 0.0) for term in {*taken, *other}}
    ordered = sorted((term for term in points if points[term] != 0.0), key=lambda term: (-abs(points[term]), term))
    return tuple(Contribution(term, points[term], _term(term, points[term], language)) for term in ordered)


def explain(choice: Choice, name: str | None = None, language: str = "en") -> Reason:
    """The reason of a choice; `name` is what its state is called (its id when not given)."""
    state, beside = name or choice.state, choice.runner_up
    did = f"{state} {_did(choice.chosen, language)}"
    if beside is None:
        return Reason(_say("alone", language, did=did), None, (), "")
    parts = contributions(choice, beside, language)
    rather = _say("rather", language, did=did, beside=_option(beside, "doing", language))
    return Reason(_sentence(choice, did, rather, parts, language), beside, parts, _flip(choice, state, language))


def told(choice: Choice, name: str | None = None, language: str = "en") -> str:
    """What a government did, without the reason: "A held out"."""
    return f"{name or choice.state} {_did(choice.chosen, language)}"


def taking(option: str, language: str = "en") -> str:
    """An option as something one may do: "holding out"."""
    return _option(option, "doing", language)


def _sentence(choice: Choice, did: str, rather: str, parts: tuple[Contribution, ...], language: str) -> str:
    if choice.told:
        return _say(choice.told, language, did=did)
    if choice.forced:
        own = choice.winner()
        would = _option(own, "done", language)
        left = _say("same", language) if own == choice.chosen else _say("left", language, would=would)
        return _say("ordered", language, did=did, left=left)
    gap = math.fsum(part.points for part in parts)
    if abs(gap) <= TIE * max(choice.stakes, 1.0):
        return _say("by_chance", language, rather=rather)
    speaking = [part for part in parts if part.points > 0]
    against = [part for part in parts if part.points < 0]
    if choice.by_luck:
        chance = _percent(choice.probabilities[choice.chosen], language)
        return _say("luck", language, rather=rather, against=_list(against, language), chance=chance)
    if not against:
        return _say("because", language, rather=rather, speaking=_list(speaking, language))
    return _say("although", language, rather=rather, speaking=_list(speaking, language), against=against[0].words)


def _say(name: str, language: str, **parts: str) -> str:
    """A sentence of the language, filled in."""
    return str(words(language)["sentences"][name]).format(**parts)


def _list(parts: list[Contribution], language: str) -> str:
    """The first part, and the second when it weighs enough to be named and does not say the same."""
    first = parts[0].words
    for part in parts[1:2]:
        if abs(part.points) >= NAMED_SHARE * abs(parts[0].points) and part.words != first:
            return _say("and", language, first=first, second=part.words)
    return first


def _flip(choice: Choice, state: str, language: str) -> str:
    flip = choice.flip
    if flip is None:
        return ""
    was = _terms(choice, flip.option)[flip.term]
    side = "for" if was >= 0 else "against"  # a cost that counts less, not more of a cost
    turned = was * (was + flip.change) < 0  # no size of it would do: it would have to speak the other way
    said = {
        "state": state, "would": _option(flip.winner, "done", language), "term": flip.term, "option": _option(flip.option, "doing", language),
        "points": _size(was + flip.change if turned else flip.change, language),
    }  # fmt: skip
    if turned:
        other = _say("over_against" if side == "for" else "over_for", language)
        return _say("flip_over", language, was=_size(was, language), side=_say(f"side_{side}", language), other=other, **said)
    return _say("flip", language, more=_say(f"{'more' if (flip.change > 0) == (side == 'for') else 'less'}_{side}", language), **said)


def _points(value: float) -> str:
    """Three digits, and never a power of ten."""
    return f"{value:.3g}" if value < 1000.0 else f"{value:.0f}"


def _size(points: float, language: str) -> str:
    """How many points, whichever way they speak, as the language writes it."""
    return _points(abs(points)).replace(".", _say("decimal", language))


def _percent(share: float, language: str) -> str:
    return _say("rare", language) if share < 0.01 else _say("share", language, percent=f"{100 * share:.0f}")


def _terms(choice: Choice, name: str) -> Mapping[str, float]:
    found: Option = next(option for option in choice.options if option.name == name)
    return found.terms


def _term(term: str, points: float, language: str) -> str:
    entry = words(language)["terms"].get(term)
    side = "for" if points > 0 else "against"
    return str(entry[side]) if entry else _say(f"unknown_{side}", language, term=term)


def _did(name: str, language: str) -> str:
    return _option(name, "did", language)


def _option(name: str, form: str, language: str) -> str:
    """An option in words; "done" is the form after "would have" and is that of "did" unless the words say otherwise."""
    known = words(language)["options"]
    keys = [key for key in known if name == key or ("{rest}" in known[key]["did"] and name.startswith(f"{key} "))]
    if not keys:
        return _say(f"unknown_{form}", language, option=name)
    key = max(keys, key=len)
    entry = known[key]
    return str(entry.get(form, entry["did"])).replace("{rest}", _rest(name[len(key) + 1 :], language))


def _rest(text: str, language: str) -> str:
    """What a demand, offer or deal is about, with the language's words for the model's."""
    packages = words(language)["packages"]
    if text in packages:
        return str(packages[text])
    for own, said in sorted(words(language).get("rest", {}).items(), key=lambda pair: -len(pair[0])):
        text = re.sub(rf"\b{re.escape(own)}\b", said, text)
    return text
