"""Levels of sign-off are kept with each submission, and articles are signed off as a whole.

What editors gain: one, two or three levels; a signature answers one submission; an article is
signed with a list of what is missing, or published unfinished with a reason that stays.
What they lose on the way back: the article's sign-offs and emergency publications, and with how
many levels a claim was submitted. Signatures of claims stay.

Revises: 0010_house_figures
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_sign_off_levels"
down_revision = "0010_house_figures"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
ONE_EACH = "uq_sign_off_one_level_each"


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    ),
}


def drop_triggers(table: str) -> None:
    """Take the ledger's triggers off a table whose columns change; they come back afterwards.

    Otherwise SQLite could not drop a column that they name, and PostgreSQL would record a change
    of a column that no entry before knows. What a migration changes is recorded at its end.
    """
    bind = op.get_bind()
    for name in bind.scalars(sa.text(TRIGGERS[bind.dialect.name]), {"table": table}).all():
        on = f" ON {table}" if bind.dialect.name == "postgresql" else ""
        op.execute(f'DROP TRIGGER "{name}"{on}')


def upgrade() -> None:
    """Add the columns and the table; what was submitted so far needs the two levels of then."""
    drop_triggers("claim")
    op.add_column(
        "claim", sa.Column("submission", sa.Integer(), server_default="0", nullable=False)
    )
    # Written by hand: SQLite takes a new column with its CHECK, but no CHECK on its own.
    op.execute(
        "ALTER TABLE claim ADD COLUMN sign_off_levels INTEGER"
        " CONSTRAINT ck_claim_sign_off_levels_range CHECK (sign_off_levels BETWEEN 1 AND 3)"
    )
    op.add_column(
        "sign_off", sa.Column("submission", sa.Integer(), server_default="1", nullable=False)
    )
    op.execute(
        "UPDATE claim SET submission = 1 WHERE submitted_by IS NOT NULL"
        " OR id IN (SELECT claim_id FROM sign_off)"
    )
    op.execute("UPDATE claim SET sign_off_levels = 2 WHERE stage IN ('submitted', 'signed_off')")
    op.drop_index(ONE_EACH, table_name="sign_off")
    op.create_index(
        ONE_EACH,
        "sign_off",
        ["claim_id", "submission", "content_sha256", "created_by", "decision"],
        unique=True,
    )
    op.create_table(
        "article_sign_off",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("version_id", IDENTIFIER, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version_sha256", sa.Text(), nullable=False),
        sa.Column("state_sha256", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('signed', 'emergency')", name=op.f("ck_article_sign_off_decision_4a84f8")
        ),
        sa.CheckConstraint(
            "length(version_sha256) = 64", name=op.f("ck_article_sign_off_version_sha256_hex")
        ),
        sa.CheckConstraint(
            "length(state_sha256) = 64", name=op.f("ck_article_sign_off_state_sha256_hex")
        ),
        sa.CheckConstraint(
            "(decision = 'signed' AND reason IS NULL AND missing IS NULL)"
            " OR (decision = 'emergency' AND missing IS NOT NULL"
            " AND length(trim(coalesce(reason, ''))) > 0)",
            name=op.f("ck_article_sign_off_emergency_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_sign_off_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_article_sign_off_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_sign_off")),
    )
    op.create_index("ix_article_sign_off_article_id_id", "article_sign_off", ["article_id", "id"])
    op.create_index("ix_article_sign_off_version_id", "article_sign_off", ["version_id"])


def drop_later_twins() -> None:
    """Delete what the former index, which knows no submissions, could not hold."""
    op.execute(
        "DELETE FROM sign_off WHERE EXISTS (SELECT 1 FROM sign_off AS first"
        " WHERE first.claim_id = sign_off.claim_id AND first.decision = sign_off.decision"
        " AND first.content_sha256 = sign_off.content_sha256"
        " AND first.created_by = sign_off.created_by AND first.submission < sign_off.submission)"
    )


def downgrade() -> None:
    """Drop the table and the columns; of answers given twice to one content, the first stays."""
    op.drop_table("article_sign_off")
    drop_triggers("sign_off")
    drop_triggers("claim")
    drop_later_twins()
    op.drop_index(ONE_EACH, table_name="sign_off")
    op.drop_column("sign_off", "submission")
    op.drop_column("claim", "sign_off_levels")
    op.drop_column("claim", "submission")
    op.create_index(
        ONE_EACH,
        "sign_off",
        ["claim_id", "content_sha256", "created_by", "decision"],
        unique=True,
    )
