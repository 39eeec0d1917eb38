"""Sources and their immutable snapshots.

What editors gain: what a claim rests on can be kept and cited.
What they lose on the way back: every source and every note of a stored file.

Revises: 0002_accounts
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_sources"
down_revision = "0002_accounts"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "source",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_basis", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("original_publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("issued_basis", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("derived_from_id", IDENTIFIER, nullable=True),
        sa.Column("derived_basis", sa.Text(), nullable=True),
        sa.Column("reliability", sa.Text(), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("retrieval", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('company_filing', 'company_statement', 'statistics_office', "
            "'industry_statistics', 'market_research', 'market_research_relay', "
            "'news_report', 'trade_press', 'press_release', 'academic', 'regulator', "
            "'court', 'reference', 'blog', 'forum_post', 'aggregator', 'dataset', "
            "'personal_communication', 'other')",
            name=op.f("ck_source_kind_7fdbef"),
        ),
        sa.CheckConstraint(
            "lineage IN ('original', 'reprint', 'unknown')", name=op.f("ck_source_lineage_cbcd6e")
        ),
        sa.CheckConstraint(
            "reliability IN ('A', 'B', 'C', 'D', 'E', 'F')",
            name=op.f("ck_source_reliability_df0db5"),
        ),
        sa.CheckConstraint(
            "tier IN ('primary', 'established', 'trade', 'pointer')",
            name=op.f("ck_source_tier_2eb5f4"),
        ),
        sa.CheckConstraint(
            "credibility BETWEEN 1 AND 6", name=op.f("ck_source_credibility_admiralty")
        ),
        sa.CheckConstraint(
            "derived_from_id IS NULL OR derived_from_id <> id",
            name=op.f("ck_source_derived_not_self"),
        ),
        sa.ForeignKeyConstraint(
            ["derived_from_id"], ["source.id"], name=op.f("fk_source_derived_from_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )
    op.create_index(op.f("ix_source_derived_from_id"), "source", ["derived_from_id"], unique=False)
    op.create_index(op.f("ix_source_publisher"), "source", ["publisher"], unique=False)
    op.create_index(op.f("ix_source_url"), "source", ["url"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("capture", sa.Text(), nullable=False),
        sa.Column("retrieved_at", MOMENT, nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("extracted_text", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "capture IN ('upload', 'web', 'excerpt', 'typed')",
            name=op.f("ck_snapshot_capture_16a52b"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_snapshot_sha256_hex")),
        sa.CheckConstraint("size > 0", name=op.f("ck_snapshot_size_positive")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_snapshot_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
    )
    op.create_index(op.f("ix_snapshot_sha256"), "snapshot", ["sha256"], unique=False)
    op.create_index(op.f("ix_snapshot_source_id"), "snapshot", ["source_id"], unique=False)


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("snapshot")
    op.drop_table("source")
