"""The offers of the model's world that wait for a seat's answer, each in a sentence: who offers what, and what is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.classroom import view
from ui.classroom.openings import offered
from ui.named import is_even
from ui.pages.seat_desk import SeatDesk

ANSWERED = {"answer_settlement": "settlement", "answer_deal": "deal"}  # by lever: the kind of offer it answers


def waiting(desk: SeatDesk) -> list[str]:
    """Every offer on this seat's table that it has not handed in an answer to."""
    handed = view.own_decision(desk.store, desk.token)
    given = {(ANSWERED.get(str(move["lever"])), move["target"]) for move in (handed.moves if handed is not None else ())}
    rows = [row for row in offered(desk.lesson.scenario, desk.me, desk.seen) if row["offer"] in ANSWERED.values()]
    return [_terms(desk, row) for row in rows if (row["offer"], row["sender"]) not in given]


def answers(desk: SeatDesk, move: Mapping[str, Any]) -> str:
    """The offer that a move answers: the oldest of its kind of that state; empty where it answers none."""
    kind = ANSWERED.get(str(move["lever"]))
    rows = offered(desk.lesson.scenario, desk.me, desk.seen) if kind else ()
    return next((_terms(desk, row) for row in rows if (row["offer"], row["sender"]) == (kind, move["target"])), "")


def _terms(desk: SeatDesk, row: Mapping[str, Any]) -> str:
    return _relief(desk, row) if row["offer"] == "settlement" else _deal(desk, row)


def _relief(desk: SeatDesk, row: Mapping[str, Any]) -> str:
    w = desk.w
    part = 100.0 * float(row["ask"])
    asked = [w.t("seat.answer.part", part=w.percent(part, 0)) if part > 0 else w.t("seat.answer.no_part")]
    if row["leave"]:
        asked.append(w.t("seat.answer.leave", name=desk.places.state(str(row["leave"]))))
    return w.t(
        "seat.answer.relief",
        sender=desk.places.state(str(row["sender"])),
        share=w.percent(100.0 * float(row["share"]), 0),
        stages=w.t("naming.stages", count=round(float(row["stages"]))),
        back=w.t("seat.answer.back" if float(row["snapback"]) >= 0.5 else "seat.answer.no_back"),
        asked="; ".join(asked),
    )


def _deal(desk: SeatDesk, row: Mapping[str, Any]) -> str:
    w, sender = desk.w, str(row["sender"])
    name, share = desk.places.state(sender), w.percent(100.0 * float(row["share"]), 0)
    if row["anew"]:
        return w.t("seat.answer.anew", sender=name, kind=w.t(f"naming.kind.{row['anew']}"), share=share)
    said = [w.t(f"naming.kind.{row['kind']}")]
    if not is_even(str(row["kind"])):
        said.append(w.t("naming.gives", name=desk.places.state(sender if row["giver"] == "me" else desk.me)))
    if float(row["share"]) != 1.0:
        said.append(w.t("seat.answer.share", share=share))
    return w.t("seat.answer.deal", sender=name, what=", ".join(said))
