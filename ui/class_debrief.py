"""The debrief of a class: the model's panels from a process of its own, and what only a class has: bets and polls.

It is put together once for everybody in the class and kept; who asks first waits for the model, the others with them.
"""

from __future__ import annotations

import atexit
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ui.bets import STAKES, happened
from ui.classroom.engine import EngineTrouble, ModelEngine
from ui.classroom.lesson import Lesson
from ui.classroom.looking_back import LookBack
from ui.classroom.polls import AFTER, BEFORE, MotionSeen, PollSeen
from ui.classroom.text import LINE
from ui.debrief.opinions import opinions
from ui.debrief.panels import Debrief, Panel, from_data
from ui.debrief.wagers import Wager, bets, surprise
from ui.retold import atlas_told, bet_told
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words

KEPT = 24
_MADE: Shelf[Model] = Shelf(KEPT)
_ENGINES: dict[str, DebriefEngine] = {}
_GUARD = threading.Lock()


@dataclass(frozen=True)
class Model:
    """What the model has to say of a class's run. `forks` are the suggested forks as questions; `told` holds each of them, as any language asks
    it, with the question in the language of this one: a vote is put in the words of whoever put it."""

    panels: tuple[Panel, ...]
    about: str
    forks: tuple[str, ...]
    told: Mapping[str, str]
    digest: str


class DebriefEngine(ModelEngine):
    """A worker process that only looks back."""

    def __init__(self) -> None:
        super().__init__(command=(sys.executable, "-m", "ui.debrief.worker"))

    def look_back(self, what: dict[str, Any]) -> Model:
        """Ask for the panels. Raises `EngineTrouble` with a sentence."""
        answer = self._ask({"call": "debrief", "what": what})
        if not answer["ok"]:
            raise EngineTrouble(str(answer["sentence"]))
        found = answer["result"]
        told = {short(asked): short(own) for asked, own in found["told"].items()}
        return Model(tuple(from_data(raw) for raw in found["panels"]), found["about"], tuple(found["forks"]), told, found["digest"])


def debrief_engine() -> DebriefEngine:
    """The engine of this process, made when first asked for."""
    with _GUARD:
        if "debrief" not in _ENGINES:
            _ENGINES["debrief"] = DebriefEngine()
            atexit.register(_ENGINES["debrief"].close)
        return _ENGINES["debrief"]


def model_part(looked: LookBack, lesson: Lesson, picked: int, w: Words) -> Model:
    """The model's panels with the class's surprises in the timeline. Raises `EngineTrouble`."""
    surprises = surprise(wagers(looked, lesson, w), w)
    what = {"played": looked.played, "language": w.language, "surprises": surprises, "picked": picked}
    key = (looked.uid, lesson.resolved, w.language, tuple(surprises), picked)
    return _MADE.get(key, lambda: debrief_engine().look_back(what))


def class_panels(looked: LookBack, lesson: Lesson, polls: Sequence[PollSeen], w: Words) -> list[Panel]:
    """The panels that need no model: what the class thought before and after, and how good its bets were."""
    by_key = {poll.key: poll for poll in polls}
    asked = [by_key[key] for key in (BEFORE, AFTER) if key in by_key]
    before, after = (by_key[key].answers if key in by_key else () for key in (BEFORE, AFTER))
    question = tell(asked[0].question, lesson.scenario, w) if asked else lesson.question
    return [opinions(question, before, after, asked[-1].twice if asked else (), w), bets(wagers(looked, lesson, w), w)]


def whole(lesson: Lesson, model: Model, own: Sequence[Panel], w: Words) -> Debrief:
    """The debrief of a class: the model's panels, the class's own before what the model leaves out."""
    place = next((number for number, panel in enumerate(model.panels) if panel.key == "leaves_out"), len(model.panels))
    panels = [*model.panels[:place], *own, *model.panels[place:]]
    return Debrief(lesson.title, lesson.question, model.about, w.language, tuple(_card_words(panel, lesson) for panel in panels))


def _card_words(panel: Panel, lesson: Lesson) -> Panel:
    """The words of the class's own card where it has them: a scenario file may have changed since."""
    if panel.key == "questions" and lesson.debrief_questions:
        return replace(panel, points=lesson.debrief_questions)
    return panel


def wagers(looked: LookBack, lesson: Lesson, w: Words) -> list[Wager]:
    """All bets of the class against what happened."""
    places = atlas_told(lesson.scenario, w.language)
    by_round = {row.round: replace(row, private={"states": row.debrief.get("states", {})}) for row in looked.seen}
    found = []
    for bet in looked.bets:
        stake = STAKES.get(bet.outcome)
        if stake is None or bet.round not in by_round:
            continue
        value = happened(bet.outcome, bet.state, by_round[bet.round], by_round.get(bet.round - 1), places.disputes)
        last = bet.round * lesson.quarters_per_round - 1
        name = bet_told(bet.outcome, bet.state, places, w)
        state = places.state(bet.state)
        found.append(Wager(bet.round, last, state, name, bet.low, bet.high, 100.0 * bet.sure, value, stake.high - stake.low))
    return found


def voted(motions: Sequence[MotionSeen]) -> int:
    """Which fork the class chose: the option with most votes of the last closed vote on forks; the first before any vote."""
    for motion in reversed(motions):
        if motion.kind == "fork" and not motion.open and any(motion.counts):
            return motion.counts.index(max(motion.counts))
    return 0


def short(question: str) -> str:
    """A fork's question as an option to vote on."""
    return question if len(question) <= LINE else question[: LINE - 1].rstrip() + "…"
