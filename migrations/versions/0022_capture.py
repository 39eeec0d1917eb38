"""Sources are captured at their address: what was asked, what came of it, and the record of it.

What editors gain: a copy of a page is fetched in the background, with the record of the fetch, with
what the page says about itself, and with the reason where there is none; evidence rests on the copy
when it arrives.
What they lose on the way back: the list of attempts with their reasons, and the records of fetches.
The copies themselves stay.

Revises: 0021_register
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_capture"
down_revision = "0021_register"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
TEXTS = (
    "text_sha256",
    "final_url",
    "http_headers",
    "warc_sha256",
    "page_title",
    "page_authors",
    "page_publisher",
    "page_published",
    "page_language",
)
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
    """Add the columns and the tables; older copies say nothing of a fetch."""
    drop_triggers("snapshot")
    for name in TEXTS:
        op.add_column("snapshot", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("snapshot", sa.Column("http_status", sa.Integer(), nullable=True))
    create_attempts()
    op.create_table(
        "awaited_copy",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("evidence_id", IDENTIFIER, nullable=False),
        sa.Column("attempt_id", IDENTIFIER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["capture_attempt.id"], name=op.f("fk_awaited_copy_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_awaited_copy_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_copy")),
        sa.UniqueConstraint(
            "evidence_id", "attempt_id", name=op.f("uq_awaited_copy_evidence_id_attempt_id")
        ),
    )
    op.create_index(op.f("ix_awaited_copy_attempt_id"), "awaited_copy", ["attempt_id"])


def create_attempts() -> None:
    """Create the table of attempts."""
    op.create_table(
        "capture_attempt",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("warc_sha256", sa.Text(), nullable=True),
        sa.Column("snapshot_id", IDENTIFIER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)",
            name=op.f("ck_capture_attempt_outcome_has_end"),
        ),
        sa.CheckConstraint(
            "(snapshot_id IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'kept')",
            name=op.f("ck_capture_attempt_kept_has_snapshot"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'refused' OR (code IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_capture_attempt_refused_has_reason"),
        ),
        sa.CheckConstraint(
            "outcome IN ('kept', 'refused')", name=op.f("ck_capture_attempt_outcome_d811ff")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_capture_attempt_snapshot_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_capture_attempt_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture_attempt")),
    )
    op.create_index(op.f("ix_capture_attempt_source_id"), "capture_attempt", ["source_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("awaited_copy")
    op.drop_table("capture_attempt")
    drop_triggers("snapshot")
    for name in (*TEXTS, "http_status"):
        op.drop_column("snapshot", name)
