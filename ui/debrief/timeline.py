"""The timeline: each turning point in words, with the reason on record of whoever chose."""

from __future__ import annotations

from collections.abc import Sequence

from sim import api
from ui.debrief.facts import Facts
from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel, Step
from ui.debrief.turning import Turn

WITH_ISSUE = ("threat", "carried_out", "imposed", "start", "hidden")
AGREED = ("hidden", "relief", "settled")  # either side may have taken the last step
ANSWERS = ("concession", "answer_offer", "answer_settlement")  # the orders that are such a step


def timeline(seen: Hindsight, surprises: Sequence[tuple[int, str]] = ()) -> Panel:
    """The panel; `surprises` are (quarter, sentence) of what went against the bets of a class."""
    w = seen.w
    steps = [(turn.quarter, Step(_when(turn.quarter, seen), w.t(f"debrief.turn.{turn.kind}.name"), told(turn, seen), _why(turn, seen))) for turn in seen.turns]
    steps += [(quarter, Step(_when(quarter, seen), w.t("debrief.turn.surprise.name"), text)) for quarter, text in surprises]
    ordered = tuple(step for _, step in sorted(steps, key=lambda pair: pair[0]))
    text = w.t("debrief.timeline.text", count=len(ordered)) if ordered else w.t("debrief.timeline.none")
    return Panel("timeline", w.t("debrief.timeline.heading"), (text,), ordered, note=w.t("debrief.timeline.note") if ordered else "")


def _when(quarter: int, seen: Hindsight) -> str:
    """A quarter as the beginning of a line."""
    label = seen.moment(quarter)
    return label[:1].upper() + label[1:]


def told(turn: Turn, seen: Hindsight) -> str:
    """What happened at a turning point, in words."""
    w = seen.w
    values = {"who": seen.name(turn.who), "other": seen.name(turn.other), "amount": w.percent(turn.amount, 1 if turn.amount < 10 else 0)}
    if turn.kind == "luck" and turn.choice is not None:
        choice = seen.run.record.choices[turn.choice]
        values["did"] = seen.said(api.told(choice, seen.name(choice.state), w.language))
    if turn.kind == "bottom":
        values["who"] = seen.together(seen.roles.target)
    said = w.t(f"debrief.turn.{turn.kind}.{_form(turn, seen)}", **values)
    if turn.also:
        said += " " + w.t("debrief.also_start" if turn.kind == "start" else "debrief.also", count=len(turn.also), who=seen.together(turn.also))
    issue = next((seen.tell(spec.issue) for spec in seen.setting.disputes if spec.id == turn.dispute), "")
    return f"{said} {w.t('debrief.issue', issue=issue.rstrip('.'))}" if issue and turn.kind in WITH_ISSUE else said


def _form(turn: Turn, seen: Hindsight) -> str:
    """Which of its sentences a turning point is told by: the worst quarter of several, and one in which no measure had been in force yet, has its own."""
    if turn.kind != "bottom":
        return "text"
    several = "together" if len(seen.roles.target) > 1 else "text"
    begun = Facts(seen.run, seen.twin).hostile()
    return several if begun and begun[0][0] <= turn.quarter else f"{several}_bare"


def _why(turn: Turn, seen: Hindsight) -> str:
    """The reason on record, or who ordered it where nobody in the model chose."""
    w = seen.w
    if turn.choice is not None:
        choice = seen.run.record.choices[turn.choice]
        return seen.said(api.explain(choice, seen.name(choice.state), w.language).sentence)
    if turn.kind in ("bottom", "start", "adopted", "surprise"):
        return ""
    ordered = [order for order in seen.story.orders if order.quarter == turn.quarter and order.state in (turn.who, turn.other)]
    mover = next((order.state for order in ordered if order.lever in ANSWERS and turn.kind in AGREED), turn.who)
    if seen.story.by_people(mover, turn.quarter):
        silent = turn.kind == "lapsed" and not any(order.state == mover and order.lever == "retraction" for order in ordered)
        return w.t("debrief.by_silence" if silent else "debrief.by_people", who=seen.name(mover))
    ordered = [order for order in ordered if order.state == mover]
    if any(order in seen.setting.timetable for order in ordered):
        return w.t("debrief.by_timetable")
    return w.t("debrief.by_visitor") if ordered else ""
