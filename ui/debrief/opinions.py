"""The opening poll against the closing poll."""

from __future__ import annotations

from collections.abc import Sequence

from ui.charts.opinion import FEWEST, opinion
from ui.debrief.course import picture
from ui.debrief.panels import Panel, Table
from ui.text import Words


def opinions(question: str, before: Sequence[float], after: Sequence[float], twice: Sequence[tuple[float, float]], w: Words) -> Panel:
    """The panel; answers in percent, `twice` those of people who answered both polls, (before, after). Where these are enough, they alone are compared;
    no mean is taken of few. Without any answer it says how to get some."""
    heading = w.t("debrief.polls.heading")
    if not before and not after:
        return Panel("polls", heading, (question, w.t("debrief.polls.none")))
    drawn = opinion(before, after, twice, w)
    text = [question, *([w.t("debrief.polls.again")] if after else [])]
    if len(twice) >= FEWEST:
        if len(twice) < max(len(before), len(after)):
            text.append(w.t("debrief.polls.compared", before=w.number(len(before)), after=w.number(len(after))))
        before, after = zip(*twice, strict=True)
    rows = tuple(
        (w.t(f"charts.opinion.{name}"), w.number(len(answers)), *_spread(answers, w)) for name, answers in (("before", before), ("after", after)) if answers
    )
    columns = tuple(w.t(f"debrief.polls.column.{name}") for name in ("when", "answers", "mean", "lowest", "highest"))
    tables = (Table(columns, rows),) if max(len(before), len(after)) >= FEWEST else ()  # of few the picture says all there is
    return Panel("polls", heading, tuple(text), pictures=(picture(drawn),), tables=tables, note=w.t("debrief.polls.note"))


def _spread(answers: Sequence[float], w: Words) -> tuple[str, ...]:
    """Mean, lowest and highest; dashes where the answers are few."""
    if len(answers) < FEWEST:
        return ("–",) * 3
    return tuple(w.percent(one, 0) for one in (sum(answers) / len(answers), min(answers), max(answers)))
