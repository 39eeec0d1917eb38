"""Honest work of every kind raises no alarm, however often one looks."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy import inspect, text

import app.models
from app import schema
from app.db import Database
from app.ledger.erasure import purge
from app.ledger.redaction import redact
from app.ledger.verify import verify
from tests.app.ledger.restores import put_back, put_back_as_text
from tests.app.ledger.small import SIGNING, Note, Small, check, migration
from tests.app.ledger.test_migration import as_operations
from tests.engines import ENGINES
from tests.migrations import steps
from tests.migrations.test_every_revision import REVISIONS, assert_whole, before, fill

__all__ = ["app"]
TIMES = int(os.environ.get("DESK_TEST_VERIFICATIONS", "20"))
"""Clean verifications on each engine; 500 by hand, as docs/ledger.md says."""
THOROUGH = 500
Deed = Callable[[Database], Database | None]
"""Something that happens to a ledger; a restore answers with the database that is there now."""


def changed_by_a_revision(database: Database) -> None:
    """A column with a value for every row goes, or comes back."""
    with migration(database) as connection:
        present = {column["name"] for column in inspect(connection).get_columns("pair")}
        with as_operations(connection).batch_alter_table("pair") as batch:
            if "body" in present:
                batch.drop_column("body")
            else:
                batch.add_column(sa.Column("body", sa.Text, server_default="again"))


def rewritten_by_a_revision(database: Database) -> None:
    with migration(database) as connection:
        connection.execute(text("UPDATE remark SET body = body || '.'"))


def renewed(database: Database) -> None:
    with migration(database, "T"):
        pass


def redacted(database: Database) -> None:
    with database.writing("editor:chief") as session:
        redact(session.connection(), Small.metadata, "note", "n0", ["title"], "asked to")


def redacted_and_purged(database: Database) -> None:
    with database.writing("editor:chief") as session:
        done = redact(session.connection(), Small.metadata, "remark", "m0", ["body"], "asked to")
    purge(database.engine, done.texts, "remark")


def deleted(database: Database) -> None:
    with database.writing("editor:bo", "r-delete") as session:
        session.execute(text("DELETE FROM note WHERE id LIKE 'c%'"))


def rolled_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing("editor:bo") as session:  # noqa: PT012 - the exception is how the block ends.
        session.execute(text("DELETE FROM remark"))
        raise ZeroDivisionError


def signed(database: Database) -> None:
    database.checkpoint()


def signed_by_another_key(database: Database) -> None:
    database.signer.draw(SIGNING.name)
    database.checkpoint()


DEEDS: tuple[Deed, ...] = (
    changed_by_a_revision,
    rewritten_by_a_revision,
    renewed,
    redacted,
    redacted_and_purged,
    deleted,
    rolled_back,
    signed,
    signed_by_another_key,
    put_back,
    put_back_as_text,
)


def rounds(seed: str) -> Iterator[Deed]:
    """Every deed in every round, in an order of its own each time."""
    draw = Random(seed)  # noqa: S311 - the same orders every time.
    while True:
        yield from draw.sample(DEEDS, len(DEEDS))


def work(database: Database, number: int) -> None:
    """What editors do in between."""
    with database.writing("editor:ana", f"q{number}") as session:
        session.add(Note(id=f"c{number}", title=f"text {number}"))
        session.get_one(Note, "n0").title = f"secret {number}"
        session.execute(text("UPDATE remark SET body = :b WHERE id = 'm0'"), {"b": f"b{number}"})


def test_verification_while_people_work_raises_no_alarm(engine: str, worked: Database) -> None:
    database, deeds = worked, rounds(engine)
    for number in range(TIMES):
        work(database, number)
        deed = next(deeds)
        database = deed(database) or database
        assert check(database).findings == [], deed.__name__
    database.close()


@pytest.mark.parametrize("engine", ENGINES if TIMES >= THOROUGH else ["sqlite"])
@pytest.mark.parametrize("revision", REVISIONS[1:] if TIMES >= THOROUGH else REVISIONS[-1:])
def test_what_every_revision_left_is_restored_without_alarm(
    empty_database: Database, revision: str
) -> None:
    rows = steps.expected(revision)
    schema.upgrade(empty_database, before(revision), actor="system:test")
    fill(empty_database, rows.before)
    schema.upgrade(empty_database, revision, actor="system:test")
    empty_database.checkpoint()
    with closing(put_back(empty_database)) as restored:
        assert_whole(restored)
        fill(restored, rows.added)
        schema.downgrade(restored, before(revision), actor="system:test")
        assert restored.checkpoint()
        assert_whole(restored)
        restored.close()
    with closing(put_back_as_text(restored)) as again:
        schema.upgrade(again, revision, actor="system:test")
        assert_whole(again)


def test_a_desk_with_roles_is_restored_without_alarm(postgresql_database: Database) -> None:
    schema.divide(postgresql_database, "system:test")
    assert verify(postgresql_database).findings == []
    with closing(put_back(postgresql_database)) as restored:
        assert verify(restored).findings == []
        schema.upgrade(restored, actor="system:test")
        assert verify(restored).findings == []
