"""The opening poll against the closing poll."""

from __future__ import annotations

from collections.abc import Sequence

from ui.charts.opinion import opinion
from ui.debrief.course import picture
from ui.debrief.panels import Panel, Table
from ui.text import Words


def opinions(question: str, before: Sequence[float], after: Sequence[float], w: Words) -> Panel:
    """The panel; answers in percent. Without any answer it says how to get some."""
    heading = w.t("debrief.polls.heading")
    if not before and not after:
        return Panel("polls", heading, (question, w.t("debrief.polls.none")))
    drawn = opinion(before, after, w)
    rows = tuple(
        (w.t(f"charts.opinion.{name}"), w.number(len(answers)), *(w.percent(one, 0) for one in (sum(answers) / len(answers), min(answers), max(answers))))
        for name, answers in (("before", before), ("after", after))
        if answers
    )
    columns = tuple(w.t(f"debrief.polls.column.{name}") for name in ("when", "answers", "mean", "lowest", "highest"))
    return Panel("polls", heading, (question,), pictures=(picture(drawn),), tables=(Table(columns, rows),), note=w.t("debrief.polls.note"))
