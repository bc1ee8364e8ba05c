"""The debrief of a run, panel by panel, so that a page can show the first while the next is being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ui.debrief.bill import bill
from ui.debrief.closing import left_out, questions
from ui.debrief.course import course
from ui.debrief.fork import fork
from ui.debrief.hindsight import Hindsight
from ui.debrief.judged import judged
from ui.debrief.panels import Debrief, Panel
from ui.debrief.theories import theories
from ui.debrief.timeline import timeline

PARTS: dict[str, Callable[[Hindsight], Panel]] = {
    "timeline": timeline,
    "course": course,
    "theories": theories,
    "fork": fork,
    "verdicts": judged,
    "bills": bill,
    "leaves_out": left_out,
    "questions": questions,
}


def made(seen: Hindsight, surprises: Sequence[tuple[int, str]] = (), picked: int = 0) -> Iterator[Panel]:
    """The panels of a run in order. `surprises` of a class go into the timeline; `picked` is which fork is played."""
    for name, part in PARTS.items():
        if name == "timeline":
            yield timeline(seen, surprises)
        elif name == "fork":
            yield fork(seen, picked)
        else:
            yield part(seen)


def debrief(seen: Hindsight, panels: Sequence[Panel], title: str = "") -> Debrief:
    """A whole debrief of panels that were made; `title` is a class's own."""
    w, story = seen.w, seen.story
    theory = w.t(f"politics.theory.{seen.run.theory}")
    about = w.t("debrief.about", quarters=w.number(story.quarters), first=seen.label(0), last=seen.label(story.quarters - 1), seed=story.seed, theory=theory)
    return Debrief(title or seen.tell(seen.setting.title), seen.tell(seen.setting.question), about, w.language, tuple(panels))
