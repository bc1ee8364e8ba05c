"""Run a session: where the class is, the next step, the clock, and six ways to look at it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sim import api
from ui.classroom import board, instructor, phases
from ui.classroom.contract import Engine
from ui.classroom.refused import Refusal
from ui.classroom.store import Store
from ui.classroom.text import NOTE, PARAGRAPH, display
from ui.pages.class_desk import beat, phase_words, refuse_later, said, say_later
from ui.pages.desk import say_if_in_english
from ui.pages.teach_debrief import debrief
from ui.pages.teach_desk import TeachDesk
from ui.pages.teach_files import files
from ui.pages.teach_listen import listen
from ui.pages.teach_results import open_votes, results
from ui.pages.teach_seats import doors, seats
from ui.pages.written import Writing
from ui.retold import event_told, tell
from ui.text import Words, plain

POLL_SECONDS = 2.5
MARK = "teach-mark"
VIEWS: dict[str, Callable[[TeachDesk], None]] = {}


def run(store: Store, model: Engine, key: str, uid: str, w: Words) -> None:
    """Draw the session's page. Raises `Refusal` for an unknown session."""
    st.session_state[MARK] = board.pulse(store, key, uid, model).mark
    desk = TeachDesk(store, model, key, uid, board.board(store, key, uid), w)
    st.button(w.t("teach.back"), icon=":material/arrow_back:", key="back", type="tertiary", on_click=st.query_params.clear)
    st.title(display(tell(desk.board.title, desk.lesson.scenario, w)), anchor=False)
    said()
    if desk.board.rehearsal:
        st.info(w.t("teach.rehearsed"), icon=":material/smart_toy:")
    _head(desk)
    _steps(desk)
    views: dict[str, Callable[[TeachDesk], None]] = {
        "run": _run, "doors": doors, "seats": seats, "listen": listen, "results": results, "debrief": debrief, "files": files
    }
    chosen = st.segmented_control(
        w.t("teach.view.label"),
        list(views),
        default="doors" if desk.phase == phases.LOBBY else "run",
        required=True,
        format_func=lambda name: w.t(f"teach.view.{name}"),
        key=f"view-{uid}-{desk.phase == phases.LOBBY}",
        label_visibility="collapsed",
    )
    views[str(chosen or "run")](desk)


def act(what: Callable[[], object], done: str = "") -> None:
    """Do something in the store; what came of it is said on the next drawing."""
    try:
        what()
    except Refusal as problem:
        refuse_later(problem)
    else:
        if done:
            say_later(done)


def _head(desk: TeachDesk) -> None:
    w, found = desk.w, desk.board
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{phase_words(desk.phase, found.pulse.round, found.rounds, w)}**", width="content")
        with st.container(width="content"):
            beat(lambda: board.pulse(desk.store, desk.key, desk.uid, desk.model), MARK, POLL_SECONDS, w)
        started = sum(seat.started for seat in found.seats)
        st.markdown(w.t("teach.in", started=w.number(started), seats=w.number(len(found.seats))), width="content")
        st.markdown(w.t("teach.code", code=found.join_code), width="content")


def _steps(desk: TeachDesk) -> None:
    """The next step and the clock: what a teacher presses while standing."""
    w, found, store, key, uid = desk.w, desk.board, desk.store, desk.key, desk.uid
    if found.problem:
        st.error(w.t("teach.problem", problem=display(found.problem)), icon=":material/error:")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if desk.phase == phases.RESOLVE:
            st.button(w.t("teach.retry"), key="retry", on_click=act, args=(lambda: instructor.retry(store, desk.model, key, uid),))
        elif desk.phase != phases.CLOSED:
            forward = lambda: instructor.advance(store, desk.model, key, uid, found.stamp)  # noqa: E731
            name = w.t(f"teach.next.{'last' if desk.phase == phases.REVEAL and found.pulse.round >= found.rounds else desk.phase}")
            st.button(name, type="primary", icon=":material/skip_next:", key=f"next-{found.stamp}", on_click=act, args=(forward,))
        if found.pulse.seconds_left is not None:
            if found.pulse.paused:
                st.button(w.t("teach.resume"), icon=":material/play_arrow:", key="resume", on_click=act, args=(lambda: instructor.resume(store, key, uid),))
            else:
                st.button(w.t("teach.pause"), icon=":material/pause:", key="pause", on_click=act, args=(lambda: instructor.pause(store, key, uid),))
        if desk.phase in phases.TIMED:
            for minutes in (1, 5):
                more = lambda minutes=minutes: instructor.add_time(store, key, uid, 60 * minutes)  # noqa: E731
                st.button(w.t("teach.add", minutes=w.number(minutes)), key=f"add-{minutes}", on_click=act, args=(more,))
        with st.popover(w.t("teach.other"), icon=":material/more_vert:"):
            _rarely(desk)


def _rarely(desk: TeachDesk) -> None:
    w, found, store, key, uid = desk.w, desk.board, desk.store, desk.key, desk.uid
    if found.pulse.round >= 1:
        st.markdown(w.t("teach.back_to.text"))
        to = st.number_input(w.t("teach.back_to.round"), 1, found.pulse.round, found.pulse.round, key="back-round")
        why = st.text_input(w.t("teach.back_to.why"), max_chars=NOTE, key="back-why")
        back = lambda: instructor.roll_back(store, key, uid, int(to), why)  # noqa: E731
        st.button(w.t("teach.back_to.do"), icon=":material/undo:", key="back-do", disabled=not why, on_click=act, args=(back, w.t("teach.back_to.done")))
        st.divider()
    if desk.phase not in (phases.DEBRIEF, phases.CLOSED):
        finish = lambda: instructor.finish_with_bots(store, desk.model, key, uid)  # noqa: E731
        st.button(w.t("teach.finish"), icon=":material/smart_toy:", key="finish", on_click=act, args=(finish,))
    if desk.phase != phases.DEBRIEF and found.pulse.round >= 1:
        jump = lambda: instructor.go_to_debrief(store, key, uid, found.stamp)  # noqa: E731
        st.button(w.t("teach.to_debrief"), icon=":material/forum:", key="to-debrief", on_click=act, args=(jump,))


def _run(desk: TeachDesk) -> None:
    w, found, store, key, uid = desk.w, desk.board, desk.store, desk.key, desk.uid
    late = [desk.title_of(seat.label) for seat in found.seats if seat.waits and seat.started]
    free = [desk.title_of(seat.label) for seat in found.seats if seat.waits and not seat.started]
    if late or not free:
        st.markdown(w.t("teach.waits", count=len(late), names=w.joined(late)) if late else w.t("teach.waits_none"))
    if free:
        st.markdown(w.t("teach.free", count=len(free), names=w.joined(free)))
    open_votes(desk)
    st.subheader(w.t("teach.say.title"), anchor=False)
    writing = Writing("say", uid)
    st.text_input(w.t("teach.say.text"), max_chars=PARAGRAPH, **writing.field("text"))
    st.button(w.t("teach.say.do"), icon=":material/campaign:", key="say-do", on_click=_tell, args=(desk, writing))
    if found.injects:
        st.subheader(w.t("teach.inject.title"), anchor=False)
        st.caption(w.t("teach.inject.text"))
        for name, title in found.injects:
            release = lambda name=name: instructor.inject(store, key, uid, name)  # noqa: E731
            label = plain(tell(title, desk.lesson.scenario, w))
            told, early = (release, w.t("teach.inject.done")), desk.phase not in phases.BEFORE_LOCK
            st.button(label, key=f"inject-{name}", icon=":material/newspaper:", wrap=True, disabled=early, on_click=act, args=told)
    if found.objectives:
        st.subheader(w.t("teach.objectives"), anchor=False)
        say_if_in_english(desk.lesson.scenario, w)
        st.markdown("\n".join(_objectives(desk)))


def _tell(desk: TeachDesk, writing: Writing) -> None:
    """Send what is written to everybody; it stays in its field where it is refused."""

    def send() -> None:
        instructor.broadcast(desk.store, desk.key, desk.uid, writing.text("text"))
        writing.accepted()

    act(send, desk.w.t("teach.say.done"))


def _objectives(desk: TeachDesk) -> list[str]:
    """What the lesson shows, with the quarter in which it first came up and what to ask then."""
    w, run, setting = desk.w, desk.run, desk.places.setting
    found = [] if run is None or setting is None else api.objectives_met(setting, run.events, run.measures)
    met = {entry.objective.text: entry for entry in found if entry.quarter is not None}
    lines = []
    for text in desk.board.objectives:
        lines.append(f"- {plain(tell(text, desk.lesson.scenario, w))}")
        if text in met:
            came = met[text]
            what = plain(event_told(came.text, desk.lesson.scenario, w))
            lines.append("    - " + w.t("teach.objective_met", when=w.quarter(came.quarter or 0, desk.places.start), what=what))
            if came.objective.question:
                lines.append("    - " + w.t("teach.objective_ask", question=plain(tell(came.objective.question, desk.lesson.scenario, w))))
    return lines
