"""What all pages of the class share: refusals as sentences, the beat that polls, moves and states in words, the three charts.

Nothing of the class is kept here or in the browser session: a page asks the store and draws what it is told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim import api
from ui.charts.over_time import Times, over_time, role_changes
from ui.charts.trade_moved import trade_moved
from ui.charts.who_pays import who_pays
from ui.class_run import Atlas, ClassRun
from ui.classroom.refused import Busy, Refusal
from ui.classroom.text import display
from ui.controls import EVERYONE, lever_words, who_words
from ui.named import named_words, order_words
from ui.outcome import YEAR
from ui.pages.desk import language
from ui.pages.shown import show_chart
from ui.shelf import Shelf
from ui.telling import refusal_told
from ui.text import Words, plain
from ui.wording import line_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from sim.levers import Lever
    from ui.charts.chart import Picture
    from ui.classroom.seats import Pulse

CHARTS_KEPT = 64  # a class of twenty-four states has twenty-six a round
CHARTS = ("over_time", "who_pays", "trade_moved")
OF_A_STATE = ("trade_moved",)  # the others are the same for everybody in the class
CHART = 320  # pixels at least
HURRY = 30.0  # seconds: from here on the clock is marked
_CHARTS: Shelf[Picture] = Shelf(CHARTS_KEPT)


@contextmanager
def sentences() -> Iterator[None]:
    """Show a refusal of what is done inside as a sentence on the page."""
    try:
        yield
    except Refusal as problem:
        st.error(refused(problem), icon=":material/error:")


def refused(problem: object) -> str:
    """A refusal in the visitor's language, safe for Markdown."""
    return display(refusal_told(str(problem), language()))


def say_later(text: str, at: str = "") -> None:
    """Say something on the next drawing of the page, where `said(at)` stands there: what happened in a callback."""
    st.session_state["said"] = (text, at)


def refuse_later(problem: Refusal, at: str = "") -> None:
    """Show a refusal on the next drawing of the page, where `said(at)` stands there."""
    st.session_state["refused"] = (str(problem), at)


def said(at: str = "") -> DeltaGenerator:
    """What the last callback had to say, if it is to be said here: at the top of the page, or `at` what was pressed, which on a phone may be far down.

    It has a place of its own, which is returned, so that what stands below does not move when it goes: a field would be emptied.
    """
    here = st.container()
    for name, (_, where) in _answers().items():
        if where == at:
            _answer(name, here)
    return here


def said_at_last(here: DeltaGenerator) -> None:
    """What found no place on the page: what was pressed is not there any more."""
    for name in _answers():
        _answer(name, here)


def _answers() -> dict[str, tuple[str, str]]:
    return {name: st.session_state[name] for name in ("refused", "said") if name in st.session_state}


def _answer(name: str, here: DeltaGenerator) -> None:
    text, _ = st.session_state.pop(name)
    if name == "refused":
        here.error(refused(text), icon=":material/error:")
    else:
        here.success(plain(text), icon=":material/check_circle:")


def beat(ask: Callable[[], Pulse], key: str, every: float, w: Words, large: bool = False, most: float = math.inf) -> None:
    """The clock of the phase, and the poll: when the class's mark has changed, the whole page is drawn again, and when it has more devices than `most`.

    The page must have put the mark it was drawn from under `key` before it read anything else.
    """

    @st.fragment(run_every=every)
    def listen() -> None:
        try:
            pulse = ask()
        except Busy:
            return  # the page stays as it is; the next poll asks again
        except Refusal:
            st.rerun()
        if st.session_state.get(key) != pulse.mark or pulse.devices > most:
            st.rerun()
        text = clock_words(pulse, w)
        if text:
            st.markdown(f"# {text}" if large else f"**{text}**", anchors=False)

    listen()


def clock_words(pulse: Pulse, w: Words) -> str:
    """The clock: minutes and seconds left, or paused; empty where none runs."""
    if pulse.seconds_left is None:
        return ""
    left = int(pulse.seconds_left)
    time = w.t("room.minutes", minutes=left // 60, seconds=f"{left % 60:02d}")
    if pulse.paused:
        return w.t("room.paused", time=time)
    return w.t("room.hurry" if pulse.seconds_left <= HURRY else "room.left", time=time)


def phase_words(phase: str, number: int, rounds: int, w: Words) -> str:
    """The phase in words, with the round where there is one."""
    name = w.t(f"room.phase.{phase}")
    return w.t("room.in_round", phase=name, round=number, rounds=rounds) if number and phase not in ("debrief", "closed") else name


def move_words(move: Mapping[str, Any], places: Atlas, w: Words) -> str:
    """A move in words: the lever, who acts on whom, in what, how strongly, what else it says."""
    lever = api.LEVERS.get(str(move["lever"]))
    if lever is None:
        return str(move["lever"])
    state, target, label = str(move["state"]), str(move["target"]), lever_words(lever, "label", w)
    if move.get("value") is None:
        return w.t("room.move_end", lever=label, who=who_words(state, target, places.states, w, lever.is_deed, lever.friendly))
    sector = str(move.get("sector") or "")
    what = places.sectors.get(sector, sector) if sector not in ("", EVERYONE) else w.t("common.all_sectors") if lever.takes_sector else ""
    options, besides = dict(move.get("options") or {}), said_besides(move, lever, places, w)
    return w.t("room.move", lever=label, what=order_words(lever, state, target, places.states, float(move["value"]), options, w, what, besides))


def said_besides(move: Mapping[str, Any], lever: Lever, places: Atlas, w: Words) -> str:
    """What a move says beside who acts on whom, in what and how strongly."""
    options = dict(move.get("options") or {})
    sides = {"me": places.state(str(move["state"])), "them": places.state(str(move["target"]))}
    return line_of(*named_words(lever, options, w, sides), _named(options, places, w))


def _named(options: Mapping[str, str], places: Atlas, w: Words) -> str:
    """The organisation, or the partner to be left, that a move names."""
    if partner := options.get("leave"):
        return w.t("room.move_leaving", name=places.state(partner))
    name = options.get("organisation", "")
    return places.organisations.get(name, name)


def class_charts(run: ClassRun, look: str, w: Words, key: str, in_a_row: int = 1) -> None:
    """The three charts of what was played: the target, who pays, and where the trade of the state in focus went."""
    with st.grid(in_a_row, min_column_width=CHART):
        for name in CHARTS:
            chart, note = class_chart(name, run, look, w), f"{_period(name, run, w)} {w.t('room.compared')}"
            with st.container():
                show_chart(chart, w.t(f"room.chart.{name}", state=plain(run.places.state(look))), f"{key}-{name}", w, note)


def _period(name: str, run: ClassRun, w: Words) -> str:
    """Which quarters a chart is of."""
    first = {"who_pays": run.first_difference(), "trade_moved": max(0, run.quarters - YEAR)}.get(name, 0)
    if first >= run.quarters - 1:  # "from Q2 to Q2 together" would be odd
        return w.t("room.period.one", quarter=w.quarter(run.quarters - 1, run.places.start))
    return w.t(f"room.period.{name}", first=w.quarter(first, run.places.start), last=w.quarter(run.quarters - 1, run.places.start))


def class_chart(name: str, run: ClassRun, look: str, w: Words) -> Picture:
    """One of the three charts, drawn once for everybody who looks at the same."""
    of = (look if name in OF_A_STATE else "", w.language)

    def draw() -> Picture:
        _CHARTS.drop((name, run.key[:-2], *of))  # somebody may still look at the round before
        return _draw(name, run, look, w)

    return _CHARTS.get((name, run.key, *of), draw)


def _draw(name: str, run: ClassRun, look: str, w: Words) -> Picture:
    income = run.wide("real_income"), run.wide("real_income", untouched=True)
    if name == "who_pays":
        return who_pays(*income, run.roles, run.names, run.first_difference(), w).picture()
    if name == "trade_moved":
        return trade_moved(run.partners(look, "value"), run.partners(look, "untouched"), look, run.roles, run.names, w).picture()
    prices = run.wide("price_index"), run.wide("price_index", untouched=True)
    start = run.places.start
    years = [w.year(quarter, start) for quarter in range(0, run.quarters, YEAR)]
    labels = [w.quarter(quarter, start) for quarter in range(run.quarters)]
    times = Times(labels, years, "" if start else w.t("charts.over_time.axis"), run.turns())
    return over_time(role_changes(income, prices, run.roles), run.roles, run.names, times, w).picture()


def bullets(lines: Sequence[str]) -> str:
    """Lines that are already safe as a list."""
    return "\n".join(f"- {line}" for line in lines)
