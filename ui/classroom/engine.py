"""The model behind the class: one worker process, kept alive, asked one question at a time.

Never in the server's threads: the model holds the interpreter lock and every page would wait for it (measured: a poll takes 9 ms beside a
process and 904 ms beside a thread). The process is an own interpreter that speaks JSON lines, not a pool: a pool's child would import the
running page as its main module, and a pool cannot stop a question that takes too long. A worker that died or was stopped is replaced at
the next question.
"""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import IO, TYPE_CHECKING, Any

from ui.classroom.card import Card, read_card
from ui.classroom.contract import Engine, Held, Move, RoundResult
from ui.classroom.refused import Refusal

if TYPE_CHECKING:
    from ui.classroom.store import Store

TIME_LIMIT = 120.0  # seconds for a round: a default scenario takes well under one; must stay below the lease of a claim
GETTING_READY = 900.0  # seconds: a new installation translates the model's inner loops once (half a minute; minutes on a slow machine)
_ENGINES: dict[str, ModelEngine] = {}
_GUARD = threading.Lock()


class EngineTrouble(RuntimeError):
    """The model gave no answer: it died, took too long, or could not go on. The sentence says which."""


def model_engine() -> ModelEngine:
    """The engine of this process, made when first asked for."""
    with _GUARD:
        if "model" not in _ENGINES:
            _ENGINES["model"] = ModelEngine()
            atexit.register(_ENGINES["model"].close)
        return _ENGINES["model"]


def program_version() -> str:
    """Name and version of the program whose model answers."""
    try:
        return f"sanctions-lab {version('sanctions-lab')}"
    except PackageNotFoundError:
        return "sanctions-lab (not installed)"


class ModelEngine(Engine):
    """`contract.Engine` by a worker process."""

    def __init__(self, time_limit: float = TIME_LIMIT, command: Sequence[str] = (sys.executable, "-m", "ui.classroom.worker")) -> None:
        self.version = program_version()
        self._time_limit = time_limit
        self._command = list(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._number = 0
        self.ahead: Callable[[Store, int, int, RoundResult], None] | None = None  # what the server does with a result before it is stored

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
        """Play the session in the worker. Raises `EngineTrouble` with a sentence for the instructor."""
        what = {
            "scenario": scenario_ref,
            "seed": seed,
            "theory": theory,
            "moves": [move.as_dict() for move in decisions],
            "upto": upto_quarter,
            "first": first_quarter,
            "held": [(row.state, row.first, row.last) for row in held],
            "injects": list(injects),
        }
        answer = self._ask({"call": "play", "what": what})
        if not answer["ok"]:
            raise EngineTrouble(answer["sentence"])
        result = answer["result"]
        return RoundResult(result["public"], result["private"], result["digest"], result["debrief"])

    def check(self, scenario_ref: str, move: Move) -> None:
        """Refuse a move the scenario or its lever does not allow, by the model's own rules."""
        from sim import api

        states, sectors = _axes(scenario_ref)
        api.validated([api.Decision(**move.as_dict())], states, sectors, api.LEVERS, "decision")

    def foresee(self, store: Store, session_id: int, round_id: int, result: RoundResult) -> None:
        """Let the server draw its pages ahead."""
        if self.ahead is not None:
            self.ahead(store, session_id, round_id, result)

    def warm_up(self) -> None:
        """Start the worker and let it get ready, so that the first round does not wait for it."""
        self._ask({"call": "ready"}, max(self._time_limit, GETTING_READY))

    def close(self) -> None:
        """Stop the worker."""
        with self._lock:
            self._stop()

    def _ask(self, asked: dict[str, Any], limit: float | None = None) -> dict[str, Any]:
        limit = self._time_limit if limit is None else limit
        with self._lock:
            self._number += 1
            line = json.dumps({"number": self._number, **asked}, allow_nan=False) + "\n"
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                assert self._process is not None
                assert self._process.stdin is not None
                self._process.stdin.write(line)
                self._process.stdin.flush()
                said = self._answers.get(timeout=limit)
            except queue.Empty:
                self._stop()
                raise EngineTrouble(f"The model took longer than {limit:g} seconds and was stopped.") from None
            except OSError as problem:
                self._stop()
                raise EngineTrouble(f"The model's process could not be reached ({problem}).") from None
            if said is None:
                self._stop()
                raise EngineTrouble("The model's process ended before it answered.")
            answer: dict[str, Any] = json.loads(said)
            return answer

    def _start(self) -> None:
        self._stop()
        self._answers = queue.Queue()
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert self._process.stdout is not None
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if process.stdin is not None:
            try:
                process.stdin.close()
            except BrokenPipeError:
                return  # a half-written question to a dead worker: nothing is lost, the caller hears of it


def _listen(stream: IO[str], answers: queue.Queue[str | None]) -> None:
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(None)


@lru_cache(maxsize=32)
def _axes(scenario_ref: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from sim import api

    setting = api.load(scenario_ref)
    return setting.state_ids, setting.sector_ids


def card_of(scenario_ref: str) -> Card:
    """The card of a scenario: what the class needs of it. Raises `Refusal` for a broken or unknown scenario."""
    from sim import api
    from ui.classroom.checks import role_check

    setting = api.load(scenario_ref)
    text = setting.text
    roles = [
        {
            "id": role.id,
            "state": role.state,
            "title": role.title,
            "packet": role.packet,
            "private": role.private,
            "goals": dict(role.goals),
            "check": role_check(setting, role.state, role.goals, place),
        }
        for place, role in enumerate(setting.roles)
    ] or [
        {"id": state.id.lower(), "state": state.id, "title": state.name, "check": role_check(setting, state.id, {}, place)}
        for place, state in enumerate(setting.states)
    ]
    if not setting.source:
        raise Refusal(f"{setting.id}: a generated world has no file and cannot be played in class; save it as a scenario first.")
    fewest, most = text.seats(len(roles))
    return read_card(
        {
            "id": setting.source,
            "title": setting.title,
            "question": setting.question,
            "digest": setting.digest,
            "minutes": text.minutes,
            "rounds": -(-setting.quarters // text.quarters_per_round),
            "quarters_per_round": text.quarters_per_round,
            "min_seats": fewest,
            "max_seats": most,
            "theory": setting.theory,
            "roles": roles,
            "injects": [
                {"id": f"{number}-{inject.kind}", "title": inject.text[:140], "text": inject.text}
                for number, inject in enumerate(setting.injects)
                if inject.text
            ],
            "outcomes": sorted({goal for role in setting.roles for goal in role.goals}),
            "briefing": text.briefing,
            "content_note": text.content_note,
            "objectives": text.objectives,
            "leaves_out": text.leaves_out,
            "debrief_questions": text.debrief_questions,
        }
    )
