"""Evidence says where in the text of a copy its passage and its figure stand, and who said it.

What editors gain: a quoted passage is marked in the text it was taken from, a figure that was read
there is told from one that was typed, and a personal communication names who, when and how.
What they lose on the way back: these places, and what was noted of the person.

Revises: 0022_capture
Created: 2026-11-26
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_passages_in_copies"
down_revision = "0022_capture"
branch_labels = None
depends_on = None

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
    "postgresql": (
        "SELECT tgname FROM pg_trigger"
        " WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
    ),
}
# Written by hand: SQLite takes a new column with its CHECK, but no CHECK on its own.
ADDED = (
    "quote_start INTEGER",
    (
        "quote_stop INTEGER CONSTRAINT ck_evidence_quote_place CHECK"
        " ((quote_start IS NULL) = (quote_stop IS NULL) AND (quote_start IS NULL OR"
        " (snapshot_id IS NOT NULL AND quote_start >= 0 AND quote_start < quote_stop)))"
    ),
    "figure_start INTEGER",
    (
        "figure_stop INTEGER CONSTRAINT ck_evidence_figure_place CHECK"
        " ((figure_start IS NULL) = (figure_stop IS NULL) AND (figure_start IS NULL OR"
        " (quote_start IS NOT NULL AND figure_start >= quote_start"
        " AND figure_start < figure_stop AND figure_stop <= quote_stop)))"
    ),
    "said_by TEXT",
    "said_role TEXT",
    "said_on TEXT",
    (
        "said_via TEXT CONSTRAINT ck_evidence_said_via_fb3b2b CHECK"
        " (said_via IN ('call', 'meeting', 'video', 'email', 'message', 'letter', 'other'))"
    ),
    (
        "said_terms TEXT CONSTRAINT ck_evidence_said_terms_b915fe CHECK"
        " (said_terms IN ('on_record', 'background', 'off_record'))"
    ),
    (
        "said_reached TEXT CONSTRAINT ck_evidence_said_by_somebody CHECK"
        " (kind = 'personal_communication' OR coalesce(said_by, said_role, said_on, said_via,"
        " said_terms, said_reached) IS NULL)"
    ),
)


def drop_triggers(table: str) -> None:
    """Take the ledger's triggers off a table whose columns change; they come back afterwards."""
    bind = op.get_bind()
    for name in bind.scalars(sa.text(TRIGGERS[bind.dialect.name]), {"table": table}).all():
        on = f" ON {table}" if bind.dialect.name == "postgresql" else ""
        op.execute(f'DROP TRIGGER "{name}"{on}')


def upgrade() -> None:
    """Add the columns; where an older passage stands in its copy is found by its words."""
    drop_triggers("evidence")
    for column in ADDED:
        op.execute(f"ALTER TABLE evidence ADD COLUMN {column}")


def downgrade() -> None:
    """Drop them, those whose CHECK names others first."""
    drop_triggers("evidence")
    for column in reversed(ADDED):
        op.execute(f"ALTER TABLE evidence DROP COLUMN {column.split()[0]}")
