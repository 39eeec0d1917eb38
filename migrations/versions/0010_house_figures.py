"""Figures of the house are found again, and how two of them were reconciled is remembered.

What editors gain: a claim shows what was printed of the same thing before.
What they lose on the way back: the reasons why two figures that disagree both stand.

Revises: 0009_reading_the_past
Created: 2026-11-25
"""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010_house_figures"
down_revision = "0009_reading_the_past"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def index_figures() -> None:
    """Write a topic for each language in which a figure names its subject and its measure."""
    bind = op.get_bind()
    figures = bind.execute(
        sa.text("SELECT id, subject, measure FROM figure WHERE claim_id IS NOT NULL")
    ).all()
    rows = [
        {"figure_id": row.id, "topic": f"{lang}|{folded(subject)}|{folded(measure)}"}
        for row in figures
        if row.subject and row.measure
        for lang, subject, measure in named(row.subject, row.measure)
    ]
    if rows:
        table = sa.table(
            "figure_topic", sa.column("figure_id", IDENTIFIER), sa.column("topic", sa.Text())
        )
        bind.execute(sa.insert(table), rows)


def named(subject: str, measure: str) -> list[tuple[str, str, str]]:
    """Pair the two texts of each language that both have."""
    one, other = json.loads(subject), json.loads(measure)
    return [(lang, one[lang], other[lang]) for lang in sorted(one.keys() & other.keys())]


def folded(text: str) -> str:
    """Drop what is no difference: case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def upgrade() -> None:
    """Create the tables, and index the figures that stand already."""
    op.create_table(
        "figure_topic",
        sa.Column("figure_id", IDENTIFIER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["figure_id"],
            ["figure.id"],
            name=op.f("fk_figure_topic_figure_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("figure_id", "topic", name=op.f("pk_figure_topic")),
    )
    op.create_index("ix_figure_topic_topic", "figure_topic", ["topic"], unique=False)
    index_figures()
    op.create_table(
        "reconciliation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("figure_id", IDENTIFIER, nullable=False),
        sa.Column("other_id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("figure_id < other_id", name=op.f("ck_reconciliation_pair_in_order")),
        sa.CheckConstraint(
            "outcome IN ('contradiction', 'different_period', 'revision', 'different_definition')",
            name=op.f("ck_reconciliation_outcome_c725e9"),
        ),
        sa.ForeignKeyConstraint(
            ["figure_id"], ["figure.id"], name=op.f("fk_reconciliation_figure_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["figure.id"], name=op.f("fk_reconciliation_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
    )
    op.create_index("ix_reconciliation_figure_id", "reconciliation", ["figure_id"], unique=False)
    op.create_index("ix_reconciliation_other_id", "reconciliation", ["other_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("reconciliation")
    op.drop_table("figure_topic")
