"""What people do in a round and say to each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("inject", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=140), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_broadcast_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )
    op.create_index("ix_broadcast_session_id", "broadcast", ["session_id"], unique=False)
    op.create_table(
        "fork",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Integer(), nullable=False),
        sa.Column("at_round", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=140), nullable=False),
        sa.Column("theory", sa.String(length=60), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("public", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_fork_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_fork"),
    )
    op.create_index("ix_fork_session_id", "fork", ["session_id"], unique=False)
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_motion_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_motion"),
    )
    op.create_index("ix_motion_session_id", "motion", ["session_id"], unique=False)
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_poll_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
        sa.UniqueConstraint("session_id", "key", name="uq_poll_session_id_key"),
    )
    op.create_index("ix_poll_session_id", "poll", ["session_id"], unique=False)
    op.create_table(
        "bet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("sure", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_bet_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_bet_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_bet_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_bet"),
        sa.UniqueConstraint("round_id", "seat_id", name="uq_bet_round_id_seat_id"),
    )
    op.create_index("ix_bet_round_id", "bet", ["round_id"], unique=False)
    op.create_index("ix_bet_seat_id", "bet", ["seat_id"], unique=False)
    op.create_index("ix_bet_session_id", "bet", ["session_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_draft_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_draft_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_draft_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("round_id", "seat_id", name="uq_draft_round_id_seat_id"),
    )
    op.create_index("ix_draft_round_id", "draft", ["round_id"], unique=False)
    op.create_index("ix_draft_seat_id", "draft", ["seat_id"], unique=False)
    op.create_index("ix_draft_session_id", "draft", ["session_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("from_seat", sa.Integer(), nullable=False),
        sa.Column("to_seat", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_seat"], ["seat.id"], name="fk_message_from_seat", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_message_session_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_seat"], ["seat.id"], name="fk_message_to_seat", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index("ix_message_from_seat", "message", ["from_seat"], unique=False)
    op.create_index("ix_message_session_id", "message", ["session_id"], unique=False)
    op.create_index("ix_message_to_seat", "message", ["to_seat"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("from_seat", sa.Integer(), nullable=False),
        sa.Column("to_seat", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("gives", sa.String(length=500), nullable=False),
        sa.Column("wants", sa.String(length=500), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=True),
        sa.Column("expires_round", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_seat"], ["seat.id"], name="fk_offer_from_seat", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_offer_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_offer_session_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_seat"], ["seat.id"], name="fk_offer_to_seat", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
    )
    op.create_index("ix_offer_from_seat", "offer", ["from_seat"], unique=False)
    op.create_index("ix_offer_round_id", "offer", ["round_id"], unique=False)
    op.create_index("ix_offer_session_id", "offer", ["session_id"], unique=False)
    op.create_index("ix_offer_to_seat", "offer", ["to_seat"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("will", sa.Boolean(), nullable=False),
        sa.Column("lever", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=140), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_pledge_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_pledge_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_pledge_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_pledge"),
    )
    op.create_index("ix_pledge_round_id", "pledge", ["round_id"], unique=False)
    op.create_index("ix_pledge_seat_id", "pledge", ["seat_id"], unique=False)
    op.create_index("ix_pledge_session_id", "pledge", ["session_id"], unique=False)
    op.create_table(
        "poll_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_answer_poll_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_poll_answer_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_poll_answer_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_answer"),
        sa.UniqueConstraint("poll_id", "seat_id", name="uq_poll_answer_poll_id_seat_id"),
    )
    op.create_index("ix_poll_answer_seat_id", "poll_answer", ["seat_id"], unique=False)
    op.create_index("ix_poll_answer_session_id", "poll_answer", ["session_id"], unique=False)
    op.create_table(
        "reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_reason_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_reason_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_reason_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reason"),
        sa.UniqueConstraint("round_id", "seat_id", name="uq_reason_round_id_seat_id"),
    )
    op.create_index("ix_reason_round_id", "reason", ["round_id"], unique=False)
    op.create_index("ix_reason_seat_id", "reason", ["seat_id"], unique=False)
    op.create_index("ix_reason_session_id", "reason", ["session_id"], unique=False)
    op.create_table(
        "role_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("first_right", sa.Boolean(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_role_answer_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_role_answer_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_role_answer"),
        sa.UniqueConstraint("seat_id", "question", name="uq_role_answer_seat_id_question"),
    )
    op.create_index("ix_role_answer_seat_id", "role_answer", ["seat_id"], unique=False)
    op.create_index("ix_role_answer_session_id", "role_answer", ["session_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_submission_round_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_submission_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_submission_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("round_id", "seat_id", name="uq_submission_round_id_seat_id"),
    )
    op.create_index("ix_submission_round_id", "submission", ["round_id"], unique=False)
    op.create_index("ix_submission_seat_id", "submission", ["seat_id"], unique=False)
    op.create_index("ix_submission_session_id", "submission", ["session_id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name="fk_vote_motion_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_vote_seat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_vote_session_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_vote"),
        sa.UniqueConstraint("motion_id", "seat_id", name="uq_vote_motion_id_seat_id"),
    )
    op.create_index("ix_vote_seat_id", "vote", ["seat_id"], unique=False)
    op.create_index("ix_vote_session_id", "vote", ["session_id"], unique=False)


def downgrade() -> None:
    """Not offered: a class's data is never thrown away by a version change."""
    raise NotImplementedError("going back to an older version of the tables is not offered")
