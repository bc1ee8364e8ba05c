"""The session's line of history: which rounds count, and what the model is told about them.

A roll-back starts a branch; the rounds after it stay in the store but no longer count. The line is followed from the present branch
back through its parents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ui.classroom.contract import Held, Move
from ui.classroom.rounds import MODEL
from ui.classroom.tables import Branch, ClassSession, Round, Seat
from ui.classroom.tables_play import Broadcast, Submission


@dataclass(frozen=True)
class Inputs:
    """All that determines a round's result: state of a session = scenario + seed + engine version + decisions."""

    scenario: str
    seed: int
    theory: str
    moves: tuple[Move, ...]
    held: tuple[Held, ...]
    injects: tuple[tuple[int, str], ...]
    first_quarter: int
    upto_quarter: int


def line(db: Session, session: ClassSession) -> list[Round]:
    """The rounds that count, in order, on the present branch and its parents."""
    branches = {row.number: row for row in db.execute(select(Branch).where(Branch.session_id == session.id)).scalars()}
    rounds = list(db.execute(select(Round).where(Round.session_id == session.id).execution_options(populate_existing=True)).scalars())
    chosen: list[Round] = []
    number: int | None = session.branch
    below = session.round + 1
    while number is not None:
        start = branches[number].from_round
        chosen += [row for row in rounds if row.branch == number and start <= row.number < below]
        below = min(below, start)
        number = branches[number].parent
    return sorted(chosen, key=lambda row: row.number)


def inputs(db: Session, session: ClassSession, rounds: Sequence[Round]) -> Inputs:
    """What the model is told to play the given rounds of one line, the last of them being asked for."""
    per = session.quarters_per_round
    number_of = {row.id: row.number for row in rounds}
    seats = {row.id: row for row in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
    query = select(Submission).where(Submission.session_id == session.id).execution_options(populate_existing=True)
    there = [row for row in db.execute(query).scalars() if row.round_id in number_of]
    handed = sorted(there, key=lambda row: (number_of[row.round_id], seats[row.seat_id].place))
    moves: list[Move] = []
    held: set[tuple[int, str]] = set()
    for row in handed:
        number = number_of[row.round_id]
        if row.how != MODEL:
            held.add((number, seats[row.seat_id].state))
            moves += [Move(**move) for move in row.moves]
    said = db.execute(select(Broadcast).where(Broadcast.session_id == session.id, Broadcast.inject != "").order_by(Broadcast.id)).scalars()
    on_line = {(row.branch, row.number) for row in rounds}
    injects = [((row.round - 1) * per, row.inject) for row in said if (row.branch, row.round) in on_line]
    last = rounds[-1].number
    return Inputs(
        session.scenario,
        session.seed,
        session.theory,
        tuple(moves),
        tuple(Held(state, (number - 1) * per, number * per - 1) for number, state in sorted(held)),
        tuple(injects),
        (last - 1) * per,
        last * per,
    )
