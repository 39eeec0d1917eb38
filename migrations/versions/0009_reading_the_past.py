"""Reading the past: the ledger's entries by moment, and its deletions.

What editors gain: any page at any moment opens at once, however long the history is.
What they lose on the way back: nothing but that speed.

Revises: 0008_proposals
Created: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_reading_the_past"
down_revision = "0008_proposals"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE INDEX ix_ledger_event_at ON ledger_event (at, eid)",
    "CREATE INDEX ix_ledger_event_removed ON ledger_event (tbl, eid) WHERE op = 'D'",
)
# Moments are compared as bytes, whatever the database's own collation makes of punctuation.
POSTGRESQL = (
    'CREATE INDEX ix_ledger_event_at ON ledger.ledger_event (at COLLATE "C", eid)',
    "CREATE INDEX ix_ledger_event_removed ON ledger.ledger_event (tbl, eid) WHERE op = 'D'",
)


def upgrade() -> None:
    """Index the entries; no table is rebuilt and no row is touched."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Drop the indexes."""
    here = "" if op.get_bind().dialect.name == "sqlite" else "ledger."
    op.execute(sa.text(f"DROP INDEX {here}ix_ledger_event_removed"))
    op.execute(sa.text(f"DROP INDEX {here}ix_ledger_event_at"))
