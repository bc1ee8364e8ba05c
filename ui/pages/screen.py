"""The projector's page: code, clock, teams in, headline, the three charts, polls. Nothing that belongs to a seat alone."""

from __future__ import annotations

import streamlit as st

from ui.classroom import board, forks, lesson, looking_back, polls, view
from ui.classroom.lesson import Lesson
from ui.classroom.refused import Refusal
from ui.classroom.text import display
from ui.classroom.view import Projected
from ui.house import join_link, public_url, the_model, the_store
from ui.pages.class_debrief_parts import ballot, made
from ui.pages.class_desk import beat, bullets, class_charts, phase_words, refused
from ui.pages.class_forks import show_fork
from ui.pages.debrief_parts import one_at_a_time
from ui.pages.desk import in_link, language
from ui.pages.news import news
from ui.pages.seat_desk import class_run
from ui.pages.standing import quiet, standing, whose
from ui.pages.start import Pages
from ui.pages.teach_seats import qr
from ui.retold import atlas_told, lesson_told, tell
from ui.text import Words, plain

POLL_SECONDS = 1.5
MARK = "screen-mark"
QR = 420  # pixels
MOST_EVENTS = 4  # in letters for the back row
LARGE = "####"


def show(pages: Pages) -> None:
    """Draw what the room may see."""
    w = language()
    token = str(st.query_params.get("k", ""))
    store, model = the_store(), the_model()
    try:
        st.session_state[MARK] = board.projector_pulse(store, token, model).mark
        seen = view.project(store, token)
        about = lesson_told(lesson.lesson_on_projector(store, token), w)
    except Refusal as problem:
        st.title(w.t("screen.page"), anchor=False)
        st.error(refused(problem), icon=":material/link_off:")
        return
    phase = seen.pulse.phase
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(display(tell(seen.title, about.scenario, w)), anchor=False, width="content")
        st.markdown(f"## {phase_words(phase, seen.pulse.round, seen.rounds, w)}", anchors=False, width="content")
        with st.container(width="content"):
            beat(lambda: board.projector_pulse(store, token, model), MARK, POLL_SECONDS, w, large=True)
    if phase in ("lobby", "role_check"):
        _welcome(seen, about, w)
        return
    if about.open_books and about.resolved and _debrief(seen, about, token, w):
        return
    if phase == "poll":
        st.markdown(f"# {plain(about.question)}", anchors=False)
    _in(seen, w)
    for title, text in seen.notices[-2:]:
        told = tell(text, about.scenario, w)
        st.warning(display(told if text.startswith(title) else f"{title}\n{told}"), icon=":material/campaign:")
    _polls(token, about, w)
    _pledges(seen, about, w)
    _played(seen, about, token, w)


def _welcome(seen: Projected, about: Lesson, w: Words) -> None:
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        st.image(qr(join_link(seen.join_code, in_link(w).get("lang", ""))), width=QR, alt=w.t("teach.doors.qr", code=seen.join_code))
    with right:
        st.markdown(f"## {plain(f'{public_url()}/join')}", anchors=False)
        st.markdown(f"# {w.t('screen.code', code=seen.join_code)}", anchors=False)
        st.markdown(f"## {w.t('teach.in', started=w.number(seen.started), seats=w.number(seen.seats))}", anchors=False)
        st.markdown(f"#### {plain(about.question)}", anchors=False)


def _in(seen: Projected, w: Words) -> None:
    if seen.pulse.phase != "decide":
        return
    teams = seen.started - len(seen.waiting_for)
    st.markdown(f"## {w.t('screen.in', count=teams, of=w.number(seen.started))}", anchors=False)


def _polls(token: str, about: Lesson, w: Words) -> None:
    for poll in polls.on_projector(the_store(), token):
        if poll.open:
            if poll.key == polls.AFTER:
                st.markdown(f"{LARGE} {w.t('seat.poll.again')}", anchors=False)
            st.markdown(f"## {display(tell(poll.question, about.scenario, w))}", anchors=False)
            if asked := whose(atlas_told(about.scenario, w.language), w):
                st.markdown(f"{LARGE} {asked}", anchors=False)
            st.markdown(f"{LARGE} {w.t('screen.poll_open')}", anchors=False)
        elif poll.answers and not poll.options:
            mean = w.percent(sum(poll.answers) / len(poll.answers), 0)
            name = w.maybe(f"screen.poll_{poll.key}") or display(poll.question)
            st.markdown(f"{LARGE} {w.t('screen.poll', name=name, mean=mean, count=len(poll.answers))}", anchors=False)
    for motion in polls.motions_on_projector(the_store(), token):
        st.markdown(f"#### {display(motion.text)}", anchors=False)
        counts = ", ".join(f"{display(option)} {count}" for option, count in zip(motion.options, motion.counts, strict=False))
        st.markdown(counts or w.t("screen.votes", count=motion.cast))


def _pledges(seen: Projected, about: Lesson, w: Words) -> None:
    rows = [row for row in seen.pledges if row.round == seen.pulse.round]
    if not rows or seen.pulse.phase in ("debrief", "closed"):
        return
    from ui.pages.seat_results import said_words

    st.subheader(w.t("seat.talk.pledges"), anchor=False)
    st.markdown(bullets([said_words(row, {place.label: place.title for place in about.places}, atlas_told(about.scenario, w.language), w) for row in rows]))


def _debrief(seen: Projected, about: Lesson, token: str, w: Words) -> bool:
    """The debrief one part at a time; False where the model gave no answer, so that the charts are shown instead."""
    store = the_store()
    looked, motions = looking_back.on_projector(store, token), polls.motions_on_projector(store, token)
    found = made(looked, about, polls.on_projector(store, token), motions, w) if looked is not None else None
    if found is None:
        return False
    ballot([motion for motion in motions if not motion.open], lambda motion, place: None, w, found[1].told)
    if any(motion.open for motion in motions):
        st.markdown(f"## {w.t('debrief.vote.now')}", anchors=False)
    one_at_a_time(found[0].panels, "screen", w)
    shown = forks.on_projector(store, token)
    if shown:
        st.subheader(w.t("seat.debrief.forks"), anchor=False)
        run = class_run(about, list(seen.results), w.language)
        for fork in shown:
            show_fork(fork, run, lambda number: forks.found_on_projector(store, token, number), w, "screen")
    return True


def _played(seen: Projected, about: Lesson, token: str, w: Words) -> None:
    run = class_run(about, list(seen.results), w.language) if about.resolved else None
    if run is None:
        if about.briefing:
            st.markdown(plain(about.briefing))
        return
    if lines := news(seen.results[-1], about.scenario, w):
        st.subheader(w.t("screen.news"), anchor=False)
        st.markdown("\n".join(f"- {LARGE} {line}" for line in lines[:MOST_EVENTS]), anchors=False)
        if lines[MOST_EVENTS:]:
            st.markdown(w.t("screen.more", count=len(lines) - MOST_EVENTS))
    look = run.roles.target[0] if run.roles.target else run.ids[0]
    if lines := standing(run, seen.results, w):
        st.subheader(w.t("room.standing.title"), anchor=False)
        st.markdown("\n".join(f"- {LARGE} {line}" for line in lines), anchors=False)
    if quiet(run):
        st.markdown(f"{LARGE} {w.t('room.standing.quiet')}", anchors=False)
    else:
        class_charts(run, look, w, "screen", in_a_row=3)
    if about.open_books:
        st.subheader(w.t("seat.debrief.debrief_questions"), anchor=False)
        st.markdown(bullets([plain(line) for line in about.debrief_questions]))
