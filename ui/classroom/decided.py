"""Everybody's decisions of a revealed round. They do not change any more: read once for the whole class, and only those of the last rounds are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from ui.classroom.glance import SeatNow
from ui.classroom.store import Store
from ui.classroom.tables import Round, Seat
from ui.classroom.tables_play import Submission
from ui.shelf import Shelf

ROUNDS_KEPT = 12  # of decisions, of all classes of this server; those of older rounds are read again when somebody looks
_HANDED_IN = (
    select(Submission, Seat).join(Seat, Seat.id == Submission.seat_id).where(Submission.round_id == bindparam("round")).order_by(Seat.place)
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A decision of a round: of one's own seat at any time, of all seats after the reveal."""

    seat: str
    state: str
    how: str
    purpose: str
    moves: tuple[dict[str, Any], ...]
    revision: int


def handed(row: Submission, seat: Seat | SeatNow) -> Handed:
    """What a seat has handed in, from its row."""
    return Handed(seat.label, seat.state, row.how, row.purpose, tuple(dict(move) for move in row.moves), row.revision)


_DECIDED: Shelf[tuple[Handed, ...]] = Shelf(ROUNDS_KEPT)


class Decisions(Sequence[Handed]):
    """Everybody's decisions of a revealed round, in order of the seats, read when somebody looks: pages show those of the last round."""

    __slots__ = ("_resolved_at", "_round_id", "_store")

    def __init__(self, store: Store, row: Round) -> None:
        self._store, self._round_id, self._resolved_at = store, row.id, row.resolved_at

    def _read(self) -> tuple[Handed, ...]:
        return _DECIDED.get((self._store.engine, self._round_id, self._resolved_at), self._from_store)

    def _from_store(self) -> tuple[Handed, ...]:
        with self._store.read() as db:
            return tuple(handed(row, seat) for row, seat in db.execute(_HANDED_IN, {"round": self._round_id}))

    def __getitem__(self, place: Any) -> Any:
        return self._read()[place]

    def __len__(self) -> int:
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
