"""Results: polls, votes, the charts so far, and forks of what the class has played."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.classroom import forks, polls
from ui.classroom.refused import Refusal
from ui.classroom.text import LINE, NOTE, display
from ui.pages.class_desk import bullets, class_charts, refuse_later, say_later
from ui.pages.class_forks import show_fork
from ui.pages.teach_desk import TeachDesk
from ui.telling import tell
from ui.text import plain


def results(desk: TeachDesk) -> None:
    """Polls, votes, the charts so far, forks, and the questions for the debrief."""
    w = desk.w
    _polls(desk)
    run = desk.run
    if run is None:
        st.markdown(w.t("teach.results.none"))
        return
    look = str(st.selectbox(w.t("lab.look"), list(run.ids), format_func=run.places.state, key="results-look", index=_first(run.ids, run.roles.target)))
    class_charts(run, look, w, "teach", in_a_row=2)
    _forks(desk)
    if desk.lesson.debrief_questions:
        st.subheader(w.t("seat.debrief.debrief_questions"), anchor=False)
        st.markdown(bullets([plain(line) for line in desk.lesson.debrief_questions]))


def open_votes(desk: TeachDesk) -> None:
    """A line that says how many votes are open and where they are closed; nothing where none is."""
    waiting = [motion for motion in polls.motions_of_session(desk.store, desk.key, desk.uid) if motion.open]
    if waiting:
        view = desk.w.t("teach.view.results" if any(motion.kind == "resolution" for motion in waiting) else "teach.view.debrief")
        st.info(desk.w.t("teach.open_votes", count=len(waiting), view=view), icon=":material/how_to_vote:")


def _first(ids: tuple[str, ...], wanted: tuple[str, ...]) -> int:
    return ids.index(wanted[0]) if wanted else 0


def _polls(desk: TeachDesk) -> None:
    w = desk.w
    for poll in polls.of_session(desk.store, desk.key, desk.uid):
        mean = sum(poll.answers) / len(poll.answers) if poll.answers else 0.0
        told = bool(poll.answers) and not poll.options
        words = {"question": display(tell(poll.question, desk.lesson.scenario, w)), "count": len(poll.answers), "mean": w.percent(mean, 0)}
        st.markdown(w.t("teach.results.poll" if told else "teach.results.poll_none", **words))
    for motion in polls.motions_of_session(desk.store, desk.key, desk.uid):
        with st.container(horizontal=True, vertical_alignment="center"):
            counts = ", ".join(f"{display(option)} {count}" for option, count in zip(motion.options, motion.counts, strict=False))
            st.markdown(w.t("teach.results.motion", text=display(motion.text), cast=w.number(motion.cast), counts=counts or "…"))
            if motion.open:
                st.button(w.t("teach.results.close_vote"), key=f"close-{motion.id}", on_click=_close_vote, args=(desk, motion.id))


def _close_vote(desk: TeachDesk, number: int) -> None:
    try:
        polls.close_motion(desk.store, desk.key, desk.uid, number)
    except Refusal as problem:
        refuse_later(problem)


def _forks(desk: TeachDesk) -> None:
    w = desk.w
    st.subheader(w.t("teach.fork.title"), anchor=False)
    st.markdown(w.t("teach.fork.text"))
    with st.form("fork", clear_on_submit=False):
        at = st.number_input(w.t("teach.fork.round"), 1, len(desk.lesson.resolved), 1)
        labels = [place.label for place in desk.lesson.places]
        seat = st.selectbox(w.t("teach.fork.seat"), labels, format_func=desk.title_of)
        ways = ["own", "none", "model"]
        later = st.radio(w.t("teach.fork.later"), ways, format_func=lambda way: w.t(f"teach.fork.{way}"))
        theories, own = list(api.THEORIES), _own_theory(desk)
        start = theories.index(own) if own in theories else 0
        theory = st.selectbox(w.t("teach.make.theory"), theories, index=start, format_func=lambda name: w.t(f"politics.theory.{name}"))
        title = st.text_input(w.t("teach.fork.name"), max_chars=LINE)
        if st.form_submit_button(w.t("teach.fork.do")):
            try:
                forks.fork(
                    desk.store, desk.model, desk.key, desk.uid, at_round=int(at), title=title or _named(desk, str(seat)),
                    changed={str(seat): []}, later=later or "own", theory=None if theory == own else theory,  # type: ignore[arg-type]
                )  # fmt: skip
            except (Refusal, RuntimeError) as problem:
                st.error(display(str(problem)))
            else:
                say_later(w.t("teach.fork.done"))
                st.rerun()
    played = forks.of_session(desk.store, desk.key, desk.uid)
    for row in played:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(w.t("seat.debrief.fork", title=display(row.title), round=row.at_round))
            st.button(
                w.t("teach.fork.hide" if row.shown else "teach.fork.show"), key=f"fork-{row.id}", on_click=_show_fork, args=(desk, row.id, not row.shown)
            )
    if played:
        titles = {row.id: display(row.title) for row in played}
        newest = len(played) - 1  # the key counts them, so that one played just now is the one looked at
        number = st.selectbox(w.t("teach.fork.look"), list(titles), index=newest, format_func=lambda one: titles[one], key=f"fork-look-{len(played)}")
        one = next(row for row in played if row.id == number)
        show_fork(one, desk.run, lambda number: forks.found_in_session(desk.store, desk.key, desk.uid, number), w, "teach")
    text = st.text_input(w.t("teach.results.put"), max_chars=NOTE, key="put-text")
    put = lambda: polls.put_to_vote(desk.store, desk.key, desk.uid, text=text)  # noqa: E731
    if st.button(w.t("teach.results.put_do"), key="put-do", disabled=not text):
        try:
            put()
        except Refusal as problem:
            st.error(display(str(problem)))
        else:
            st.rerun()


def _named(desk: TeachDesk, seat: str) -> str:
    """What a fork is called that nobody has named: the team that does nothing new; the round is told with it."""
    title = next((place.title for place in desk.lesson.places if place.label == seat), seat)
    return desk.w.t("teach.fork.usual", title=title)[:LINE]


def _own_theory(desk: TeachDesk) -> str:
    """The theory the class plays under."""
    setting = desk.places.setting
    return forks.theory_of(desk.store, desk.key, desk.uid) or (setting.theory if setting is not None else "")


def _show_fork(desk: TeachDesk, number: int, shown: bool) -> None:
    try:
        forks.show(desk.store, desk.key, desk.uid, number, shown)
    except Refusal as problem:
        refuse_later(problem)
