"""Filters of the queue under a name, for a person or for the whole desk.

What editors gain: a narrowing of the queue is kept under a name, for oneself or for the whole
desk, and the queue can open with it.
What they lose on the way back: the saved filters; the queue opens with all claims again.

Revises: 0015_drafts_and_presence
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_saved_filters"
down_revision = "0015_drafts_and_presence"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "saved_filter",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_filter_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_filter_account_id_name")),
    )
    op.create_index(
        "uq_saved_filter_first",
        "saved_filter",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("first"),
        postgresql_where=sa.text("first"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("uq_saved_filter_first", "saved_filter")
    op.drop_table("saved_filter")
