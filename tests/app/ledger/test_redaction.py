"""A redaction erases values and nothing else: seals and proofs stay, and the ledger tells of it."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.db_problems import Refused
from app.ledger import acts, history
from app.ledger.erasure import purge
from app.ledger.redaction import NotRedactable, Redaction, redact
from app.ledger.verify_offline import check as hold
from tests.app.ledger.outsider import as_deed, shell
from tests.app.ledger.small import Note, Person, Small, Stamp, captured, check
from tests.app.ledger.test_verify_offline import KEYS, exported

SECRET = "deep.throat@example.org 深喉"


def erase(database: Database, table: str, pk: str, *fields: str) -> Redaction:
    with database.writing("editor:chief", "r-redact", wait_for_seal=True) as session:
        return redact(session.connection(), Small.metadata, table, pk, fields, "asked to")


@pytest.fixture
def leaked(worked: Database) -> Database:
    with worked.writing("editor:ana") as session:
        session.get_one(Note, "n0").title = SECRET
    with worked.writing("editor:ana") as session:
        session.get_one(Note, "n0").done = True
    worked.checkpoint()
    return worked


def test_a_value_is_gone_and_every_seal_and_proof_holds(leaked: Database) -> None:
    before = leaked.checkpoint()
    done = erase(leaked, "note", "n0", "title")
    assert len(done.events) == 3
    assert check(leaked).findings == []
    assert before in leaked.signer.outside()
    with leaked.reading() as session:
        assert session.get_one(Note, "n0").title == "[erased]"
        assert SECRET not in repr(captured(session, "note"))
        logged = history.entries(session, kind="redaction")
    assert [entry.actor for entry in logged] == ["editor:chief"] * 2
    assert logged[-1].new is not None
    assert logged[-1].new["reason"] == "asked to"
    whole = exported(leaked, None)
    assert hold(whole, KEYS, [])["hidden"] == done.values
    assert SECRET not in repr(whole)


def test_work_goes_on_after_a_redaction(leaked: Database) -> None:
    erase(leaked, "note", "n0", "title")
    with leaked.writing("editor:ana") as session:
        session.get_one(Note, "n0").title = "new"
    with leaked.writing("editor:ana") as session:
        session.execute(text("DELETE FROM note WHERE id = 'n0'"))
    assert check(leaked).findings == []
    erase(leaked, "note", "n0", "title", "figure")
    assert check(leaked).findings == []
    with leaked.reading() as session:
        events = captured(session, "note")
        assert "new" not in [event.new for event in events if event.pk == "n0"]


def test_a_row_that_is_gone_is_erased_from_history(worked: Database) -> None:
    done = erase(worked, "note", "n3", "title")
    assert len(done.events) == 2
    assert check(worked).findings == []


def test_erasing_twice_is_no_harm(leaked: Database) -> None:
    erase(leaked, "note", "n0", "title")
    again = erase(leaked, "note", "n0", "title", "data")
    assert again.values >= 0
    assert check(leaked).findings == []


def test_an_immutable_row_and_an_act_can_be_erased_and_nothing_else_of_them(
    worked: Database,
) -> None:
    erase(worked, "stamp", "s1", "body")
    with worked.reading() as session:
        assert session.get_one(Stamp, "s1").body == "[erased]"
    assert check(worked).findings == []
    with pytest.raises(Refused), worked.writing("editor:ana") as session:
        session.execute(text("UPDATE stamp SET id = 's2'"))
    with worked.writing("editor:ana") as session:
        acts.record(session, "read", "person", "p1", "R", {"name": SECRET})
    erase(worked, "person", "p1", "name")
    with worked.reading() as session:
        assert session.get_one(Person, "p1").name == "[erased]"
        assert SECRET not in repr(history.entries(session, limit=500))
    assert check(worked).findings == []


def test_where_the_same_text_still_stands_is_told(leaked: Database) -> None:
    with leaked.writing("editor:ana") as session:
        session.get_one(Note, "n1").title = f"copied: {SECRET}"
    done = erase(leaked, "note", "n0", "title")
    with leaked.reading() as session:
        entry = history.entry(session, done.elsewhere[0])
    assert entry is not None
    assert (entry.pk, len(done.elsewhere)) == ("n1", 1)


def test_the_file_gives_the_bytes_up(leaked: Database) -> None:
    done = erase(leaked, "note", "n0", "title")
    purged = purge(leaked.engine, done.texts, "note")
    assert (purged.whole, purged.left) == (True, 0)
    assert check(leaked).findings == []
    if leaked.is_sqlite:
        for file in leaked.settings.home.glob("desk.sqlite3*"):
            assert SECRET.encode() not in Path(file).read_bytes()


REFUSED = {
    "no such table": ("notes", "n0", ("title",)),
    "no field": ("note", "n0", ()),
    "no such field": ("note", "n0", ("titles",)),
    "a key": ("note", "n0", ("id",)),
    "a link": ("remark", "m0", ("note_id",)),
    "a secret": ("person", "p1", ("password",)),
    "what is no text": ("note", "n0", ("done",)),
    "no such row": ("note", "n99", ("title",)),
}


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(("table", "pk", "fields"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_erased_is_said(
    worked: Database, table: str, pk: str, fields: tuple[str, ...]
) -> None:
    with pytest.raises(NotRedactable):
        erase(worked, table, pk, *fields)
    assert check(worked).findings == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_reason_is_needed_and_a_rolled_back_redaction_did_not_happen(worked: Database) -> None:
    with pytest.raises(NotRedactable, match="why"), worked.writing("editor:x") as session:
        redact(session.connection(), Small.metadata, "note", "n0", ["title"], " ")
    with pytest.raises(ZeroDivisionError), worked.writing("editor:x") as session:  # noqa: PT012 - the exception is how the block ends.
        redact(session.connection(), Small.metadata, "note", "n0", ["title"], "x")
        raise ZeroDivisionError
    assert check(worked).findings == []
    with worked.reading() as session:
        assert session.get_one(Note, "n0").title == "份额 0"


BEYOND = {
    "another field of a named event": "new = '{}', red = '{}'",
    "the name": "actor = 'x', red = '{}'",
    "the salt kept": "red = '{}', salt = 'x'",
}


@pytest.mark.parametrize("change", BEYOND.values(), ids=BEYOND.keys())
def test_the_database_lets_a_redaction_erase_what_it_names_only(
    leaked: Database, change: str
) -> None:
    done = erase(leaked, "note", "n0", "title")
    here = "" if leaked.is_sqlite else "ledger."
    salt = "" if "salt" in change else ", salt = x''" if leaked.is_sqlite else ", salt = ''"
    statement = f"UPDATE {here}ledger_event SET {change}{salt} WHERE eid = {done.events[0]}"  # noqa: S608
    with pytest.raises((Refused, DBAPIError)), leaked.writing("editor:x") as session:
        session.connection().exec_driver_sql(statement)
    assert check(leaked).findings == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_digest_that_was_changed_later_shows(leaked: Database) -> None:
    erase(leaked, "note", "n0", "title")
    with shell(leaked) as outside:
        as_deed(
            "UPDATE ledger_event SET red = json_set(red, '$.d.\"n.title\"', hex(zeroblob(32)))"
            " WHERE red IS NOT NULL AND new IS NOT NULL"
        )(outside)
    assert "LEAF_MISMATCH" in check(leaked).codes


@pytest.mark.parametrize("kind", ["redaction"])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_nobody_records_a_redaction_as_an_act(worked: Database, kind: str) -> None:
    with pytest.raises(ValueError, match=kind), worked.writing("editor:ana") as session:
        acts.record(session, kind, "note", "n1", "R", {})
