"""The end of a debrief: what the model leaves out, and questions to talk about."""

from __future__ import annotations

from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel


def left_out(seen: Hindsight) -> Panel:
    """What this scenario and the model as a whole leave out."""
    w = seen.w
    own = tuple(map(seen.tell, seen.setting.text.leaves_out))
    always = tuple(w.t(f"debrief.leaves_out.always.{name}") for name in ("firms", "people", "luck", "numbers"))
    note = w.t("debrief.leaves_out.stylised", note=seen.tell(seen.setting.note)) if seen.setting.note else ""
    return Panel("leaves_out", w.t("debrief.leaves_out.heading"), (w.t("debrief.leaves_out.text"),), points=own + always, note=note)


def questions(seen: Hindsight) -> Panel:
    """The scenario's own questions, or those that fit every run."""
    w = seen.w
    own = tuple(map(seen.tell, seen.setting.text.debrief_questions))
    always = tuple(w.t(f"debrief.questions.always.{name}") for name in ("twin", "theory", "fork", "pay"))
    return Panel("questions", w.t("debrief.questions.heading"), points=own or always)
