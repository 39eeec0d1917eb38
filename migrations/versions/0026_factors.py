"""Somebody proves who they are in two steps, or by a passkey alone.

What editors gain: codes of a telephone, passkeys and recovery codes; of each session by which
proofs it was opened and when the newest was given; of each account what was tried in its name.
What they lose on the way back: all of these. Sessions stay open, and everybody signs in with the
password alone again.

Revises: 0025_files_of_an_issue
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_factors"
down_revision = "0025_files_of_an_issue"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
SHARED = "id, account_id, key_sha256, browser, address, started_at, seen_at, ended_at"
OLD_ENDS = (
    "ck_open_session_ended_as_970c4a",
    "ended_as IN ('signed_out', 'elsewhere', 'password', 'disabled', 'expired')",
)
NEW_ENDS = (
    "ck_open_session_ended_as_a25f87",
    "ended_as IN ('signed_out', 'elsewhere', 'password', 'disabled', 'expired', 'factors')",
)


def upgrade() -> None:
    """Make the table of sessions anew, and those of factors and of what was tried."""
    sessions(
        NEW_ENDS,
        "ended_as",
        sa.Column("proofs", sa.Text(), nullable=True),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("device_sha256", sa.Text(), nullable=True),
        sa.Column("unfamiliar", sa.Boolean(), nullable=True),
    )
    factor()
    recovery_code()
    op.create_table(
        "spent_proof",
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("spent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key_sha256", name=op.f("pk_spent_proof")),
    )
    op.create_index("ix_spent_proof_spent_at", "spent_proof", ["spent_at"])
    failed_proof()


def downgrade() -> None:
    """Drop the new tables; a session that a factor ended was ended elsewhere."""
    for table in ("failed_proof", "spent_proof", "recovery_code", "factor_use", "factor"):
        op.drop_table(table)
    sessions(OLD_ENDS, "CASE ended_as WHEN 'factors' THEN 'elsewhere' ELSE ended_as END")


def sessions(ends: tuple[str, str], ended_as: str, *added: sa.Column[str]) -> None:
    """Make the table of sessions anew, with the ends it may have and columns behind them."""
    op.execute("CREATE TABLE session_kept AS SELECT * FROM open_session")
    op.drop_table("open_session")
    op.create_table(
        "open_session",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_as", sa.Text(), nullable=True),
        *added,
        sa.CheckConstraint(
            "(ended_as IS NULL) = (ended_at IS NULL)", name=op.f("ck_open_session_ended_has_when")
        ),
        sa.CheckConstraint(ends[1], name=op.f(ends[0])),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_open_session_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_session")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_open_session_key_sha256")),
    )
    op.create_index("ix_open_session_account_id", "open_session", ["account_id"])
    op.execute(
        f"INSERT INTO open_session ({SHARED}, ended_as)"  # noqa: S608
        f" SELECT {SHARED}, {ended_as} FROM session_kept ORDER BY id"
    )
    op.drop_table("session_kept")


def factor() -> None:
    """Create the table of factors and that of their use."""
    op.create_table(
        "factor",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("key_name", sa.Text(), nullable=True),
        sa.Column("sealed_sha256", sa.Text(), nullable=True),
        sa.Column("credential_id", sa.Text(), nullable=True),
        sa.Column("public_key", sa.Text(), nullable=True),
        sa.Column("transports", sa.Text(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('totp', 'passkey')", name=op.f("ck_factor_kind_ea4697")),
        sa.CheckConstraint("length(sealed_sha256) = 64", name=op.f("ck_factor_sealed_sha256_hex")),
        sa.CheckConstraint(
            "(kind = 'totp') = (sealed IS NOT NULL) AND (sealed IS NULL) = (wrapped_key IS NULL)"
            " AND (sealed IS NULL) = (key_name IS NULL)"
            " AND (sealed IS NULL) = (sealed_sha256 IS NULL)",
            name=op.f("ck_factor_codes_have_a_seed"),
        ),
        sa.CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL)"
            " AND (credential_id IS NULL) = (public_key IS NULL)"
            " AND (credential_id IS NULL OR confirmed_at IS NOT NULL)",
            name=op.f("ck_factor_passkey_has_a_key"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_factor_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_factor_credential_id")),
    )
    op.create_index("ix_factor_account_id", "factor", ["account_id"])
    op.create_table(
        "factor_use",
        sa.Column("factor_id", IDENTIFIER, nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["factor_id"],
            ["factor.id"],
            name=op.f("fk_factor_use_factor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("factor_id", name=op.f("pk_factor_use")),
    )


def recovery_code() -> None:
    """Create the table of recovery codes."""
    op.create_table(
        "recovery_code",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("code_sha256", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(code_sha256) = 64", name=op.f("ck_recovery_code_code_sha256_hex")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_recovery_code_code_sha256")),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])


def failed_proof() -> None:
    """Create the table of proofs that were wrong."""
    op.create_table(
        "failed_proof",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "proof IN ('password', 'totp', 'recovery_code', 'passkey', 'provider', 'link')",
            name=op.f("ck_failed_proof_proof_151d83"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_failed_proof_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_proof")),
    )
    op.create_index("ix_failed_proof_account_id", "failed_proof", ["account_id"])
    op.create_index("ix_failed_proof_tried_at", "failed_proof", ["tried_at"])
