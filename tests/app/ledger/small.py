"""A small desk of tiny tables with every mark, on which the ledger's mechanism is tested."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, ForeignKey, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.db import Database
from app.ledger import acts
from app.ledger.migration import Scribe, Step
from app.ledger.note import SigningKey
from app.ledger.report import Report
from app.ledger.verify import verify
from sources.columns import Exact
from sources.guards import Guard, declare

SMALL = "0001_ledger"
"""The revision at which the small desk stands: its tables are in no migration."""
KEY = b"\xab" * 32
"""The key of the small desk's seals."""
SIGNING = SigningKey("small.example/ledger", b"\xcd" * 32)
"""The key that signs the small desk's tree heads."""


class Small(DeclarativeBase):
    """A metadata apart from the product's."""

    metadata = MetaData()


class Note(Small):
    """An ordinary table: every change is captured."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    figure: Mapped[Decimal | None] = mapped_column(Exact)
    done: Mapped[bool] = mapped_column(default=False)
    data: Mapped[bytes | None]


class Remark(Small):
    """A table whose rows go with their note."""

    __tablename__ = "remark"

    id: Mapped[str] = mapped_column(primary_key=True)
    note_id: Mapped[str] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"))
    body: Mapped[str]


class Person(Small):
    """A table that keeps its rows and has a secret."""

    __tablename__ = "person"
    __table_args__: Any = ({"info": {"ledger": "kept"}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    password: Mapped[str] = mapped_column(info={"ledger": "secret"})


class Stamp(Small):
    """A table that never changes."""

    __tablename__ = "stamp"
    __table_args__: Any = ({"info": {"ledger": "immutable"}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Receipt(Small):
    """A table the ledger does not watch."""

    __tablename__ = "receipt"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Pair(Small):
    """A table with a key of two columns."""

    __tablename__ = "pair"

    left: Mapped[str] = mapped_column(primary_key=True)
    right: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


declare(
    Small.metadata,
    Guard(
        name="guard_no_shouting",
        table="remark",
        sqlite_ddl="CREATE TRIGGER guard_no_shouting BEFORE INSERT ON remark"
        " WHEN NEW.body LIKE '%!!%' BEGIN SELECT RAISE(ABORT, 'no shouting'); END",
        postgresql_ddl="""
CREATE OR REPLACE FUNCTION guard_no_shouting() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.body LIKE '%!!%' THEN RAISE EXCEPTION 'no shouting'; END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER guard_no_shouting BEFORE INSERT ON remark
  FOR EACH ROW EXECUTE FUNCTION guard_no_shouting()
""",
    ),
)


@dataclass(frozen=True)
class Captured:
    """One event as a test looks at it."""

    table: str
    pk: str
    op: str
    actor: str | None
    old: str | None
    new: str | None


def do_work(database: Database) -> None:
    """Some honest work by two people and an approval, with a signed head in the middle and last."""
    for number in range(4):
        with database.writing("editor:ana", f"r{number}") as session:
            note = Note(id=f"n{number}", title=f"份额 {number}")
            session.add(note)
            session.flush()
            session.add(Remark(id=f"m{number}", note_id=note.id, body=f"remark {number}"))
    database.checkpoint()
    with database.writing("editor:bo", "r9") as session:
        session.add(Person(id="p1", name="Bo", password="hash"))
        session.add(Stamp(id="s1", body="signed"))
        session.add(Pair(left="a", right="b", body="x"))
        session.get_one(Note, "n1").done = True
    with database.writing("editor:bo", "r10") as session:
        session.get_one(Note, "n1").title = "份额 changed"
        session.delete(session.get_one(Note, "n3"))
    with database.writing("editor:bo", "r11") as session:
        acts.record(session, "act", "note", "n1", "A", {"approved": "yes"})
    database.checkpoint()


def furnish(database: Database) -> None:
    """Create the small tables in a database that has the ledger, as a migration would."""
    with migration(database) as connection:
        Small.metadata.create_all(connection)


@contextmanager
def migration(
    database: Database, op: str = "U", metadata: MetaData = Small.metadata
) -> Iterator[Connection]:
    """Run the block as one revision of the small desk."""
    actor = "system:test"
    with database.migrating(actor) as connection:
        scribe = Scribe(connection, metadata, database.key, actor)
        yield connection
        scribe.applied(Step((SMALL,), (SMALL,), op, "test", None))
        scribe.settle((SMALL,))


def check(database: Database) -> Report:
    """Verify the small desk."""
    database.seal()
    return verify(database, Small.metadata)


def captured(session: Session, table: str) -> list[Captured]:
    """The row events of a table in their order."""
    here = "" if session.connection().dialect.name == "sqlite" else "ledger."
    rows = session.execute(
        text(
            f"SELECT tbl, pk, op, actor, old, new FROM {here}ledger_event"  # noqa: S608
            " WHERE kind = 'row' AND tbl = :table ORDER BY eid"
        ),
        {"table": table},
    )
    return [Captured(*row) for row in rows]
