"""The pages that claims rest on are looked at again, and what changed in them is on record.

What editors gain: a quoted passage is compared with its page on a policy, and what became of it is
shown beside the claim; dead links are listed; the desk may say how often one source is looked at.
What they lose on the way back: what the looks found, and the desk's wishes. Claims, evidence and
the copies that were kept stay.

Revises: 0023_passages_in_copies
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_watching"
down_revision = "0023_passages_in_copies"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    _operational()
    op.create_table(
        "page_state",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('alive', 'redirected', 'forbidden', 'walled', 'missing', 'unreachable')",
            name=op.f("ck_page_state_answer_612026"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_page_state_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_state")),
    )
    op.create_index("ix_page_state_source_id_id", "page_state", ["source_id", "id"])

    op.create_table(
        "watch_wish",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "every_days IS NULL OR every_days BETWEEN 1 AND 365",
            name=op.f("ck_watch_wish_days_in_year"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_watch_wish_reason_given")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_watch_wish_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_wish")),
        sa.UniqueConstraint("source_id", name=op.f("uq_watch_wish_source_id")),
    )
    op.create_table(
        "observation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("evidence_id", IDENTIFIER, nullable=False),
        sa.Column("snapshot_id", IDENTIFIER, nullable=True),
        sa.Column("kept_id", IDENTIFIER, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("old_words", sa.Text(), nullable=False),
        sa.Column("new_words", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('same', 'moved', 'reworded', 'figure_changed', 'unclear', 'gone')",
            name=op.f("ck_observation_outcome_3c6d0e"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_observation_evidence_id")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["snapshot.id"], name=op.f("fk_observation_kept_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_observation_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index("ix_observation_evidence_id_id", "observation", ["evidence_id", "id"])


def _operational() -> None:
    op.create_table(
        "host_pace",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("free_at", MOMENT, nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("robots", sa.Text(), nullable=True),
        sa.Column("robots_at", MOMENT, nullable=True),
        sa.Column("refuses_all", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_pace")),
    )
    op.create_table(
        "source_look",
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("asked_for", sa.Text(), nullable=True),
        sa.Column("compared", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_look_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_look")),
    )


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for table in ("observation", "watch_wish", "page_state", "source_look", "host_pace"):
        op.drop_table(table)
