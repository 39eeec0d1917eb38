"""A snapshot's text says where its pages, paragraphs and cells are, and what was uncertain in it.

What editors gain: a passage chosen in a text names its own page, paragraph or cell; a snapshot says
why it has no text; a picture that tells where it was taken is handed out without that.
What they lose on the way back: the places and the remarks. The files stay as they came, and a
picture is handed out as it came.

Revises: 0018_jobs
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_places_of_a_text"
down_revision = "0018_jobs"
branch_labels = None
depends_on = None

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    ),
}


def drop_triggers(table: str) -> None:
    """Take the ledger's triggers off a table whose columns change; they come back afterwards."""
    bind = op.get_bind()
    for name in bind.scalars(sa.text(TRIGGERS[bind.dialect.name]), {"table": table}).all():
        on = f" ON {table}" if bind.dialect.name == "postgresql" else ""
        op.execute(f'DROP TRIGGER "{name}"{on}')


def upgrade() -> None:
    """Add the columns; nobody knows the places of a text that was read before."""
    drop_triggers("snapshot")
    op.add_column("snapshot", sa.Column("places", sa.Text(), nullable=True))
    op.add_column("snapshot", sa.Column("remarks", sa.Text(), nullable=True))
    # Written by hand: SQLite takes a new column with its CHECK, but no CHECK on its own.
    op.execute(
        "ALTER TABLE snapshot ADD COLUMN working_sha256 TEXT"
        " CONSTRAINT ck_snapshot_working_sha256_hex CHECK (length(working_sha256) = 64)"
    )


def downgrade() -> None:
    """Drop them."""
    drop_triggers("snapshot")
    for column in ("working_sha256", "remarks", "places"):
        op.drop_column("snapshot", column)
