"""What rewrites the database's file does not leave readers a connection that may write."""

import pytest
from sqlalchemy import text

from app.db import Database, ReadOnly
from app.ledger.erasure import purge
from tests.app.ledger.small import Note


def test_after_a_purge_a_reader_still_cannot_write(sqlite_desk: Database) -> None:
    with sqlite_desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="one"))
    assert purge(sqlite_desk.engine, {"no such words"}, "note").left == 0
    for _ in range(3):
        with pytest.raises(ReadOnly), sqlite_desk.reading() as session:
            session.execute(text("DELETE FROM note"))
