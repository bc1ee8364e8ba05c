"""A model for tests, a scenario card, and a room that walks a class through its phases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ui.classroom import instructor, seats, submissions, view
from ui.classroom.card import read_card
from ui.classroom.contract import Engine, Held, Move, RoundResult
from ui.classroom.refused import Refusal
from ui.classroom.sessions import Created
from ui.classroom.store import Store

PASSPHRASE = "correct horse battery"
QUESTION = {"text": "Whom do you speak for?", "options": ["Aland", "Borland"], "answer": 0}
CARD = read_card(
    {
        "id": "test-class",
        "title": "A test",
        "question": "Who yields?",
        "digest": "d" * 64,
        "rounds": 3,
        "quarters_per_round": 2,
        "theory": "plain",
        "roles": [
            {"id": "aland", "state": "ALA", "title": "Aland", "packet": "You speak for Aland.", "check": [QUESTION]},
            {"id": "borland", "state": "BOR", "title": "Borland", "packet": "You speak for Borland."},
            {"id": "corland", "state": "COR", "title": "Corland", "packet": "You speak for Corland.", "levers": ["tariff"]},
        ],
        "injects": [{"id": "storm", "title": "A storm", "text": "Harvests fail."}],
        "outcomes": ["concession"],
    }
)
TABLES = {  # of the run, a row each
    "states": {"quarter": [0], "state": ["ALA"], "real_income": [9.5], "unrest": [0.25]},
    "measures": {"quarter": [0], "lever": ["tariff"], "sender": ["ALA"], "target": ["BOR"], "level": [0.25]},
    "disputes": {"quarter": [0], "dispute": ["fish"], "sender": ["ALA"], "target": ["BOR"], "policy": [0.5]},
    "events": {"quarter": [0], "event": ["inject"], "states": ["ALA"], "text": ["=A storm"]},
}
TARIFF = {"lever": "tariff", "target": "BOR", "value": 0.25}


class Clock:
    """A moment that tests move."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds)


def refusal(call: Callable[[], object], kind: type[Refusal] = Refusal) -> str:
    """The sentence a call is refused with, or a word that says it was not."""
    try:
        call()
    except kind as refused:
        return str(refused)
    return "not refused"


@dataclass
class FakeEngine(Engine):
    """Answers with a digest of what it was asked; fails or does something in the middle when told to."""

    version: str = "fake 1"
    calls: list[dict[str, Any]] = field(default_factory=list)
    trouble: Exception | None = None
    meanwhile: Callable[[], None] | None = None

    def resolve(
        self,
        scenario_ref: str,
        seed: int,
        theory: str,
        decisions: Sequence[Move],
        upto_quarter: int,
        *,
        first_quarter: int = 0,
        held: Sequence[Held] = (),
        injects: Sequence[tuple[int, str]] = (),
    ) -> RoundResult:
        """A digest of the question, and results that tell seats apart."""
        asked = {
            "scenario": scenario_ref,
            "seed": seed,
            "theory": theory,
            "decisions": [move.as_dict() for move in decisions],
            "upto": upto_quarter,
            "first": first_quarter,
            "held": [[row.state, row.first, row.last] for row in held],
            "injects": [list(row) for row in injects],
        }
        self.calls.append(asked)
        if self.meanwhile is not None:
            self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        private = {state: {"resolve": f"secret of {state}"} for state in ("ALA", "BOR", "COR")}
        public = {"quarter": upto_quarter, "moves": len(decisions), **TABLES}
        return RoundResult(public, private, digest, {"hidden": "for the debrief"})

    def check(self, scenario_ref: str, move: Move) -> None:
        """Knows one lever and three states."""
        if move.lever not in ("tariff", "export_ban"):
            raise Refusal(f"decision: there is no lever '{move.lever}'.")
        if move.target not in ("ALA", "BOR", "COR"):
            raise Refusal(f"decision: there is no state '{move.target}'.")


@dataclass
class Room:
    """A class and everything needed to move it; `links` by seat label."""

    store: Store
    key: str
    engine: FakeEngine
    now: Callable[[], datetime]
    made: Created

    @property
    def links(self) -> dict[str, str]:
        """Secrets of the seats' links."""
        return dict(self.made.links)

    @property
    def uid(self) -> str:
        """The session."""
        return self.made.uid

    @property
    def stamp(self) -> str:
        """The stamp a freshly drawn page has."""
        return view.look(self.store, self.links["aland"]).stamp

    @property
    def phase(self) -> str:
        """The phase the class is in."""
        return view.look(self.store, self.links["aland"]).phase

    def everybody_starts(self) -> Room:
        """All three press Start."""
        for link in self.links.values():
            seats.start(self.store, link)
        return self

    def to(self, phase: str, round_number: int | None = None) -> Room:
        """Advance until the phase (of the round) is reached."""
        for _ in range(60):
            seen = view.look(self.store, self.links["aland"])
            if seen.phase == phase and round_number in (None, seen.round):
                return self
            instructor.advance(self.store, self.engine, self.key, self.uid, seen.stamp)
        raise AssertionError(f"never reached {phase}")

    def submit(self, seat: str, moves: Sequence[dict[str, Any]] = (TARIFF,), **more: Any) -> int:
        """Hand in from a freshly drawn page."""
        moves = [{**move, "target": "ALA"} if seat == "borland" and move["target"] == "BOR" else move for move in moves]
        return submissions.submit(self.store, self.engine, self.links[seat], self.stamp, moves, **more)
