"""Copies of the past are built once, shared, let go when many, and outlive no redaction."""

from contextlib import ExitStack

import pysqlite3
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.db import Database
from app.ledger import history
from app.ledger.redaction import redact
from app.ledger.replay import ERASED, Era
from app.models import Base
from app.past import copies
from app.past.copies import Copies
from app.past.copy import NOT_RECORDED_TEXT, Copy
from app.past.place import Place
from app.past.scope import of_queue
from claims.models import Claim, Figure
from sources.base import now
from tests.claims import newsroom


def sqlite3_error() -> type[Exception]:
    """The driver's complaint about a connection that is closed."""
    found: type[Exception] = vars(pysqlite3)["ProgrammingError"]
    return found


def place(position: int) -> Place:
    return Place(position, now(), str(position))


def grown(database: Database) -> int:
    with database.writing("editor:li.wei") as session:
        newsroom.a_claim(session)
    database.seal()
    with database.reading() as session:
        return history.position(session)


def test_a_state_is_built_once_and_shared(sqlite_database: Database) -> None:
    kept, position = Copies(), grown(sqlite_database)
    with sqlite_database.reading() as session:
        with kept.reading(session, of_queue(), place(position)) as one:
            pass
        with kept.reading(session, of_queue(), place(position)) as two:
            assert one is two
        with kept.reading(session, of_queue(), place(position - 1)) as other:
            assert other is not one


def test_a_redaction_makes_every_copy_out_of_date(database: Database) -> None:
    kept, position = Copies(), grown(database)
    with database.reading() as session, kept.reading(session, of_queue(), place(position)) as one:
        pass
    with database.writing("editor:admin") as session:
        claim = session.scalars(select(Claim.id)).first()
        connection = session.connection()
        redact(connection, Base.metadata, "claim", str(claim), ["statement"], "a source asked")
    with database.reading() as session, kept.reading(session, of_queue(), place(position)) as two:
        assert one is not two


def test_the_oldest_goes_first_but_not_while_it_is_read(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "MOST", 2)
    kept, position = Copies(), grown(sqlite_database)
    with sqlite_database.reading() as session, ExitStack() as stack:
        first = stack.enter_context(kept.reading(session, of_queue(), place(position)))
        for step in (1, 2, 3):
            with kept.reading(session, of_queue(), place(position - step)):
                pass
        with first.reading() as opened:
            assert opened.query(Claim).count() == 1
    with pytest.raises(sqlite3_error(), match="closed"):
        first._anchor.execute("SELECT 1")  # noqa: SLF001 - that it is closed is the test


def test_a_copy_cannot_be_written_to(sqlite_database: Database) -> None:
    kept, position = Copies(), grown(sqlite_database)
    with (
        sqlite_database.reading() as session,
        kept.reading(session, of_queue(), place(position)) as copy,
        copy.reading() as opened,
        pytest.raises(OperationalError, match="readonly"),
    ):
        opened.execute(text("DELETE FROM claim"))


def test_what_was_not_recorded_then_says_so_where_words_fit() -> None:
    row = {"id": "01900000-0000-7000-8000-000000000001", "number": 1, "stated_text": "5%"}
    later = {"figure": frozenset({"basis", "period", "low", "material"})}
    copy = Copy({"figure": {row["id"]: row}}, Era(1, "0004_x", later, frozenset(), {}))  # type: ignore[dict-item]
    with copy.reading() as session:
        figure = session.query(Figure).one()
        assert figure.basis == {"zh": "当时未记录", "en": "not recorded then"}
        assert figure.period == NOT_RECORDED_TEXT
        assert figure.low is None
        assert figure.material is True
        assert figure.high is None
        assert history.position(session) == 1
        assert history.schema_revision(session) == "0004_x"
    copy.close()


def test_an_erased_value_says_so_in_the_past() -> None:
    key = "01900000-0000-7000-8000-000000000001"
    row = {"id": key, "number": 1, "statement": ERASED, "key": ERASED, "due_at": ERASED}
    copy = Copy({"claim": {key: row}}, Era(1, "0004_x", {}, frozenset(), {}))
    with copy.reading() as session:
        claim = session.query(Claim).one()
        assert claim.statement == {"zh": "［已删除］", "en": "[erased]"}
        assert claim.key == ERASED
        assert claim.due_at is None
    copy.close()
