"""Figures can be removed, formulas are set against them, and evidence may be calculated.

What editors gain: a claim's figures are added, edited and removed at any time, and whoever does
so is one of its authors; a formula over them is kept with the claim; a calculation over figures
is evidence of its own kind.
What they lose on the way back: the formulas, the later authors, and who removed a figure and why.
A removed figure then stands with its claim again, and a calculation becomes something that
somebody said.

Revises: 0011_sign_off_levels
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0013_figures_and_formulas"
down_revision = "0012_voices"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OLD_CHECKS = {
    "source_or_person": "kind = 'personal_communication' OR source_id IS NOT NULL",
    "kind_e8887c": "kind IN ('source', 'personal_communication')",
}
NEW_CHECKS = {
    "source_has_source": "kind <> 'source' OR source_id IS NOT NULL",
    "calculation_has_formula": "(kind = 'calculation') = (formula IS NOT NULL)",
    "kind_7010b1": "kind IN ('source', 'personal_communication', 'calculation')",
}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    ),
}
COPIED = (
    "id, claim_id, number, kind, source_id, snapshot_id, stance, locator_kind, locator, quote,"
    " says, note, withdrawn_by, withdrawal_reason, created_at, created_by, version, pending"
)
# As the revision before this one added it.
PENDING = (
    "ALTER TABLE evidence ADD COLUMN pending BOOLEAN DEFAULT 0 NOT NULL"
    " CONSTRAINT ck_evidence_pending_said CHECK (NOT pending OR kind = 'personal_communication')"
)


def drop_triggers(table: str) -> None:
    """Take the ledger's triggers off a table whose columns change; they come back afterwards.

    Otherwise SQLite could not drop a column that they name, and PostgreSQL would record a change
    of a column that no entry before knows. What a migration changes is recorded at its end.
    """
    bind = op.get_bind()
    for name in bind.scalars(sa.text(TRIGGERS[bind.dialect.name]), {"table": table}).all():
        on = f" ON {table}" if bind.dialect.name == "postgresql" else ""
        op.execute(f'DROP TRIGGER "{name}"{on}')


def on_sqlite() -> bool:
    """Whether the engine can change a CHECK only by making the table anew."""
    return op.get_bind().dialect.name == "sqlite"


def remake_evidence(checks: dict[str, str], *, formula: bool) -> None:
    """Make the table of evidence anew with these checks, and put its rows back."""
    op.execute(f"CREATE TABLE evidence_kept AS SELECT {COPIED} FROM evidence")  # noqa: S608
    op.drop_table("evidence")
    op.create_table(
        "evidence",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=True),
        sa.Column("snapshot_id", IDENTIFIER, nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("locator_kind", sa.Text(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("says", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *([sa.Column("formula", sa.Text(), nullable=True)] if formula else []),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_evidence_{name}"))
            for name, rule in checks.items()
        ),
        sa.CheckConstraint(
            "locator_kind IN ('page', 'paragraph', 'section', 'table_cell', 'time', 'excerpt')",
            name=op.f("ck_evidence_locator_kind_53c745"),
        ),
        sa.CheckConstraint(
            "stance IN ('supports', 'refutes', 'qualifies', 'mentions')",
            name=op.f("ck_evidence_stance_df942e"),
        ),
        sa.CheckConstraint(
            "(locator IS NULL) = (locator_kind IS NULL)",
            name=op.f("ck_evidence_locator_has_kind"),
        ),
        sa.CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_evidence_withdrawal_has_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_evidence_claim_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_evidence_snapshot_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_evidence_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_evidence_claim_id_number")),
    )
    op.execute(PENDING)
    op.execute(f"INSERT INTO evidence ({COPIED}) SELECT {COPIED} FROM evidence_kept")  # noqa: S608
    op.drop_table("evidence_kept")
    op.create_index(op.f("ix_evidence_snapshot_id"), "evidence", ["snapshot_id"], unique=False)
    op.create_index(op.f("ix_evidence_source_id"), "evidence", ["source_id"], unique=False)


def change_checks(old: dict[str, str], new: dict[str, str]) -> None:
    """Put one set of checks in the place of the other, where the engine can."""
    for name in old:
        op.drop_constraint(op.f(f"ck_evidence_{name}"), "evidence", type_="check")
    for name, rule in new.items():
        op.create_check_constraint(op.f(f"ck_evidence_{name}"), "evidence", rule)


def upgrade() -> None:
    """Add the columns and the tables; nothing that stands changes its meaning."""
    drop_triggers("figure")
    drop_triggers("evidence")
    op.add_column("figure", sa.Column("removed_by", sa.Text(), nullable=True))
    # Written by hand: SQLite takes a new column with its CHECK, but no CHECK on its own.
    op.execute(
        "ALTER TABLE figure ADD COLUMN removal_reason TEXT CONSTRAINT"
        " ck_figure_removal_has_reason CHECK ((removed_by IS NULL) = (removal_reason IS NULL))"
    )
    if on_sqlite():
        remake_evidence(NEW_CHECKS, formula=True)
    else:
        op.add_column("evidence", sa.Column("formula", sa.Text(), nullable=True))
        change_checks(OLD_CHECKS, NEW_CHECKS)
    op.create_table(
        "formula_check",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_formula_check_number_positive")),
        sa.CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_formula_check_withdrawal_has_reason"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_formula_check_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formula_check")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_formula_check_claim_id_number")),
    )
    op.create_table(
        "claim_author",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_author_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_author")),
        sa.UniqueConstraint(
            "claim_id", "created_by", name=op.f("uq_claim_author_claim_id_created_by")
        ),
    )


def downgrade() -> None:
    """Drop the tables and the columns; a calculation becomes something that somebody said."""
    op.drop_table("claim_author")
    op.drop_table("formula_check")
    drop_triggers("figure")
    drop_triggers("evidence")
    if on_sqlite():
        op.execute("ALTER TABLE figure DROP COLUMN removal_reason")
    else:
        op.drop_column("figure", "removal_reason")
    op.drop_column("figure", "removed_by")
    op.execute(
        "UPDATE evidence SET kind = 'personal_communication', formula = NULL"
        " WHERE kind = 'calculation'"
    )
    if on_sqlite():
        remake_evidence(OLD_CHECKS, formula=False)
    else:
        change_checks(NEW_CHECKS, OLD_CHECKS)
        op.drop_column("evidence", "formula")
