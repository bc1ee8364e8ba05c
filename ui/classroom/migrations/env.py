"""Alembic's door: run the migrations on the connection that `migrate` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from ui.classroom import tables_play  # noqa: F401  (its tables belong to the metadata)
from ui.classroom.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
