"""People sign in through their newsroom's identity provider (OpenID Connect).

What editors gain: an account may be bound to an identity at the provider, and signing in there
signs in here; the provider can end such sessions.
What they lose on the way back: the bindings. Accounts and passwords stay; whoever had no password
needs a one-time link.

Revises: 0026_factors
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_identities"
down_revision = "0026_factors"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OLD_PROOFS = (
    "ck_failed_proof_proof_151d83",
    "proof IN ('password', 'totp', 'recovery_code', 'passkey', 'provider', 'link')",
)
NEW_PROOFS = (
    "ck_failed_proof_proof_1fc6ba",
    "proof IN ('password', 'totp', 'recovery_code', 'passkey', 'provider', 'provider_mfa', 'link')",
)


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
    failed_proofs(NEW_PROOFS, "proof")


def downgrade() -> None:
    """Drop them, the dependent ones first; two proofs of a provider are one again."""
    for table in ("provider_session", "account_identity"):
        op.drop_table(table)
    failed_proofs(OLD_PROOFS, "CASE proof WHEN 'provider_mfa' THEN 'provider' ELSE proof END")


def failed_proofs(known: tuple[str, str], proof: str) -> None:
    """Make the table of proofs that were wrong anew, with the kinds there may be."""
    op.execute("CREATE TABLE failed_kept AS SELECT * FROM failed_proof")
    op.drop_table("failed_proof")
    op.create_table(
        "failed_proof",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.CheckConstraint(known[1], name=op.f(known[0])),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_failed_proof_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_proof")),
    )
    op.create_index("ix_failed_proof_account_id", "failed_proof", ["account_id"])
    op.create_index("ix_failed_proof_tried_at", "failed_proof", ["tried_at"])
    op.execute(
        "INSERT INTO failed_proof (id, account_id, proof, browser, address, tried_at)"  # noqa: S608
        f" SELECT id, account_id, {proof}, browser, address, tried_at FROM failed_kept"
    )
    op.drop_table("failed_kept")
