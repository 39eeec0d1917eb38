"""People sign in through their newsroom's identity provider (OpenID Connect).

What editors gain: an account may be bound to an identity at the provider, and signing in there
signs in here; the provider can end such sessions.
What they lose on the way back: the bindings. Accounts and passwords stay; whoever had no password
needs a one-time link.

Revises: 0025_files_of_an_issue
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_identities"
down_revision = "0025_files_of_an_issue"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "account_identity",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(subject) BETWEEN 1 AND 255", name=op.f("ck_account_identity_subject_short")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_identity_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_identity_issuer_subject")),
    )
    op.create_index("ix_account_identity_account_id", "account_identity", ["account_id"])
    op.create_table(
        "provider_session",
        sa.Column("session_id", IDENTIFIER, nullable=False),
        sa.Column("identity_id", IDENTIFIER, nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["account_identity.id"],
            name=op.f("fk_provider_session_identity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["open_session.id"],
            name=op.f("fk_provider_session_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_provider_session")),
    )
    op.create_index("ix_provider_session_identity_id", "provider_session", ["identity_id"])
    op.create_table(
        "spent_proof",
        sa.Column("proof_sha256", sa.Text(), nullable=False),
        sa.Column("spent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("proof_sha256", name=op.f("pk_spent_proof")),
    )
    op.create_index("ix_spent_proof_spent_at", "spent_proof", ["spent_at"])


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for table in ("spent_proof", "provider_session", "account_identity"):
        op.drop_table(table)
