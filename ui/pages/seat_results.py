"""What a seat reads: headlines and situation before it decides, its bet against what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.bets import STAKES, happened
from ui.charts.money import NOTHING
from ui.class_run import Atlas, ClassRun
from ui.classroom import view
from ui.classroom.checks import partners
from ui.classroom.text import display
from ui.classroom.view import RoundSeen, Said
from ui.controls import lever_words
from ui.outcome import YEAR
from ui.pages.class_desk import bullets, class_charts, move_words
from ui.pages.news import news, show_news
from ui.pages.seat_bet import bet_numbers
from ui.pages.seat_desk import SeatDesk, names_state
from ui.pages.standing import quiet, standing
from ui.retold import bet_told
from ui.shelf import Shelf
from ui.text import Words, plain

if TYPE_CHECKING:
    from sim.levers import Lever

STRIP = (  # word, column, whether it is an index
    ("income", "real_income", False),
    ("prices", "price_index", True),
    ("exports", "exports_recorded", False),
    ("imports", "imports_recorded", False),
)
_STRIPS: Shelf[list[tuple[float, float]]] = Shelf(100)
METRIC = 150  # pixels at least; two side by side on a phone


def headlines(desk: SeatDesk, brief: bool = False) -> None:
    """What is new: what the instructor or the scenario released in this round, then what happened in the last one."""
    w = desk.w
    fresh = [(title, text) for number, title, text in view.notices(desk.store, desk.token) if number == desk.now.round]
    for title, text in fresh:
        told = desk.tell(text)
        st.warning(display(told if text.startswith(title) else f"{title}\n{told}"), icon=":material/campaign:")
    if not desk.seen:
        if desk.now.round == 1:
            st.markdown(f"#### {plain(desk.lesson.question)}", anchors=False)
            if not brief:
                st.markdown(plain(desk.lesson.briefing))
        return
    events = events_of(desk.seen[-1], desk)
    if events:
        st.markdown(w.t("seat.situation.last", count=len(events)))
        show_news(events, w, desk.key("news"))


def events_of(seen: RoundSeen, desk: SeatDesk) -> list[str]:
    """What happened in a round, what matters most to this seat first."""
    return news(seen, desk.lesson.scenario, desk.w, desk.me)


def situation(desk: SeatDesk) -> None:
    """Where the disputes stand, four numbers of my state, then three charts."""
    run, w = desk.run, desk.w
    if run is None:
        _opening(desk)
        return
    if lines := standing(run, desk.seen, w, desk.me):
        st.markdown(f"**{w.t('room.standing.title')}**\n\n{bullets(lines)}")
    with st.grid(len(STRIP), min_column_width=METRIC):
        _STRIPS.drop((run.key[:-2], desk.me))
        strip = _STRIPS.get((run.key, desk.me), lambda: _strip(run, desk.me))
        for (name, _, index), (now, without) in zip(STRIP, strip, strict=True):
            level = w.number(100 * now, 1) if index else w.money(YEAR * now)
            change = 100 * (now / without - 1) if without else 0.0
            st.metric(
                w.t(f"seat.strip.{name}"),
                plain(level),
                w.percent(change, 1, sign=True),
                delta_color="off",
                delta_arrow="off" if abs(change) < NOTHING else "up" if change > 0 else "down",
                delta_description=size_words(change, w),
            )
    early = {"count": run.quarters} if run.quarters < YEAR else {}
    st.caption(w.t("seat.strip.note_early" if early else "seat.strip.note", state=desk.state_name(desk.me), **early))
    if quiet(run):
        st.markdown(w.t("room.standing.quiet"))
        with st.expander(w.t("room.standing.quiet_charts"), icon=":material/bar_chart:", key=desk.key("quiet")):
            class_charts(run, desk.me, w, desk.key("situation"))
    else:
        class_charts(run, desk.me, w, desk.key("situation"))


def where_things_stand(desk: SeatDesk) -> None:
    """The situation as a page of its own, beside what is to be decided."""
    st.title(desk.w.t("seat.situation.side"), anchor=False)
    situation(desk)


def size_words(change: float, w: Words) -> str:
    """A change in percent in words."""
    if abs(change) < NOTHING:
        return w.t("lab.size.none")
    size = "small" if abs(change) < 1 else "clear" if abs(change) < 5 else "large"
    return w.t(f"lab.size.{'up' if change > 0 else 'down'}_{size}")


def _strip(run: ClassRun, state: str) -> list[tuple[float, float]]:
    """The four numbers of a state in the last year, and without measures."""
    tables = [[run.wide(column, untouched)[state] for untouched in (False, True)] for _, column, _ in STRIP]
    return [(float(now.iloc[-YEAR:].mean()), float(without.iloc[-YEAR:].mean())) for now, without in tables]


def _opening(desk: SeatDesk) -> None:
    """Before the first round: what the state lives from."""
    w, setting = desk.w, desk.places.setting
    if setting is None:
        return
    place = setting.state_ids.index(desk.me)
    flows = setting.flows.sum(axis=0)
    st.markdown(w.t("seat.situation.opening_before" if setting.measures else "seat.situation.opening", state=desk.state_name(desk.me)))
    lines = []
    for partner in partners(setting, desk.me)[:4]:
        other = setting.state_ids.index(partner)
        sold, bought = w.money(float(flows[place, other])), w.money(float(flows[other, place]))
        lines.append(w.t("seat.situation.partner", name=desk.state_name(partner), sold=plain(sold), bought=plain(bought)))
    st.markdown(bullets(lines))
    for dispute in setting.disputes:
        senders = w.joined([desk.state_name(state) for state in dispute.senders])
        issue = plain(desk.tell(dispute.issue).rstrip("."))
        st.markdown(w.t("seat.situation.dispute", senders=senders, target=desk.state_name(dispute.target), issue=issue))


def reveal(desk: SeatDesk) -> None:
    """My bet, who did what, pledges kept or broken, what happened."""
    w = desk.w
    if not desk.seen:
        st.caption(w.t("seat.reveal.nothing"))
        return
    now, before = desk.seen[-1], desk.seen[-2] if len(desk.seen) > 1 else None
    st.header(w.t("seat.reveal.bet"), anchor=False)
    st.markdown(bet_words(desk, now, before))
    if now.reason:
        st.markdown(w.t("seat.reveal.reason", text=display(now.reason)))
    st.header(w.t("seat.reveal.moves"), anchor=False)
    st.markdown(moves_text(desk, now))
    promised = [row for row in view.pledges(desk.store, desk.token) if row.round == now.round]
    if promised:
        st.header(w.t("seat.reveal.pledges"), anchor=False)
        st.markdown(bullets([pledge_words(row, desk) for row in promised]))
    events = events_of(now, desk)
    if events:
        st.header(w.t("seat.reveal.events"), anchor=False)
        show_news(events, w, desk.key("news"))
    st.header(w.t("seat.reveal.charts"), anchor=False)
    situation(desk)


def bet_seen(desk: SeatDesk, now: RoundSeen, before: RoundSeen | None) -> tuple[str, dict[str, str]]:
    """How the seat's bet of a round, which it has made, came out ("open", "below", "inside" or "above"), and its numbers in words."""
    w, bet = desk.w, now.bet
    assert bet is not None
    outcome, low, high = str(bet["outcome"]), float(bet["low"]), float(bet["high"])
    value = happened(outcome, desk.me, now, before, desk.places.disputes)
    signed = outcome in STAKES and STAKES[outcome].kind == "change"
    numbers = bet_numbers(bet, w)
    if value is None:
        return "open", numbers
    verdict = "inside" if low <= value <= high else "below" if value < low else "above"
    return verdict, {**numbers, "value": w.percent(value, 1, sign=signed)}


def bets_counted(desk: SeatDesk) -> tuple[int, int]:
    """How many of the seat's bets came out inside their range, and how many have come out at all."""
    pairs = zip(desk.seen, [None, *desk.seen], strict=False)
    verdicts = [bet_seen(desk, row, before)[0] for row, before in pairs if row.bet is not None]
    return verdicts.count("inside"), len(verdicts) - verdicts.count("open")


def bet_words(desk: SeatDesk, now: RoundSeen, before: RoundSeen | None) -> str:
    """The seat's bet against what happened, in a sentence."""
    w = desk.w
    if now.bet is None:
        return w.t("seat.reveal.no_bet")
    verdict, numbers = bet_seen(desk, now, before)
    outcome = str(now.bet["outcome"])
    said = plain(bet_told(outcome, desk.me, desk.places, w))
    if outcome in STAKES and STAKES[outcome].kind == "change":
        said = w.t("seat.reveal.in_round", outcome=said)
    return w.t(f"seat.reveal.bet_{verdict}", outcome=said, **numbers)


def moves_text(desk: SeatDesk, seen: RoundSeen) -> str:
    """Everybody's decisions of a round as a list."""
    w, lines = desk.w, []
    for handed in seen.decisions:
        moves = [plain(move_words(move, desk.places, w)) for move in handed.moves]
        what = "; ".join(moves) if moves else w.t(f"seat.reveal.nothing_{handed.how}")
        purpose = w.t(f"seat.purpose.{handed.purpose}.name") if handed.purpose and moves else ""
        ending = w.t("seat.reveal.for", purpose=purpose) if purpose else ""
        title, state = desk.title_of(handed.seat), desk.state_name(handed.state)
        what += ending
        same = names_state(title, state)
        lines.append(w.t("seat.reveal.move_same", title=title, what=what) if same else w.t("seat.reveal.move", title=title, state=state, what=what))
    return bullets(lines)


def pledge_words(row: Said, desk: SeatDesk) -> str:
    """A public pledge in words, with what became of it once that is known."""
    return said_words(row, desk.titles, desk.places, desk.w)


def said_words(row: Said, titles: Mapping[str, str], places: Atlas, w: Words) -> str:
    """The same for a page that has no seat: `titles` of seats by label."""
    lever = api.LEVERS.get(row.lever)
    name = plain(lever_words(lever, "label", w)) if lever else display(row.lever)
    what = w.t(f"seat.talk.{_way(lever)}", lever=name, target=plain(places.state(row.target))) if row.target else name
    key = "will" if row.will else "will_not"
    line = w.t(f"seat.talk.said_{key}", title=display(titles.get(row.seat, row.seat)), what=what)
    if row.text:
        line += f" “{display(row.text)}”"
    if row.kept is not None:
        line += " " + w.t("seat.talk.kept" if row.kept else "seat.talk.broken")
    return line


def _way(lever: Lever | None) -> str:
    """Whether a lever is used on somebody, for somebody, or is a deed towards somebody."""
    return "on" if lever is None else "help" if lever.friendly else "towards" if lever.is_deed else "on"


def catch_up(desk: SeatDesk) -> None:
    """What a late joiner has missed, round by round."""
    for seen in desk.seen:
        events = events_of(seen, desk)
        st.subheader(desk.w.t("seat.catch_up.round", round=seen.round), anchor=False)
        st.markdown(bullets(events) if events else desk.w.t("seat.catch_up.quiet"))
    if desk.run is not None:
        situation(desk)
