"""What the server keeps of the rounds played: each part of a round's result read once for the whole class, and only those of the last rounds.

A result never changes once it is there. Pages need the last round and the one before; who asks for an older one (the debrief, a late
joiner's summary) reads it again from the database. So a class of forty rounds takes no more memory than one of six.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Literal

from sqlalchemy import Engine, select

from ui.classroom.contract import RoundResult
from ui.classroom.store import Store
from ui.classroom.tables import Result
from ui.shelf import Shelf, once

ROUNDS_KEPT = 6  # of all classes of this server; a part of a round is some 0.3 MB for a dozen states
Name = Literal["public", "private", "debrief"]
_PARTS: dict[Name, Shelf[Mapping[str, Any]]] = {name: Shelf(ROUNDS_KEPT) for name in ("public", "private", "debrief")}
_COLUMNS = {"public": Result.public, "private": Result.private, "debrief": Result.debrief}


class Part(Mapping[str, Any]):
    """A part of a round's result, read when somebody looks into it. Of the private part, what is the state's own; nothing for nobody."""

    __slots__ = ("_key", "_name", "_state", "_store")

    def __init__(self, store: Store, round_id: int, digest: str, name: Name, state: str | None = None) -> None:
        self._store, self._key, self._name, self._state = store, _key(store, round_id, digest), name, state

    def _read(self) -> Mapping[str, Any]:
        found = _PARTS[self._name].get(self._key, partial(_from_store, self._store, self._key[1], self._name))
        if self._name == "private":
            own: Mapping[str, Any] = found.get(self._state, {}) if self._state is not None else {}
            return own
        return found

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def keep(store: Store, round_id: int, result: RoundResult) -> None:
    """Keep a result that has just been computed, so that the first page that shows it need not read it."""
    once([result.public, result.private])
    for name, part in (("public", result.public), ("private", result.private)):
        _PARTS[name].get(_key(store, round_id, result.digest), lambda part=part: part)  # type: ignore[index, misc]


def _key(store: Store, round_id: int, digest: str) -> tuple[Engine, int, str]:
    return store.engine, round_id, digest


def _from_store(store: Store, round_id: int, name: Name) -> Mapping[str, Any]:
    with store.read() as db:
        found: dict[str, Any] = db.execute(select(_COLUMNS[name]).where(Result.round_id == round_id)).scalar_one()
        once(found)
        return found
