"""The memo button of a seat's debrief: what this seat decided, wrote and bet, put into words for a file it takes home."""

from __future__ import annotations

import streamlit as st

from sim import api
from ui.bets import STAKES, happened
from ui.classroom import offers, polls, view
from ui.classroom.checks import goal_words
from ui.classroom.view import RoundSeen
from ui.controls import lever_words
from ui.debrief.memo import Memo, MemoRound, as_markdown
from ui.debrief.wagers import came_true
from ui.pages.class_desk import move_words
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_results import bet_seen, bets_counted
from ui.retold import bet_told
from ui.shelf import Shelf

MEMOS_KEPT = 400  # some kilobytes each
_MEMOS: Shelf[str] = Shelf(MEMOS_KEPT)


def memo_button(desk: SeatDesk) -> None:
    """A button that saves the memo."""
    w = desk.w
    key = (desk.lesson.uid, desk.now.stamp, desk.lesson.resolved, desk.now.seat, w.language)
    data = _MEMOS.get(key, lambda: as_markdown(memo_of(desk), w))
    st.download_button(
        w.t("memo.button"),
        data.encode(),
        file_name=f"{w.t('memo.file')}-{desk.now.seat}.md",
        mime="text/markdown; charset=utf-8",
        key=desk.key("memo"),
        icon=":material/edit_note:",
        help=w.t("memo.help"),
        on_click="ignore",
    )


def memo_of(desk: SeatDesk) -> Memo:
    """What the memo of this seat tells. Only what is the seat's own, and what everybody knows."""
    w, seen = desk.w, desk.seen
    role = next((place.title for place in desk.lesson.places if place.label == desk.now.seat), desk.now.seat)
    state = desk.places.state(desk.me)
    inside, known = bets_counted(desk)
    return Memo(
        title=desk.tell(desk.now.session_title),
        question=desk.lesson.question,
        seat=role if state in role else w.t("memo.seat", title=role, state=state),
        rounds=tuple(_round(desk, row, before) for row, before in zip(seen, [None, *seen], strict=False)),
        goals=tuple(_goals(desk)),
        bets=came_true(inside, known, w) if known else "",
        given=(*_pledges(desk), *_offers(desk), *_votes(desk)),
    )


def _pledges(desk: SeatDesk) -> list[str]:
    """What this seat said in public that it would do, and whether it did."""
    w, lines = desk.w, []
    for row in view.pledges(desk.store, desk.token):
        if row.seat != desk.now.seat:
            continue
        what = lever_words(api.LEVERS[row.lever], "label", w) if row.lever in api.LEVERS else row.lever
        if row.target:
            what = w.t("seat.talk.on", lever=what, target=desk.places.state(row.target))
        line = w.t("memo.pledge_will" if row.will else "memo.pledge_will_not", round=row.round, what=what)
        line += f" “{row.text}”" if row.text else ""
        lines.append(line if row.kept is None else f"{line} {w.t('memo.kept' if row.kept else 'memo.not_kept')}")
    return lines


def _offers(desk: SeatDesk) -> list[str]:
    """The offers that were accepted, made by this seat or to it, the earliest first."""
    w, found = desk.w, [row for row in offers.of_seat(desk.store, desk.token) if row.status == "accepted"]
    found.sort(key=lambda row: row.id)
    blanks = [{"other": desk.titles.get(row.other, row.other), "gives": row.gives, "wants": row.wants} for row in found]
    return [w.t("memo.offer_ours" if row.mine else "memo.offer_theirs", **words) for row, words in zip(found, blanks, strict=True)]


def _votes(desk: SeatDesk) -> list[str]:
    """How this seat voted on motions; the vote on a fork is no part of the class's own politics."""
    w, lines = desk.w, []
    for row in polls.motions(desk.store, desk.token):
        if row.mine is not None and row.kind != "fork":
            option = row.options[row.mine]
            lines.append(w.t("memo.voted", option=w.maybe(f"seat.motion.{option}") or option, text=row.text))
    return lines


def _round(desk: SeatDesk, row: RoundSeen, before: RoundSeen | None) -> MemoRound:
    w = desk.w
    mine = next((one for one in row.decisions if one.seat == desk.now.seat), None)
    moves = tuple(move_words(move, desk.places, w) for move in mine.moves) if mine is not None else ()
    nothing = w.t(f"seat.reveal.nothing_{mine.how}") if mine is not None else w.t("memo.nothing")
    purpose = w.t(f"seat.purpose.{mine.purpose}.name") if mine is not None and mine.purpose else ""
    return MemoRound(row.round, moves or (nothing,), purpose, row.reason, _bet(desk, row, before))


def _bet(desk: SeatDesk, row: RoundSeen, before: RoundSeen | None) -> tuple[str, ...]:
    w = desk.w
    if row.bet is None:
        return ()
    verdict, numbers = bet_seen(desk, row, before)
    return w.t("memo.bet", outcome=bet_told(str(row.bet["outcome"]), desk.me, desk.places, w), **numbers), w.t(f"memo.came_{verdict}", **numbers)


def _goals(desk: SeatDesk) -> list[str]:
    """Each goal with its weight and what came of it, the heaviest first."""
    w, goals = desk.w, desk.role.goals
    whole = sum(goals.values()) or 1.0
    lines = []
    for goal, weight in sorted(goals.items(), key=lambda item: -item[1]):
        value = _came(desk, goal)
        change = goal in STAKES and STAKES[goal].kind == "change"
        words = {"goal": goal_words(goal, w), "share": w.percent(100 * weight / whole, 0)}
        if value is None:
            lines.append(w.t("memo.goal_open", **words))
        else:
            lines.append(w.t(f"memo.goal_{'change' if change else 'level'}", value=w.percent(value, 1, sign=change), **words))
    return lines


def _came(desk: SeatDesk, goal: str) -> float | None:
    """A goal from the start to the end of the class, in percent: changes of the rounds one after the other, or the last level."""
    seen = desk.seen
    if goal not in STAKES or not seen:
        return None
    if STAKES[goal].kind != "change":
        levels = (happened(goal, desk.me, row, None, desk.places.disputes) for row in reversed(seen))
        return next((level for level in levels if level is not None), None)
    total = 1.0
    for place, row in enumerate(seen):
        change = happened(goal, desk.me, row, seen[place - 1] if place else None)
        if change is None:
            return None
        total *= 1.0 + change / 100.0
    return 100.0 * (total - 1.0)
