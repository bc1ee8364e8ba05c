"""The process grade: what a seat did, not whether it won. Winning counts 0 % unless the teacher says otherwise.

    grade = sum over parts of weight x share done, 0 to 100

Shares are over the rounds that count and in which people held the seat: a late joiner is not marked down for rounds before
the arrival, a seat handed to the model not for those the model played.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy import func, select

from ui.classroom.access import session_for
from ui.classroom.export import as_csv
from ui.classroom.history import line
from ui.classroom.refused import Refusal
from ui.classroom.rounds import DEFAULT, PEOPLE
from ui.classroom.seats import role_of
from ui.classroom.store import Store
from ui.classroom.tables import Participant, Seat
from ui.classroom.tables_play import Bet, Poll, PollAnswer, Reason, RoleAnswer, Submission

WEIGHTS = {"decisions": 40.0, "reasons": 20.0, "bets": 20.0, "role_check": 10.0, "polls": 10.0, "winning": 0.0}  # assumption


@dataclass(frozen=True)
class Grade:
    """A line of the gradebook. Shares are 0 to 1; `grade` is 0 to 100."""

    seat: str
    state: str
    rounds_held: int
    decisions: float
    reasons: float
    bets: float
    role_check: float
    polls: float
    winning: float
    grade: float


def gradebook(
    store: Store, key: str, uid: str, weights: Mapping[str, float] | None = None, winning: Mapping[str, float] | None = None
) -> list[Grade]:
    """The gradebook of a session. `weights` by part, in any unit; `winning` by seat label, 0 to 1, used only with a weight."""
    used = dict(WEIGHTS if weights is None else weights)
    if set(used) - set(WEIGHTS) or any(not 0 <= weight <= 1000 for weight in used.values()) or sum(used.values()) <= 0:
        raise Refusal(f"grades: weights must be 0 or more, for {', '.join(WEIGHTS)}, and not all 0.")
    with store.read() as db:
        session = session_for(db, store.now(), key, uid)
        rounds = {row.id: row.number for row in line(db, session) if row.resolved_at is not None}
        handed = list(db.execute(select(Submission).where(Submission.round_id.in_(rounds))).scalars())
        reasons = {(row.round_id, row.seat_id) for row in db.execute(select(Reason).where(Reason.round_id.in_(rounds))).scalars()}
        bets = {(row.round_id, row.seat_id) for row in db.execute(select(Bet).where(Bet.round_id.in_(rounds))).scalars()}
        polls = db.execute(select(func.count()).select_from(Poll).where(Poll.session_id == session.id)).scalar_one()
        lines = []
        for seat in db.execute(select(Seat).where(Seat.session_id == session.id).order_by(Seat.place)).scalars():
            since = db.execute(select(func.min(Participant.round)).where(Participant.seat_id == seat.id)).scalar_one()
            held = [
                row.round_id
                for row in handed
                if row.seat_id == seat.id and row.how in (PEOPLE, DEFAULT) and since is not None and rounds[row.round_id] >= since
            ]
            own = {row.round_id for row in handed if row.seat_id == seat.id and row.how == PEOPLE}
            check = len(role_of(session, seat).check)
            right = select(func.count()).select_from(RoleAnswer).where(RoleAnswer.seat_id == seat.id, RoleAnswer.first_right)
            said = select(func.count()).select_from(PollAnswer).where(PollAnswer.seat_id == seat.id)
            shares = {
                "decisions": _share(sum(number in own for number in held), len(held)),
                "reasons": _share(sum((number, seat.id) in reasons for number in held), len(held)),
                "bets": _share(sum((number, seat.id) in bets for number in held), len(held)),
                "role_check": _share(db.execute(right).scalar_one(), check) if check else 1.0,
                "polls": _share(db.execute(said).scalar_one(), polls),
                "winning": min(1.0, max(0.0, (winning or {}).get(seat.label, 0.0))),
            }
            mark = 100 * sum(used.get(part, 0.0) * share for part, share in shares.items()) / sum(used.values())
            if seat.started_at is None and not held:
                mark = 0.0
            lines.append(Grade(seat.label, seat.state, len(held), **shares, grade=round(mark, 1)))
        return lines


def _share(done: int, of: int) -> float:
    return round(done / of, 4) if of else 0.0


def gradebook_csv(store: Store, key: str, uid: str, weights: Mapping[str, float] | None = None) -> str:
    """The gradebook as CSV text."""
    return as_csv([field.name for field in fields(Grade)], [asdict(row) for row in gradebook(store, key, uid, weights)])
