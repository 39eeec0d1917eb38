"""Accounts and the roles they hold, and receipts of forms taken in.

What editors gain: people can be let in by name and role.
What they lose on the way back: every account.

Revises: 0001_ledger
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_accounts"
down_revision = "0001_ledger"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "account",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("session_token", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name = lower(name)", name=op.f("ck_account_name_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("session_token", name=op.f("uq_account_session_token")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('reporter', 'checker', 'reviewer', 'approver', 'desk_lead', 'auditor', "
            "'admin')",
            name=op.f("ck_role_grant_role_281979"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("account_id", "role", name=op.f("uq_role_grant_account_id_role")),
    )
    op.create_table(
        "form_receipt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_receipt")),
    )


def downgrade() -> None:
    """Drop the tables, the dependent ones first."""
    op.drop_table("form_receipt")
    op.drop_table("role_grant")
    op.drop_table("account")
