"""Issued appendices.

What editors gain: what left the newsroom is numbered and hashed.
What they lose on the way back: the register of what was handed out.

Revises: 0006_checking
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_appendices"
down_revision = "0006_checking"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "appendix",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("ledger_position", sa.Integer(), nullable=False),
        sa.Column("schema_revision", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("replaces_id", IDENTIFIER, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "profile IN ('internal', 'editor', 'legal', 'public')",
            name=op.f("ck_appendix_profile_a8762d"),
        ),
        sa.CheckConstraint(
            "length(content_sha256) = 64", name=op.f("ck_appendix_content_sha256_hex")
        ),
        sa.CheckConstraint("length(file_sha256) = 64", name=op.f("ck_appendix_file_sha256_hex")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_appendix_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["appendix.id"], name=op.f("fk_appendix_replaces_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_appendix_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appendix")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_appendix_article_id_number")),
    )


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("appendix")
