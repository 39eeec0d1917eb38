"""What somebody is typing is kept, and who is editing a claim can be seen.

What editors gain: a form that was left, or lost with a crash or a session, opens again with what
was typed, on any device; and whoever opens a claim sees who is editing it just now.
What they lose on the way back: what was typed and not yet sent. Neither table is part of the
record, so the ledger does not watch them.

Revises: 0014_home_and_search
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_drafts_and_presence"
down_revision = "0014_home_and_search"
branch_labels = None
depends_on = None

IDENTIFIER = sa.CHAR(length=36).with_variant(sa.Uuid(), "postgresql")
MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Add the tables; both go with their account."""
    op.create_table(
        "draft",
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_draft_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "form", "object", name=op.f("pk_draft")),
    )
    op.create_table(
        "presence",
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_presence_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_presence_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "claim_id", name=op.f("pk_presence")),
    )
    op.create_index("ix_presence_claim_id", "presence", ["claim_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("presence")
    op.drop_table("draft")
