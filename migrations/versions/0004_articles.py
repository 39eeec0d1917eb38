"""Articles, their immutable versions and the numbers in them.

What editors gain: a text and every number in it can be kept.
What they lose on the way back: every article.

Revises: 0003_sources
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_articles"
down_revision = "0003_sources"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
EXACT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "article",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("deadline", MOMENT, nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("key", name=op.f("uq_article_key")),
    )
    op.create_table(
        "article_version",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("charset", sa.Text(), nullable=False),
        sa.Column("received_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_article_version_sha256_hex")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_article_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_version_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_version")),
        sa.UniqueConstraint(
            "article_id", "number", name=op.f("uq_article_version_article_id_number")
        ),
    )
    op.create_table(
        "quantity_mention",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("change_kind", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("dismissed_as", sa.Text(), nullable=True),
        sa.Column("dismissed_by", sa.Text(), nullable=True),
        sa.Column("dismissal_note", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')",
            name=op.f("ck_quantity_mention_change_kind_27ba14"),
        ),
        sa.CheckConstraint(
            "comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', "
            "'about', 'odd', 'range', 'multiple_of')",
            name=op.f("ck_quantity_mention_comparator_04fba2"),
        ),
        sa.CheckConstraint(
            "dismissed_as IN ('designation', 'product_name', 'publication_date', "
            "'ordinal_wording', 'idiom', 'enumeration', 'disclaimer', 'other')",
            name=op.f("ck_quantity_mention_dismissed_as_8507db"),
        ),
        sa.CheckConstraint(
            "low IS NOT NULL OR high IS NOT NULL OR reason IS NOT NULL OR period IS NOT NULL",
            name=op.f("ck_quantity_mention_value_or_reason"),
        ),
        sa.CheckConstraint("start >= 0 AND start < stop", name=op.f("ck_quantity_mention_span")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_quantity_mention_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quantity_mention")),
        sa.UniqueConstraint(
            "version_id", "start", "stop", name=op.f("uq_quantity_mention_version_id_start_stop")
        ),
    )


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("quantity_mention")
    op.drop_table("article_version")
    op.drop_table("article")
