"""What one account may do in a while is counted, and so are tries at every way in.

What editors gain: nobody's program keeps their desk busy, and second factors and one-time links are
guarded like passwords.
What they lose on the way back: nothing of their work; tries at the other ways in are forgotten.

Revises: 0028_every_write_once
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0029_limits"
down_revision = "0028_every_write_once"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OLD = "id, pair_sha256, tried_at"
GATES = "gate IN ('sign_in', 'second_factor', 'confirm', 'link')"
QUOTAS = (
    "quota IN ('writes', 'notes', 'visitors', 'uploads', 'megabytes', 'captures', 'exports',"
    " 'reads')"
)


def attempts(*gate: sa.schema.SchemaItem) -> None:
    """Make the table of attempts anew; what is counted in it stays."""
    op.execute("CREATE TABLE attempt_kept AS SELECT * FROM sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("pair_sha256", sa.Text(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        *gate,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_pair_sha256", "sign_in_attempt", ["pair_sha256"])
    op.create_index("ix_sign_in_attempt_tried_at", "sign_in_attempt", ["tried_at"])


def upgrade() -> None:
    """Create the table of quotas, and let an attempt say at which way in it was made."""
    attempts(
        sa.Column("gate", sa.Text(), server_default="sign_in", nullable=False),
        sa.CheckConstraint(GATES, name=op.f("ck_sign_in_attempt_gate_ff1cc0")),
    )
    op.execute(f"INSERT INTO sign_in_attempt ({OLD}) SELECT {OLD} FROM attempt_kept")  # noqa: S608
    op.drop_table("attempt_kept")
    op.create_table(
        "quota_use",
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint(QUOTAS, name=op.f("ck_quota_use_quota_28f0d4")),
        sa.PrimaryKeyConstraint("quota", "subject", name=op.f("pk_quota_use")),
    )
    op.create_index("ix_quota_use_began_at", "quota_use", ["began_at"])


def downgrade() -> None:
    """Drop what is counted of quotas, and the tries at ways in that the schema before had not."""
    op.drop_table("quota_use")
    attempts()
    op.execute(
        f"INSERT INTO sign_in_attempt ({OLD}) SELECT {OLD} FROM attempt_kept"  # noqa: S608
        " WHERE gate = 'sign_in'"
    )
    op.drop_table("attempt_kept")
