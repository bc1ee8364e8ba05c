"""The scenarios as the screens need them: loaded once, with what is wrong where one cannot be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sim import api


@dataclass(frozen=True)
class Card:
    """A scenario on offer: its `setting`, or the `problem` that keeps it shut."""

    id: str
    title: str
    setting: api.Scenario | None
    problem: str = ""


@lru_cache(maxsize=64)
def scenario(name: str) -> api.Scenario:
    """A shipped scenario by its id. Raises `Refusal`. Files are read once; a changed file shows after a restart.

    A path is refused: what a link may open is what ships, not any file of the machine.
    """
    known = dict(api.scenarios())
    if name not in known:
        raise api.Refusal(f"there is no scenario '{name[:40]}'; allowed are {', '.join(known)}.")
    return api.load(name)


def cards() -> list[Card]:
    """Every shipped scenario that has teaching minutes, shortest first, then those that cannot be opened."""
    found = []
    for name, title in api.scenarios():
        try:
            found.append(Card(name, title, scenario(name)))
        except api.Refusal as problem:
            found.append(Card(name, title, None, str(problem)))
    return sorted(found, key=_place)


def _place(card: Card) -> tuple[bool, int, bool, str]:
    """Shortest first, invented cases before historical ones."""
    if card.setting is None:
        return True, 0, False, card.id
    return False, card.setting.text.minutes, card.setting.kind != "fictional", card.id
