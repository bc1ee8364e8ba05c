"""The measures in force, found by who uses them, on whom, and what they belong to.

A world of forty states has hundreds of measures, and every government asks about its own many times a quarter. So they are sorted once, when
somebody first asks after a change, and each answer lists them in the order in which they came into force.
"""

from __future__ import annotations

from collections import UserDict
from collections.abc import ItemsView, ValuesView
from typing import Any, TypeAlias

from sim.levers.lever import Measure

Key: TypeAlias = tuple[str, int, int, str]  # lever, sender, target, sector
NOTES = ("dispute", "agreement")  # notes by which measures are found


class InForce(UserDict[Key, Measure]):
    """Measures by lever, sender, target and sector. Any change makes the lists be sorted anew."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: dict[tuple[str, int | str], list[Measure]] | None = None

    def __setitem__(self, key: Key, measure: Measure) -> None:
        self.data[key] = measure
        self._lists = None

    def __delitem__(self, key: Key) -> None:
        del self.data[key]
        self._lists = None

    def __deepcopy__(self, memo: dict[int, Any]) -> InForce:
        """Another with the same measures, which never change themselves."""
        twin = InForce()
        twin.data = self.data.copy()
        return twin

    def values(self) -> ValuesView[Measure]:
        """The measures, in the order in which they came into force."""
        return self.data.values()

    def items(self) -> ItemsView[Key, Measure]:
        """Keys and measures, in the same order."""
        return self.data.items()

    def of(self, sender: int) -> list[Measure]:
        """What a state uses."""
        return self._list("sender", sender)

    def on(self, target: int) -> list[Measure]:
        """What is used on a state."""
        return self._list("target", target)

    def in_dispute(self, name: str) -> list[Measure]:
        """What belongs to a dispute, third parties' stances in it as well."""
        return self._list("dispute", name)

    def under_agreement(self, name: str) -> list[Measure]:
        """What an agreement put in force."""
        return self._list("agreement", name)

    def _list(self, what: str, name: int | str) -> list[Measure]:
        if self._lists is None:
            self._lists = {}
            for measure in self.data.values():
                groups: list[tuple[str, int | str]] = [("sender", measure.sender), ("target", measure.target)]
                groups += [(note, measure.notes[note]) for note in NOTES if note in measure.notes]
                for group in groups:
                    self._lists.setdefault(group, []).append(measure)
        return self._lists.get((what, name), [])
