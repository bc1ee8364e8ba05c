"""What the class keeps, part one: the session, its seats and links, its rounds and clock, its log.

`event` is the append-only log (a trigger refuses changes; rows go only when a whole session is deleted). All other tables are
projections that serve pages. Part two, what people do in a round, is in `tables_play`. Times are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

EVENT_SCHEMA = 1  # version of the payloads in `event`


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put on when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a moment without a zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables. Constraints have names so that migrations can change them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {dict[str, Any]: JSON, list[Any]: JSON, datetime: Moment}


def _session() -> Mapped[int]:
    return mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)


class Setting(Base):
    """One fact about the installation, such as the instructor's passphrase hash."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ClassSession(Base):
    """One class playing one scenario. `version` grows with everything that all pages must redraw for."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    join_code: Mapped[str] = mapped_column(String(12), unique=True)
    title: Mapped[str] = mapped_column(String(140))
    scenario: Mapped[str] = mapped_column(String(300))
    scenario_digest: Mapped[str] = mapped_column(String(64))
    card: Mapped[dict[str, Any]] = mapped_column(deferred=True)  # large: read when it is asked for, not with every poll
    seed: Mapped[int] = mapped_column(BigInteger)
    theory: Mapped[str] = mapped_column(String(60))
    engine_version: Mapped[str] = mapped_column(String(200))
    settings: Mapped[dict[str, Any]]
    rounds: Mapped[int]
    quarters_per_round: Mapped[int]
    phase: Mapped[str] = mapped_column(String(12))
    round: Mapped[int]
    branch: Mapped[int]
    version: Mapped[int]
    rehearsal: Mapped[bool]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Branch(Base):
    """A line of history: branch 0 is the first; a rolled-back round starts a new one at `from_round` and deletes nothing."""

    __tablename__ = "branch"
    __table_args__ = (UniqueConstraint("session_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    number: Mapped[int]
    parent: Mapped[int | None]
    from_round: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]


class Seat(Base):
    """A place at the table: a role of a state, played by people or by the model. `version` grows with what only this seat must see."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("session_id", "label"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    label: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(60))
    place: Mapped[int]
    bot: Mapped[bool]
    started_at: Mapped[datetime | None]
    caught_up: Mapped[bool]
    role_checked: Mapped[bool]
    version: Mapped[int]


class Token(Base):
    """A link: what it opens, as a SHA-256. `seat_id` is set for seats; an instructor's key belongs to no session."""

    __tablename__ = "token"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))  # seat, projector, instructor
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Participant(Base):
    """A device that pressed Start on a seat's link."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    token_id: Mapped[int | None] = mapped_column(ForeignKey("token.id", ondelete="SET NULL"))
    started_at: Mapped[datetime]
    round: Mapped[int]


class Presence(Base):
    """When a link was last used."""

    __tablename__ = "presence"
    token_id: Mapped[int] = mapped_column(ForeignKey("token.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[int] = _session()
    seat_id: Mapped[int | None]
    seen_at: Mapped[datetime]


class Round(Base):
    """One round of one branch. `claim` with its lease decides who computes; `resolved_at` is set once, with the result."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("session_id", "branch", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    branch: Mapped[int]
    number: Mapped[int]
    opened_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    claim: Mapped[str | None] = mapped_column(String(32))
    claim_until: Mapped[datetime | None]
    tries: Mapped[int]
    problem: Mapped[str] = mapped_column(String(1000))


class Result(Base):
    """What the model said about a round: for all, for each seat alone, and for the debrief only."""

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("round_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    engine_version: Mapped[str] = mapped_column(String(200))
    public: Mapped[dict[str, Any]]
    private: Mapped[dict[str, Any]]
    debrief: Mapped[dict[str, Any]]


class Deadline(Base):
    """The clock of one phase: due at a moment while running, seconds left while paused."""

    __tablename__ = "deadline"
    __table_args__ = (UniqueConstraint("session_id", "branch", "round", "phase"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _session()
    branch: Mapped[int]
    round: Mapped[int]
    phase: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(8))  # running, paused, met, ended
    due_at: Mapped[datetime | None]
    seconds_left: Mapped[float | None]


class Event(Base):
    """The log: what happened, in order, never changed."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "session_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(20))
    seat_id: Mapped[int | None]
    branch: Mapped[int]
    round: Mapped[int]
    payload: Mapped[dict[str, Any]]


class Audit(Base):
    """What an instructor or the program did to the installation or over the heads of a class."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: "deleted" outlives the session
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(500))


class Throttle(Base):
    """Tries in one window of time."""

    __tablename__ = "throttle"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    address: Mapped[str] = mapped_column(String(80), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tries: Mapped[int]
