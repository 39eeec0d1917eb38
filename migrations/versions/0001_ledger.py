"""The ledger: one append-only history of rows, acts and migrations.

What editors gain: from here on every change is recorded with who made it.
What they lose on the way back: the whole history. Export it first.

Revises:
Created: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_ledger"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = """
CREATE TABLE ledger_ctx (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  actor TEXT,
  req TEXT
);
INSERT INTO ledger_ctx (one) VALUES (1);
CREATE TABLE ledger_event (
  eid INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  tbl TEXT NOT NULL,
  pk TEXT NOT NULL,
  op TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT,
  req TEXT,
  dbuser TEXT,
  xid TEXT,
  old TEXT,
  new TEXT,
  salt BLOB NOT NULL,
  red TEXT
);
CREATE INDEX ix_ledger_event_row ON ledger_event (tbl, pk, eid);
CREATE INDEX ix_ledger_event_actor ON ledger_event (actor, eid);
CREATE INDEX ix_ledger_event_kind ON ledger_event (kind, eid) WHERE kind <> 'row';
CREATE TABLE ledger_leaf (
  seq INTEGER PRIMARY KEY,
  eid INTEGER NOT NULL UNIQUE,
  via TEXT NOT NULL CHECK (via IN ('app', 'foreign')),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  mac BLOB NOT NULL CHECK (length(mac) = 32)
);
CREATE TABLE ledger_checkpoint (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
)
"""

POSTGRESQL = """
CREATE SCHEMA ledger;
CREATE TABLE ledger.ledger_event (
  eid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  tbl text COLLATE "C" NOT NULL,
  pk text COLLATE "C" NOT NULL,
  op text NOT NULL,
  at text NOT NULL,
  actor text,
  req text,
  dbuser text,
  xid text,
  token text,
  old text,
  new text,
  salt bytea NOT NULL,
  red text
);
CREATE INDEX ix_ledger_event_row ON ledger.ledger_event (tbl, pk, eid);
CREATE INDEX ix_ledger_event_actor ON ledger.ledger_event (actor, eid);
CREATE INDEX ix_ledger_event_kind ON ledger.ledger_event (kind, eid) WHERE kind <> 'row';
CREATE TABLE ledger.ledger_outbox (
  eid bigint PRIMARY KEY
);
CREATE TABLE ledger.ledger_leaf (
  seq bigint PRIMARY KEY,
  eid bigint NOT NULL UNIQUE,
  via text NOT NULL CHECK (via IN ('app', 'foreign')),
  leaf bytea NOT NULL CHECK (length(leaf) = 32),
  mac bytea NOT NULL CHECK (length(mac) = 32)
);
CREATE TABLE ledger.ledger_checkpoint (
  size bigint PRIMARY KEY,
  note text NOT NULL
)
"""


def upgrade() -> None:
    """Create the tables; the triggers are written from the models after every migration."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (SQLITE if sqlite else POSTGRESQL).split(";"):
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Drop the tables with everything that hangs on them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("DROP SCHEMA ledger CASCADE"))
        return
    for table in ("ledger_checkpoint", "ledger_leaf", "ledger_event", "ledger_ctx"):
        op.drop_table(table)
