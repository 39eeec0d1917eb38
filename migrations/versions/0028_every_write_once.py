"""A form that was taken in keeps what was asked and what was answered, and belongs to an account.

What editors gain: a form that arrives twice is answered as it was the first time, and one that
comes again with other words is told so. What they lose on the way back: these answers; the forms
that were taken in before are still known, by what their keys are kept as.

Revises: 0027_identities
Created: 2026-11-26
"""

import hashlib
import re

import sqlalchemy as sa
from alembic import op

revision = "0028_every_write_once"
down_revision = "0027_identities"
branch_labels = None
depends_on = None

MOMENT = sa.CHAR(length=27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
COLUMNS = ("request_sha256", "status", "answer", "forget_at")
RECEIPTS = "SELECT key, actor FROM form_receipt"
DRAFTS = "SELECT account_id, form, object, receipt FROM draft WHERE receipt IS NOT NULL"
VISITOR = "visitor"
HASHED = re.compile(r"[0-9a-f]{64}")
"""How a key looks that went down and up again; a form's own had 22 characters."""


def row_of(holder: object, key: str) -> str:
    """What a key is kept as from here on."""
    return hashlib.sha256(f"{holder}\n{key}".encode()).hexdigest()


def upgrade() -> None:
    """Add the columns, and write the keys that are kept as they are kept from now on."""
    op.add_column("form_receipt", sa.Column("request_sha256", sa.Text(), nullable=True))
    op.add_column("form_receipt", sa.Column("status", sa.Integer(), nullable=True))
    op.add_column("form_receipt", sa.Column("answer", sa.LargeBinary(), nullable=True))
    op.add_column("form_receipt", sa.Column("forget_at", MOMENT, nullable=True))
    op.add_column("draft", sa.Column("sent_as", sa.Text(), nullable=True))
    bind = op.get_bind()
    named = bind.execute(sa.text("SELECT name, id FROM account")).all()
    holders = {f"editor:{name}": key for name, key in named}
    for key, actor in bind.execute(sa.text(RECEIPTS)).all():
        if HASHED.fullmatch(key):
            continue
        kept = row_of(holders.get(actor, VISITOR), key)
        bind.execute(
            sa.text("UPDATE form_receipt SET key = :kept WHERE key = :key"),
            {"kept": kept, "key": key},
        )
    for account, form, about, receipt in bind.execute(sa.text(DRAFTS)).all():
        bind.execute(
            sa.text(
                "UPDATE draft SET sent_as = :kept"
                " WHERE account_id = :account AND form = :form AND object = :object"
            ),
            {
                "kept": row_of(account, receipt),
                "account": account,
                "form": form,
                "object": about,
            },
        )


def downgrade() -> None:
    """Take the columns away."""
    op.drop_column("draft", "sent_as")
    for name in reversed(COLUMNS):
        op.drop_column("form_receipt", name)
