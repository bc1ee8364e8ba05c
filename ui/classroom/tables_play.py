"""What the class keeps, part two: what people do in a round, and what they say to each other.

Everything typed by a person has passed `text.clean`. A row belongs to a session, most also to a round and a seat.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ui.classroom.tables import Base


def _session() -> Mapped[int]:
    return mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)


def _round() -> Mapped[int]:
    return mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)


def _seat() -> Mapped[int]:
    return mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)


class Submission(Base):
    """A seat's decision of a round. `how`: people, default (continue current policy) or model (its own agent)."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("round_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    seat_id: Mapped[int] = _seat()
    how: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(12))
    moves: Mapped[list[Any]]
    revision: Mapped[int]
    at: Mapped[datetime]


class Bet(Base):
    """What a seat expects of an outcome this round: a range, with how sure it is (0 to 1)."""

    __tablename__ = "bet"
    __table_args__ = (UniqueConstraint("round_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    seat_id: Mapped[int] = _seat()
    outcome: Mapped[str] = mapped_column(String(60))
    low: Mapped[float]
    high: Mapped[float]
    sure: Mapped[float]


class Reason(Base):
    """One line why."""

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("round_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    seat_id: Mapped[int] = _seat()
    text: Mapped[str] = mapped_column(Text)


class Draft(Base):
    """An unfinished form, kept so that a reload or another phone continues it. Only its seat reads it."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("round_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    seat_id: Mapped[int] = _seat()
    form: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Pledge(Base):
    """A public, non-binding word: to use a lever on a target (`will`) or not to."""

    __tablename__ = "pledge"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    seat_id: Mapped[int] = _seat()
    will: Mapped[bool]
    lever: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(String(140))
    at: Mapped[datetime]


class Poll(Base):
    """A question to all seats: `percent` (0 to 100) or `choice`. Key "before" and "after" are the opening and the repeat poll."""

    __tablename__ = "poll"
    __table_args__ = (UniqueConstraint("session_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(8))
    question: Mapped[str] = mapped_column(String(500))
    options: Mapped[list[Any]] = mapped_column(JSON)
    open: Mapped[bool]
    at: Mapped[datetime]


class PollAnswer(Base):
    """A seat's answer: a number of percent, or the position of an option."""

    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("poll_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="CASCADE"))
    seat_id: Mapped[int] = _seat()
    value: Mapped[float]
    at: Mapped[datetime]


class RoleAnswer(Base):
    """An answer to a question of the role check; the first answer counts for the grade."""

    __tablename__ = "role_answer"
    __table_args__ = (UniqueConstraint("seat_id", "question"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    seat_id: Mapped[int] = _seat()
    question: Mapped[int]
    first_right: Mapped[bool]
    right: Mapped[bool]
    tries: Mapped[int]


class Offer(Base):
    """Anything that needs two sides. Silence is refusal when the round `expires_round` is locked."""

    __tablename__ = "offer"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = _round()
    from_seat: Mapped[int] = _seat()
    to_seat: Mapped[int] = _seat()
    kind: Mapped[str] = mapped_column(String(12))  # deal, settlement, coalition, vote
    gives: Mapped[str] = mapped_column(String(500))
    wants: Mapped[str] = mapped_column(String(500))
    terms: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(10))  # open, accepted, refused, countered, withdrawn, expired
    counters: Mapped[int | None]
    expires_round: Mapped[int]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Message(Base):
    """A private message between seats. The instructor sees it and may hide it."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round: Mapped[int]
    from_seat: Mapped[int] = _seat()
    to_seat: Mapped[int] = _seat()
    text: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class Broadcast(Base):
    """What the instructor tells everybody: a notice, or an inject of the scenario (`inject` is its key)."""

    __tablename__ = "broadcast"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    branch: Mapped[int]
    round: Mapped[int]
    inject: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(140))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Motion(Base):
    """Something the class votes on: a resolution of the assembly, or which fork to play."""

    __tablename__ = "motion"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round: Mapped[int]
    seat_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(12))  # resolution, fork
    text: Mapped[str] = mapped_column(String(500))
    options: Mapped[list[Any]] = mapped_column(JSON)
    open: Mapped[bool]
    at: Mapped[datetime]


class Vote(Base):
    """A seat's vote on a motion: the position of an option. Secret until the motion is closed."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("motion_id", "seat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id", ondelete="CASCADE"))
    seat_id: Mapped[int] = _seat()
    choice: Mapped[int]
    at: Mapped[datetime]


class Fork(Base):
    """What would have happened: the class's own history with other moves from a round on, with the same luck."""

    __tablename__ = "fork"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    branch: Mapped[int]
    at_round: Mapped[int]
    title: Mapped[str] = mapped_column(String(140))
    theory: Mapped[str] = mapped_column(String(60))
    moves: Mapped[list[Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    public: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    shown: Mapped[bool]
