"""Make a session in five minutes: a scenario card, three settings, and a rehearsal by the model's own agents."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.catalogue import cards
from ui.classroom import instructor, sessions
from ui.classroom.card import Card, Plan
from ui.classroom.contract import Engine
from ui.classroom.engine import card_of
from ui.classroom.refused import Refusal
from ui.classroom.sessions import Created
from ui.classroom.store import Store
from ui.classroom.text import LINE, display
from ui.pages.class_desk import bullets
from ui.telling import tell
from ui.text import Words, plain

MOST_MINUTES = 30
DEFAULT_MINUTES = 4
QUIET = ("read", "talk")  # phases without a clock of their own in a quick class
AROUND, BETWEEN = 21, 3.5  # minutes of a lesson before and after the rounds; of a round beside deciding
FEWEST = 2
FIELDS = tuple(f"make-{name}" for name in (  # how the keys of the form's fields begin
    "scenario", "rounds", "name", "seed", "clock", "short", "all-in", "messages", "absent", "seats", "minutes", "theory",
))
ROLE_CHECK, POLL, READ, TALK, REVEAL = 180, 90, 90, 120, 120  # seconds (assumption: CLASSROOM 1, a lesson of fifty minutes)


def keep_form() -> None:
    """Keep what was set in the form while a class, or a rehearsal, is looked at: Streamlit forgets fields that are not drawn."""
    for name in [name for name in st.session_state if str(name).startswith(FIELDS)]:
        st.session_state[name] = st.session_state[name]


def make(store: Store, model: Engine, key: str, w: Words) -> Created | None:
    """Draw the form; a new session when it was made (or rehearsed) just now."""
    st.header(w.t("teach.make.title"), anchor=False)
    found = {card.id: card for card in cards() if card.setting is not None}
    if not found:
        st.warning(w.t("start.none"))
        return None
    name = st.selectbox(w.t("teach.make.scenario"), list(found), format_func=lambda one: tell(found[one].title, one, w), key="make-scenario")
    try:
        card = card_of(str(name))
    except Refusal as problem:
        st.error(display(str(problem)))
        return None
    _about(card, w)
    most = min(card.max_seats, len(card.roles))
    seats, minutes, theory = _settings(card, most, w)
    rounds = card.rounds
    if card.rounds > 1:
        slider, usual = f"make-rounds-{card.id}-{minutes}", usual_rounds(card, minutes)
        rounds = int(st.slider(w.t("teach.make.rounds"), 1, card.rounds, usual, key=slider, help=w.t("teach.make.rounds_help")))
    with st.expander(w.t("teach.make.more"), icon=":material/tune:", key="make-more"):
        title = st.text_input(w.t("teach.make.name"), max_chars=LINE, key="make-name", placeholder=card.title)
        seed = st.number_input(w.t("lab.seed"), 0, 10**9, 1, help=w.t("lab.seed_help"), key="make-seed")
        clocked = st.toggle(w.t("teach.make.clock"), value=True, key="make-clock")
        short = st.toggle(w.t("teach.make.short"), value=False, key="make-short", help=w.t("teach.make.short_help"))
        together = st.toggle(w.t("teach.make.all_in"), value=True, key="make-all-in")
        messages = st.toggle(w.t("teach.make.messages"), value=True, key="make-messages")
        absent = st.toggle(w.t("teach.make.absent"), value=True, key="make-absent")
    skip = tuple(phase for phase in QUIET if short)
    clock = {"role_check": ROLE_CHECK, "poll": POLL, "read": READ, "talk": TALK, "decide": 60 * minutes, "reveal": REVEAL}
    plan = Plan(
        seconds={phase: seconds for phase, seconds in clock.items() if clocked and phase not in skip},
        skip=skip,
        absent="model" if absent else "default",
        lock_when_all_in=together,
        messages=messages,
    )
    with st.container(horizontal=True):
        wanted = st.button(w.t("teach.make.do"), type="primary", icon=":material/add:", key="make")
        rehearse = st.button(w.t("teach.make.rehearse"), icon=":material/smart_toy:", key="rehearse", help=w.t("teach.make.rehearse_help"))
    if not (wanted or rehearse):
        return None
    try:
        made = sessions.create(
            store,
            key,
            card.model_copy(update={"rounds": rounds}),
            seats=seats,
            seed=int(seed),
            theory=theory,
            plan=plan,
            title=title or "",
            engine_version=model.version,
            rehearsal=rehearse,
        )
        if rehearse:
            _rehearse(store, model, key, made, w)
    except Refusal as problem:
        st.error(display(str(problem)), icon=":material/error:")
        return None
    return made


def usual_rounds(card: Card, minutes: int) -> int:
    """The rounds that fit into the lesson: what is left after joining, polls and debrief, over the length of a round; two at least, or nobody could learn
    from the first."""
    return max(min(FEWEST, card.rounds), min(card.rounds, int((card.minutes - AROUND) // (minutes + BETWEEN))))


def _settings(card: Card, most: int, w: Words) -> tuple[int, int, str]:
    left, middle, right = st.columns(3)
    with left:
        seats = most
        if card.min_seats < most:
            seats = int(st.slider(w.t("teach.make.seats"), card.min_seats, most, most, key=f"make-seats-{card.id}"))
        else:
            st.markdown(w.t("teach.make.seats_fixed", count=most))
    with middle:
        minutes = int(st.slider(w.t("teach.make.minutes"), 1, MOST_MINUTES, DEFAULT_MINUTES, key="make-minutes"))
    with right:
        theories = list(api.THEORIES)
        start = theories.index(card.theory) if card.theory in theories else 0
        theory = st.selectbox(
            w.t("teach.make.theory"),
            theories,
            index=start,
            format_func=lambda name: w.t(f"politics.theory.{name}"),
            key=f"make-theory-{card.id}",
            help=plain(w.phrase(api.THEORIES[theories[start]].claim)),
        )
    return seats, minutes, str(theory)


def _about(card: Card, w: Words) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(tell(card.question, card.id, w))}**")
        facts = {"minutes": w.number(card.minutes), "rounds": w.number(card.rounds), "low": w.number(card.min_seats)}
        high = min(card.max_seats, len(card.roles))
        st.markdown(w.t("teach.make.facts" if high > card.min_seats else "teach.make.facts_one", high=w.number(high), **facts))
        if card.objectives:
            st.markdown(bullets([plain(tell(line, card.id, w)) for line in card.objectives]))
        if card.content_note:
            st.caption(f"{w.t('start.note')}: {plain(tell(card.content_note, card.id, w))}")


def _rehearse(store: Store, model: Engine, key: str, made: Created, w: Words) -> None:
    with st.status(w.t("teach.make.rehearsing"), expanded=True) as status:
        bar = st.progress(0.0)
        st.button(w.t("teach.make.stop"), key="rehearse-stop", icon=":material/stop:")  # any press ends this drawing, and the work with it

        def progress(done: int, rounds: int) -> bool:
            bar.progress(done / rounds, w.t("teach.make.round", done=w.number(done), rounds=w.number(rounds)))
            return True

        instructor.finish_with_bots(store, model, key, made.uid, progress)
        status.update(state="complete", expanded=False)
