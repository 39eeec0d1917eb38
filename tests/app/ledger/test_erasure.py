"""The file gives its bytes up, or what stood in the way is told."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database
from app.db_problems import ReadOnly
from app.ledger.erasure import Erased, empty_log, occurrences, purge
from tests.app.ledger.outsider import SQLITE
from tests.app.ledger.small import Note, check


@pytest.fixture
def emptied(sqlite_desk: Database) -> Database:
    """A desk that held a long text and deleted its row; the ledger and the file still have it."""
    with sqlite_desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="份额 " * 5000))
    return sqlite_desk


def size(database: Database) -> int:
    return sum(file.stat().st_size for file in database.settings.home.glob("desk.sqlite3*"))


def test_a_file_is_rewritten_even_after_somebody_only_read(emptied: Database) -> None:
    with emptied.reading() as session:
        assert session.get(Note, "n1") is not None
    assert purge(emptied.engine, {"no such text"}, "note") == Erased(whole=True, left=0)
    assert (
        not list(emptied.settings.home.glob("desk.sqlite3-wal"))
        or (emptied.settings.home / "desk.sqlite3-wal").stat().st_size == 0
    )
    assert check(emptied).findings == []


def test_a_text_that_still_stands_is_counted(emptied: Database) -> None:
    found = purge(emptied.engine, {"份额 份额"}, "note")
    assert found.whole
    assert found.left >= 2


def test_a_reader_in_the_way_is_told(emptied: Database) -> None:
    file = emptied.settings.database_url.removeprefix("sqlite:///")
    with emptied.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout = 10")
    with closing(SQLITE.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        assert not purge(emptied.engine, set(), "note").whole
    assert purge(emptied.engine, set(), "note").whole


def test_texts_are_counted_in_the_bytes_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes("份额 x 份额 \ud800".encode("utf-8", "surrogatepass") + b"\xff")
    assert occurrences(file, {"份额", "x", "y", ""}) == 3
    assert occurrences(file, {" \ud800"}) == 1
    assert occurrences(file, set()) == 0
    assert occurrences(tmp_path / "none", {"x"}) == 0


def test_after_a_purge_a_reader_still_cannot_write(emptied: Database) -> None:
    assert purge(emptied.engine, {"no such words"}, "note").left == 0
    for _ in range(3):
        with pytest.raises(ReadOnly), emptied.reading() as session:
            session.execute(text("DELETE FROM note"))


def test_what_is_deleted_is_zeros_in_the_file_and_gone_from_the_log(
    sqlite_database: Database,
) -> None:
    """T-SEC: a draft, a session or a contact that was removed lies in no freed page."""
    words = "Zibellina " * 400
    with sqlite_database.writing("system:test") as session:
        session.execute(text("CREATE TABLE scratch (words TEXT)"))
        session.execute(text("INSERT INTO scratch VALUES (:words)"), {"words": words})
    with sqlite_database.writing("system:test") as session:
        session.execute(text("DELETE FROM scratch"))
    assert empty_log(sqlite_database.engine)
    for file in sqlite_database.settings.home.glob("desk.sqlite3*"):
        assert b"Zibellina" not in file.read_bytes(), file.name
