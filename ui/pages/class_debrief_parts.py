"""What every page of the class shows of the debrief: the model's panels once they are made, a sentence where the model cannot make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ui.class_debrief import Model, class_panels, model_part, voted, whole
from ui.classroom.engine import EngineTrouble
from ui.classroom.lesson import Lesson
from ui.classroom.looking_back import LookBack
from ui.classroom.polls import MotionSeen, PollSeen
from ui.classroom.text import display
from ui.debrief.panels import Debrief
from ui.pages.class_desk import refused
from ui.text import Words


def made(looked: LookBack, lesson: Lesson, polls: Sequence[PollSeen], motions: Sequence[MotionSeen], w: Words) -> tuple[Debrief, Model] | None:
    """The whole debrief and the model's part of it; None, with a sentence on the page, where the model gave no answer."""
    try:
        with st.spinner(w.t("debrief.waiting")):
            model = model_part(looked, lesson, voted(motions), w)
    except EngineTrouble as problem:
        st.warning(refused(problem), icon=":material/error:")
        return None
    return whole(lesson, model, class_panels(looked, lesson, polls, w), w), model


def ballot(motions: Sequence[MotionSeen], cast: Callable[[int, int], None], w: Words, told: Mapping[str, str] | None = None) -> None:
    """The votes on forks: open ones to vote on, closed ones with their counts; `told` says them in the language of the page."""
    said = told or {}
    rows = [motion for motion in motions if motion.kind == "fork"]
    if not rows:
        return
    st.header(w.t("debrief.vote.heading"), anchor=False)
    for motion in rows:
        with st.container(border=True):
            st.markdown(display(said.get(motion.text, motion.text)))
            if not motion.open and not any(motion.counts):
                st.markdown(w.t("debrief.vote.nobody"))
                continue
            for place, own in enumerate(motion.options):
                option = said.get(own, own)
                if not motion.open:
                    st.markdown(w.t("debrief.vote.count", fork=display(option), count=motion.counts[place]))
                elif st.button(display(option), key=f"fork-vote-{motion.id}-{place}", type="primary" if motion.mine == place else "secondary", wrap=True):
                    cast(motion.id, place)
