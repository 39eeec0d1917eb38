"""A session's key is drawn anew when somebody proves again who they are.

What editors gain: a copied cookie is worth nothing once they have typed their password again, and
what was sent twice meanwhile is still done once.
What they lose on the way back: nothing; sessions stay open under the keys they have.

Revises: 0029_limits
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0030_former_keys"
down_revision = "0029_limits"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the table of the keys that sessions had before."""
    op.create_table(
        "former_key",
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("session_id", IDENTIFIER, nullable=False),
        sa.Column("form_sha256", sa.Text(), nullable=False),
        sa.Column("renewed_key", sa.LargeBinary(), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(form_sha256) = 64", name=op.f("ck_former_key_form_sha256_hex")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["open_session.id"],
            name=op.f("fk_former_key_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_sha256", name=op.f("pk_former_key")),
    )
    op.create_index("ix_former_key_session_id", "former_key", ["session_id"])


def downgrade() -> None:
    """Drop it: a key before opens nothing then, not even its own form."""
    op.drop_table("former_key")
