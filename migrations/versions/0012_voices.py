"""People outside the desk answer through a link, and what was checked or printed is found again.

What editors gain: readers, experts and the people written about are asked about named claims;
their answers are kept as evidence that waits to be accepted; what resembles an earlier claim or
another source's text is found; what was said about two texts that resemble each other stays.
What they lose on the way back: invitations and answers. The evidence an answer became stays as
personal communication; what still waited to be accepted is withdrawn, so that it never weighs.

Revises: 0011_sign_off_levels
Created: 2026-11-25
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012_voices"
down_revision = "0011_sign_off_levels"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
PENDING = "ck_evidence_pending_said"

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


def key(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column that holds an identifier."""
    return sa.Column(name, IDENTIFIER, nullable=nullable)


def reference(
    table: str, column: str, target: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """A foreign key with the name our convention gives it."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def checked(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK with the name our convention gives it."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def create_invitations() -> None:
    """Create the invitation and what it shows."""
    op.create_table(
        "invitation",
        key("id"),
        key("article_id"),
        key("version_id"),
        key("contest_id", nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("show_title", sa.Boolean(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        *made(),
        sa.Column("version", sa.Integer(), nullable=False),
        checked(
            "invitation",
            "side_3d62c1",
            "side IN ('checker', 'reviewer', 'author', 'subject', 'expert', 'reader', 'rule')",
        ),
        checked("invitation", "side_outside", "side IN ('reader', 'expert', 'subject')"),
        checked("invitation", "language_of_a_page", "language IN ('zh', 'en')"),
        checked("invitation", "token_sha256_hex", "length(token_sha256) = 64"),
        checked("invitation", "revoked_has_when", "(revoked_by IS NULL) = (revoked_at IS NULL)"),
        reference("invitation", "article_id", "article"),
        reference("invitation", "version_id", "article_version"),
        reference("invitation", "contest_id", "contest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_invitation_token_sha256")),
    )
    op.create_index(op.f("ix_invitation_article_id"), "invitation", ["article_id"])
    op.create_index(op.f("ix_invitation_contest_id"), "invitation", ["contest_id"])
    op.create_table(
        "invited_claim",
        key("id"),
        key("invitation_id"),
        key("claim_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("version_sha256", sa.Text(), nullable=False),
        sa.Column("material_sha256", sa.Text(), nullable=False),
        *made(),
        checked("invited_claim", "version_sha256_hex", "length(version_sha256) = 64"),
        checked("invited_claim", "material_sha256_hex", "length(material_sha256) = 64"),
        reference("invited_claim", "invitation_id", "invitation"),
        reference("invited_claim", "claim_id", "claim"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited_claim")),
        sa.UniqueConstraint(
            "invitation_id", "claim_id", name=op.f("uq_invited_claim_invitation_id_claim_id")
        ),
    )
    op.create_index(op.f("ix_invited_claim_claim_id"), "invited_claim", ["claim_id"])


def create_answers() -> None:
    """Create the answers."""
    op.create_table(
        "answer",
        key("id"),
        key("invited_claim_id"),
        key("claim_id"),
        key("evidence_id"),
        key("contest_id", nullable=True),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("stated_figure", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("credited_as", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Boolean(), nullable=False),
        sa.Column("version_sha256", sa.Text(), nullable=False),
        sa.Column("material_sha256", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=True),
        *made(),
        sa.Column("version", sa.Integer(), nullable=False),
        checked("answer", "choice_d7d595", "choice IN ('agree', 'dispute', 'context')"),
        checked("answer", "version_sha256_hex", "length(version_sha256) = 64"),
        checked("answer", "material_sha256_hex", "length(material_sha256) = 64"),
        checked("answer", "name_to_credit", "NOT by_name OR credited_as IS NOT NULL"),
        checked("answer", "accepted_has_when", "(accepted_by IS NULL) = (accepted_at IS NULL)"),
        reference("answer", "invited_claim_id", "invited_claim"),
        reference("answer", "claim_id", "claim"),
        reference("answer", "evidence_id", "evidence"),
        reference("answer", "contest_id", "contest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_answer_evidence_id")),
    )
    op.create_index(op.f("ix_answer_invited_claim_id"), "answer", ["invited_claim_id"])
    op.create_index(op.f("ix_answer_claim_id"), "answer", ["claim_id"])


def create_indexes_of_resemblance() -> None:
    """Create what claims and texts are found again by; `db upgrade` fills it afterwards."""
    op.create_table(
        "claim_word",
        sa.Column("word", sa.Integer(), autoincrement=False, nullable=False),
        key("claim_id"),
        reference("claim_word", "claim_id", "claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "claim_id", name=op.f("pk_claim_word")),
    )
    op.create_index(op.f("ix_claim_word_claim_id"), "claim_word", ["claim_id"])
    op.create_table(
        "figure_mark",
        sa.Column("mark", sa.Integer(), autoincrement=False, nullable=False),
        key("figure_id"),
        key("claim_id"),
        reference("figure_mark", "figure_id", "figure", ondelete="CASCADE"),
        reference("figure_mark", "claim_id", "claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", "figure_id", name=op.f("pk_figure_mark")),
    )
    op.create_index(op.f("ix_figure_mark_figure_id"), "figure_mark", ["figure_id"])
    op.create_index(op.f("ix_figure_mark_claim_id"), "figure_mark", ["claim_id"])
    op.create_table(
        "snapshot_band",
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        key("snapshot_id"),
        reference("snapshot_band", "snapshot_id", "snapshot", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "snapshot_id", name=op.f("pk_snapshot_band")),
    )
    op.create_index(op.f("ix_snapshot_band_snapshot_id"), "snapshot_band", ["snapshot_id"])


def create_likeness_answers() -> None:
    """Create what people say about two texts that resemble each other."""
    op.create_table(
        "likeness_answer",
        key("id"),
        key("source_id"),
        key("other_id"),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        *made(),
        checked("likeness_answer", "outcome_433d45", "outcome IN ('linked', 'dismissed')"),
        checked("likeness_answer", "pair_in_order", "source_id < other_id"),
        checked("likeness_answer", "likeness_percent", "likeness BETWEEN 0 AND 100"),
        reference("likeness_answer", "source_id", "source"),
        reference("likeness_answer", "other_id", "source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_answer")),
    )
    op.create_index("ix_likeness_answer_source_id", "likeness_answer", ["source_id"])
    op.create_index("ix_likeness_answer_other_id", "likeness_answer", ["other_id"])


def upgrade() -> None:
    """Add the column and the tables; all evidence so far was attached by the desk and weighs."""
    drop_triggers("evidence")
    default = "false" if op.get_bind().dialect.name == "postgresql" else "0"
    # Written by hand: SQLite takes a new column with its CHECK, but no CHECK on its own.
    op.execute(
        f"ALTER TABLE evidence ADD COLUMN pending BOOLEAN DEFAULT {default} NOT NULL"
        f" CONSTRAINT {PENDING} CHECK (NOT pending OR kind = 'personal_communication')"
    )
    create_invitations()
    create_answers()
    create_indexes_of_resemblance()
    create_likeness_answers()


def downgrade() -> None:
    """Drop the tables and the column; what nobody accepted is withdrawn."""
    for table in (
        "likeness_answer",
        "snapshot_band",
        "figure_mark",
        "claim_word",
        "answer",
        "invited_claim",
        "invitation",
    ):
        op.drop_table(table)
    drop_triggers("evidence")
    op.execute(
        "UPDATE evidence SET withdrawn_by = 'system:migration',"
        " withdrawal_reason = '[0012] 未经接受 Not accepted'"
        " WHERE pending AND withdrawn_by IS NULL"
    )
    op.drop_column("evidence", "pending")
