"""Fingerprints of schemas: what is the same, what differs, and how that is said."""

from hashlib import sha256

from app.db import Database
from app.ledger import fingerprint
from tests.app.ledger.small import Small


def test_what_is_missing_added_or_changed_is_named_in_order() -> None:
    recorded = {"table a": "1", "table b": "2", "trigger c": "3", "view z": "4"}
    found = {"table a": "1", "table b": "9", "index d": "5", "view z": "4"}
    assert fingerprint.differences(recorded, found) == [
        ("index d", "added"),
        ("table b", "changed"),
        ("trigger c", "missing"),
    ]
    assert fingerprint.differences(found, found) == []


def test_triggers_and_functions_are_code_and_tables_are_not() -> None:
    assert [
        fingerprint.is_code(name)
        for name in ("trigger a", "function ledger.write()", "table trigger", "index a", "grants a")
    ] == [True, True, False, False, False]


def test_all_objects_have_one_fingerprint_whatever_their_order() -> None:
    one = fingerprint.combined({"b": "2", "a": "1"})
    assert one == fingerprint.combined({"a": "1", "b": "2"}) == sha256(b"a\t1\nb\t2").hexdigest()
    assert one != fingerprint.combined({"a": "1", "b": "3"})


def test_every_object_has_its_kind_and_name(desk: Database) -> None:
    with desk.reading() as session:
        found = fingerprint.objects(session.connection())
    public = "" if desk.is_sqlite else "public."
    tables = {f"table {public}{name}" for name in Small.metadata.tables}
    assert tables < set(found)
    assert all(len(digest) == 16 and int(digest, 16) >= 0 for digest in found.values())
    assert list(found) == sorted(found)
    assert not [name for name in found if "sqlite_" in name]


def test_spacing_is_no_change_and_a_word_is(sqlite_desk: Database) -> None:
    def digest(statement: str) -> str:
        with sqlite_desk.keeping() as connection:
            connection.exec_driver_sql("DROP VIEW IF EXISTS v")
            connection.exec_driver_sql(statement)
            return fingerprint.objects(connection)["view v"]

    first = digest("CREATE VIEW v AS SELECT id FROM note")
    assert digest("CREATE VIEW v AS  SELECT id\n FROM note") == first
    assert digest("CREATE VIEW v AS SELECT title FROM note") != first
