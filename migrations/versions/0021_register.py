"""Sources told in confidence, and entries of one document merged.

What editors gain: the contact of a confidential source is kept encrypted, and only people named
know who the source is; two entries of one document are merged and the older key still leads there.
What they lose on the way back: the contacts and who may read them, for good; the answers about
duplicates. Merged entries stand apart again, without what was moved to the other.

Revises: 0020_citations
Created: 2026-11-26
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021_register"
down_revision = "0020_citations"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
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


def made() -> tuple[sa.Column[Any], sa.Column[Any]]:
    """When and by whom a row was made."""
    return (
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
    )


def checked(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK with the name our convention gives it."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def of_a_source(table: str, column: str = "source_id") -> sa.ForeignKeyConstraint:
    """A foreign key to a source with the name our convention gives it."""
    return sa.ForeignKeyConstraint([column], ["source.id"], name=op.f(f"fk_{table}_{column}"))


def create_contacts() -> None:
    """Create the contacts and who needs to know."""
    op.create_table(
        "contact",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("key_name", sa.Text(), nullable=False),
        sa.Column("sealed_sha256", sa.Text(), nullable=False),
        sa.Column("destroyed_by", sa.Text(), nullable=True),
        *made(),
        sa.Column("version", sa.Integer(), nullable=False),
        checked("contact", "sealed_sha256_hex", "length(sealed_sha256) = 64"),
        checked("contact", "sealed_has_key", "(sealed IS NULL) = (wrapped_key IS NULL)"),
        checked("contact", "destroyed_by_whom", "(sealed IS NULL) = (destroyed_by IS NOT NULL)"),
        of_a_source("contact"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_source_id"), "contact", ["source_id"])
    op.create_table(
        "need_to_know",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        *made(),
        sa.Column("version", sa.Integer(), nullable=False),
        checked("need_to_know", "revoked_has_when", "(revoked_by IS NULL) = (revoked_at IS NULL)"),
        of_a_source("need_to_know"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know")),
    )
    op.create_index(op.f("ix_need_to_know_reader"), "need_to_know", ["reader"])
    op.create_index(
        "uq_need_to_know_standing",
        "need_to_know",
        ["source_id", "reader"],
        unique=True,
        sqlite_where=sa.text("revoked_by IS NULL"),
        postgresql_where=sa.text("revoked_by IS NULL"),
    )


def create_duplicate_answers() -> None:
    """Create what people say about two entries that may be one document."""
    op.create_table(
        "duplicate_answer",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("other_id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        *made(),
        checked("duplicate_answer", "outcome_5cb0ee", "outcome IN ('merged', 'apart')"),
        checked("duplicate_answer", "pair_in_order", "source_id < other_id"),
        of_a_source("duplicate_answer"),
        of_a_source("duplicate_answer", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_answer")),
    )
    op.create_index("ix_duplicate_answer_source_id", "duplicate_answer", ["source_id"])
    op.create_index("ix_duplicate_answer_other_id", "duplicate_answer", ["other_id"])


def upgrade() -> None:
    """Add the columns and the tables; every source stands for itself."""
    drop_triggers("source")
    drop_triggers("evidence")
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "CHAR(36)"
    # Written by hand: SQLite takes a new column with its constraints, but none on its own.
    op.execute(
        f"ALTER TABLE source ADD COLUMN merged_into_id {kind}"
        " CONSTRAINT fk_source_merged_into_id REFERENCES source (id)"
        " CONSTRAINT ck_source_merged_not_self"
        " CHECK (merged_into_id IS NULL OR merged_into_id <> id)"
    )
    op.create_index(op.f("ix_source_merged_into_id"), "source", ["merged_into_id"])
    op.add_column("evidence", sa.Column("cited_as", sa.Text(), nullable=True))
    create_contacts()
    create_duplicate_answers()


def downgrade() -> None:
    """Drop them; contacts are gone for good."""
    for table in ("duplicate_answer", "need_to_know", "contact"):
        op.drop_table(table)
    drop_triggers("source")
    drop_triggers("evidence")
    op.drop_column("evidence", "cited_as")
    op.drop_index(op.f("ix_source_merged_into_id"), "source")
    op.drop_column("source", "merged_into_id")
