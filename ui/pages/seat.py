"""A seat's page. The server alone decides what is on it: link -> seat -> phase -> screen; this file draws what it is told."""

from __future__ import annotations

from collections.abc import Callable
from random import random
from time import monotonic

import streamlit as st

from ui.classroom import polls, seats, view
from ui.classroom.checks import goal_words, partners
from ui.classroom.refused import Busy, Refusal
from ui.classroom.screens import Screen, screen
from ui.classroom.text import display
from ui.house import the_model, the_store
from ui.pages.class_desk import beat, bullets, phase_words, refuse_later, refused, said, said_at_last, say_later
from ui.pages.desk import choose_language, language, say_if_in_english
from ui.pages.old_keys import forget_old_widgets
from ui.pages.seat_debrief import debrief
from ui.pages.seat_decide import decide, read_just_now
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_results import catch_up, headlines, reveal, situation, where_things_stand
from ui.pages.seat_talk import talk
from ui.pages.standing import whose
from ui.pages.start import Pages
from ui.pages.turns import ASKS, a_turn, pace
from ui.retold import lesson_told
from ui.text import Words, plain

LUCK = 1 / 3  # of the time between two questions, up to which it is longer for one device than for another: a class does not ask all at once
MANY, CROWDED = 40, 1.5  # devices; where a class has grown to so many times what a page was drawn for, it is drawn again to ask more seldom
MARK = "seat-mark"
Draw = Callable[[SeatDesk], None]


def show(pages: Pages) -> None:
    """Draw the seat of the link."""
    w = language()
    token = str(st.query_params.get("k", ""))
    store, model = the_store(), the_model()
    try:
        st.session_state[MARK] = seats.pulse(store, model, token, exact=not read_just_now()).mark  # before anything else is read
        with a_turn():
            now = view.look(store, token)
            forget_old_widgets(now.stamp)
            if now.submitted and st.session_state.get("revising") == now.stamp:
                now = view.look(store, token, revising=True)
            _draw(SeatDesk(store, model, token, now, lesson_told(view.lesson(store, token), w), w))
    except Busy as problem:
        _try_again(problem, w)
    except Refusal as problem:
        _no_seat(problem, pages, w)


def _draw(desk: SeatDesk) -> None:
    _head(desk)
    top = said()
    _chosen(desk)(desk)
    said_at_last(top)


def _chosen(desk: SeatDesk) -> Draw:
    """What to draw: the page of the moment, or what the seat looks at beside it."""
    now, w = desk.now, desk.w
    page = screen(now)
    views = [name for name in VIEWS.get(page, ()) if name != "talk" or desk.lesson.messages or now.phase in ("talk", "decide")]
    if views and now.started:
        chosen = st.segmented_control(
            w.t("seat.view.label"),
            ["main", *views],
            default="main",
            required=True,
            format_func=lambda name: w.t(f"seat.view.{page.value if name == 'main' else name}"),
            key=desk.key(f"view-{page.value}"),
            label_visibility="collapsed",
        )
        if chosen not in (None, "main"):
            return SIDE[str(chosen)]
    return DRAW[page]


def _try_again(problem: Busy, w: Words) -> None:
    st.title(w.t("seat.page"), anchor=False)
    st.warning(refused(problem), icon=":material/hourglass_empty:")
    drawn = monotonic()

    @st.fragment(run_every=ASKS)
    def again() -> None:
        if monotonic() - drawn > ASKS / 2:  # not in the drawing that shows the sentence
            st.rerun()

    again()


def _no_seat(problem: Refusal, pages: Pages, w: Words) -> None:
    st.title(w.t("seat.page"), anchor=False)
    st.error(refused(problem), icon=":material/link_off:")
    if "join" in pages:
        st.page_link(pages["join"], label=w.t("seat.to_join"), icon=":material/login:")


def _head(desk: SeatDesk) -> None:
    now, w = desk.now, desk.w
    every = pace(now.devices) * (1.0 + LUCK * st.session_state.setdefault("seat-luck", random()))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        where = phase_words(now.phase, now.round, now.rounds, w)
        st.markdown(w.t("seat.head", state=desk.state_name(desk.me), where=where), width="content")
        with st.container(width="content"):
            beat(lambda: seats.pulse(desk.store, desk.model, desk.token), MARK, every, w, most=max(MANY, CROWDED * now.devices))


def _start(desk: SeatDesk) -> None:
    w = desk.w
    st.title(display(desk.tell(desk.now.session_title)), anchor=False)
    st.markdown(f"#### {plain(desk.lesson.question)}", anchors=False)
    st.markdown(w.t("seat.start_text", title=desk.title_of(desk.now.seat), state=desk.state_name(desk.me)))
    start = lambda: seats.start(desk.store, desk.token)  # noqa: E731
    st.button(w.t("seat.start"), type="primary", icon=":material/play_arrow:", key="start", on_click=_act, args=(desk, start))
    choose_language(w)


def _act(desk: SeatDesk, what: Callable[[], object], done: str = "") -> None:
    """Do something in the store; what came of it is said on the next drawing."""
    try:
        what()
    except Refusal as problem:
        refuse_later(problem)
    else:
        if done:
            say_later(done)


def _packet(desk: SeatDesk) -> None:
    w, role = desk.w, desk.role
    st.title(display(role.title), anchor=False)
    if desk.now.phase == "lobby":
        st.info(w.t("seat.lobby"), icon=":material/hourglass_empty:")
    elif desk.now.phase == "role_check":
        st.success(w.t("seat.checked"), icon=":material/check_circle:")
    packet(desk)


def packet(desk: SeatDesk) -> None:
    """The role packet: whose case, what only this seat knows, what counts, with whom it trades."""
    w, role = desk.w, desk.role
    st.markdown(w.t("seat.speak_for", state=desk.state_name(desk.me)))
    say_if_in_english(desk.lesson.scenario, w)
    st.markdown(plain(role.packet or desk.lesson.briefing))
    if role.private:
        with st.container(border=True):
            st.markdown(w.t("seat.private", text=plain(role.private)))
    if role.goals:
        st.subheader(w.t("seat.goals"), anchor=False)
        whole = sum(role.goals.values()) or 1.0
        ordered = sorted(role.goals.items(), key=lambda goal: -goal[1])
        st.markdown(bullets([w.t("seat.goal", share=w.percent(100 * weight / whole, 0), goal=plain(goal_words(goal, w))) for goal, weight in ordered]))
    if (setting := desk.places.setting) is not None:
        names = [desk.state_name(state) for state in partners(setting, desk.me)[:3]]
        st.markdown(w.t("seat.partners_before" if setting.measures else "seat.partners", names=w.joined(names)))
    if desk.lesson.content_note:
        st.caption(w.t("seat.note", text=plain(desk.lesson.content_note)))


def _role_check(desk: SeatDesk) -> None:
    w = desk.w
    st.title(display(desk.role.title), anchor=False)
    packet(desk)
    st.header(w.t("seat.check.title"), anchor=False)
    st.markdown(w.t("seat.check.text"))
    answers: list[int | None] = []
    for number, question in enumerate(desk.role.check):
        options = list(range(len(question.options)))
        answers.append(
            st.radio(
                plain(f"{number + 1}. {question.text}"),
                options,
                index=None,
                format_func=lambda place, question=question: plain(question.options[place]),  # type: ignore[misc]
                key=desk.key(f"check-{number}"),
            )
        )
    if st.button(w.t("seat.check.send"), type="primary", key=desk.key("check"), disabled=None in answers):
        try:
            given = [(number, option) for number, option in enumerate(answers) if option is not None]
            wrong = [number + 1 for number, option in given if not seats.answer_role(desk.store, desk.token, number, option)]
        except Refusal as problem:
            refuse_later(problem)
            wrong = []
        st.session_state[desk.key("wrong")] = (answers, wrong)
        if not wrong:
            st.rerun()
    tried, wrong = st.session_state.get(desk.key("wrong"), ([], []))
    if wrong and tried == answers:  # until an answer is changed; what others do meanwhile draws this page anew
        st.warning(w.t("seat.check.wrong", count=len(wrong), numbers=w.joined([str(number) for number in wrong])), icon=":material/replay:")


def _poll(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.poll.title"), anchor=False)
    poll_question(desk, "before")


def poll_question(desk: SeatDesk, name: str) -> None:
    """A poll in percent, with what was answered before."""
    w = desk.w
    poll = next((row for row in polls.of_seat(desk.store, desk.token) if row.key == name), None)
    if poll is None or not poll.open:
        st.caption(w.t("seat.poll.closed"))
        return
    st.markdown(f"{w.t('seat.poll.again') if name == polls.AFTER else ''}\n\n#### {display(desk.tell(poll.question))}", anchors=False)
    st.caption(" ".join(filter(None, [w.t("seat.poll.meaning"), whose(desk.places, w)])))
    key = desk.key(f"poll-{name}")
    value = st.slider(w.t("seat.poll.chance"), 0, 100, 50 if poll.mine is None else int(poll.mine), 5, format="%d %%", key=key)
    send = lambda: polls.answer(desk.store, desk.token, name, float(st.session_state.get(key, value)))  # noqa: E731
    label, done = (w.t(f"seat.poll.{name}") for name in ("send" if poll.mine is None else "change", "saved"))
    st.button(label, type="primary", key=f"{key}-send", on_click=_act, args=(desk, send, done))


def _wait(desk: SeatDesk) -> None:
    w, now = desk.w, desk.now
    if now.phase == "resolve":
        st.title(w.t("seat.wait.working"), anchor=False)
        st.markdown(w.t("seat.wait.working_text"))
    elif now.phase == "poll":
        st.title(w.t("seat.wait.poll"), anchor=False)
    else:
        st.title(w.t("seat.wait.title"), anchor=False)
        handed = view.own_decision(desk.store, desk.token)
        if handed is not None:
            st.success(_stored(handed, now.round, w), icon=":material/check_circle:")
        out = [desk.title_of(label) for label in view.teams_out(desk.store, desk.token)]
        st.markdown(w.t("seat.wait.out", count=len(out), names=w.joined(out)) if out else w.t("seat.wait.nobody"))
        st.button(w.t("seat.wait.revise"), icon=":material/edit:", key=desk.key("revise"), on_click=lambda: st.session_state.update(revising=now.stamp))
    st.divider()
    st.subheader(w.t("seat.wait.read"), anchor=False)
    pages = [*desk.lesson.objectives, *desk.lesson.leaves_out]
    st.markdown(plain(desk.lesson.briefing) or bullets([plain(line) for line in pages]))


def _stored(handed: view.Handed, number: int, w: Words) -> str:
    """That the decision is kept; which version only where it was changed."""
    if handed.revision == 1:
        return w.t("seat.wait.saved", round=number)
    return w.t("seat.wait.saved_again", round=number, revision=handed.revision)


def _watch(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.watch.title"), anchor=False)
    st.info(desk.w.t("seat.watch.text"), icon=":material/smart_toy:")
    situation(desk)


def _catch_up(desk: SeatDesk) -> None:
    w = desk.w
    st.title(w.t("seat.catch_up.title"), anchor=False)
    st.markdown(w.t("seat.catch_up.text"))
    done = lambda: seats.done_catching_up(desk.store, desk.token)  # noqa: E731
    st.button(w.t("seat.catch_up.done"), type="primary", key="caught-up", on_click=_act, args=(desk, done))
    catch_up(desk)
    packet(desk)


def _situation(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.situation.title", round=desk.now.round), anchor=False)
    headlines(desk)
    situation(desk)


def _closed(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.closed.title"), anchor=False)
    st.markdown(desk.w.t("seat.closed.text"))
    if desk.now.started:
        debrief(desk)


def _debrief(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.debrief.title"), anchor=False)
    poll_question(desk, "after")
    debrief(desk)


def _decide(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.decide.title"), anchor=False)
    headlines(desk, brief=True)
    decide(desk)


def _talk(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.talk.title"), anchor=False)
    talk(desk)


def _reveal(desk: SeatDesk) -> None:
    st.title(desk.w.t("seat.reveal.title", round=desk.now.round), anchor=False)
    reveal(desk)


VIEWS: dict[Screen, tuple[str, ...]] = {  # what else a seat may look at; the same order in every round
    Screen.SITUATION: ("packet",),
    Screen.TALK: ("charts", "packet"),
    Screen.DECIDE: ("charts", "talk", "packet"),
    Screen.WAIT: ("charts", "talk", "packet"),
    Screen.REVEAL: ("charts", "packet"),
}
SIDE: dict[str, Draw] = {"charts": where_things_stand, "talk": talk, "packet": packet}
DRAW: dict[Screen, Draw] = {
    Screen.START: _start,
    Screen.CATCH_UP: _catch_up,
    Screen.ROLE_PACKET: _packet,
    Screen.ROLE_CHECK: _role_check,
    Screen.POLL: _poll,
    Screen.SITUATION: _situation,
    Screen.TALK: _talk,
    Screen.DECIDE: _decide,
    Screen.WAIT: _wait,
    Screen.WATCH: _watch,
    Screen.REVEAL: _reveal,
    Screen.DEBRIEF: _debrief,
    Screen.CLOSED: _closed,
}
