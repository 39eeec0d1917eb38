"""Reading the ledger: filters, pages, and the values of one entry."""

import pytest

from app.db import Database
from app.ledger import history
from tests.app.ledger.outsider import shell
from tests.app.ledger.small import Note

FILTERS = [
    ({"kind": "row", "table": "note"}, 7),
    ({"actor": "editor:ana"}, 8),
    ({"request": "r0"}, 2),
    ({"table": "note", "pk": "n1"}, 4),
    ({"kind": "migration"}, 2),
    ({"actor": "editor:nobody"}, 0),
]


@pytest.mark.parametrize(("filters", "count"), FILTERS)
def test_a_filter_leaves_what_it_names(
    worked: Database, filters: dict[str, str], count: int
) -> None:
    with worked.reading() as session:
        listed = history.entries(session, kind=filters.get("kind"), actor=filters.get("actor"),
                                 table=filters.get("table"), pk=filters.get("pk"),
                                 request=filters.get("request"))  # fmt: skip
    assert len(listed) == count
    names = {"request": "request", "kind": "kind", "actor": "actor", "table": "table", "pk": "pk"}
    for entry in listed:
        assert {key: getattr(entry, names[key]) for key in filters} == filters


def test_pages_by_key_meet_without_gap_or_overlap(worked: Database) -> None:
    with worked.reading() as session:
        whole = history.entries(session, limit=1000)
        pages, before = [], None
        while page := history.entries(session, before=before, limit=4):
            pages += page
            before = page[-1].eid
    assert pages == whole
    assert [entry.eid for entry in whole] == sorted((e.eid for e in whole), reverse=True)


def test_an_update_shows_each_changed_field(worked: Database) -> None:
    with worked.reading() as session:
        newest = history.entries(session, kind="row", table="note", pk="n1", limit=1)[0]
        assert history.entry(session, newest.eid) == newest
        assert history.entry(session, 10**9) is None
    assert newest.changes == [("title", "份额 1", "份额 changed")]
    assert (newest.op, newest.actor, newest.request) == ("U", "editor:bo", "r10")


def test_the_position_counts_seals_and_the_revision_is_the_databases(worked: Database) -> None:
    with worked.reading() as session:
        whole = history.entries(session, limit=1000)
        assert history.position(session) == len(whole)
        assert history.schema_revision(session) == "0001_ledger"
        assert {entry.table for entry in history.migrations(session)} == {"schema"}


def test_a_page_is_one_statement_however_long_the_ledger(worked: Database) -> None:
    with worked.writing("editor:ana") as session:
        session.add_all([Note(id=f"x{n}", title=f"x{n}") for n in range(60)])
    worked.seal()
    with worked.reading() as session:
        assert len(history.entries(session)) == 50


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_database_without_a_revision_is_at_the_base(worked: Database) -> None:
    with shell(worked) as outside:
        outside.execute("DELETE FROM alembic_version")
    with worked.reading() as session:
        assert history.schema_revision(session) == "base"
    with shell(worked) as outside:
        outside.execute("INSERT INTO alembic_version VALUES ('b'), ('a')")
    with worked.reading() as session:
        assert history.schema_revision(session) == "a,b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, None),
        ('{"a":1.10,"b":[2,3.0],"c":"甲"}', {"a": "1.10", "b": [2, "3.0"], "c": "甲"}),
        ("[1]", {"": "[1]"}),
        ("rubbish", {"": "rubbish"}),
        ("null", {"": "null"}),
        ("[" * 100_000, {"": "[" * 100_000}),
    ],
)
def test_a_stored_image_is_shown_whatever_it_is(text: str | None, found: object) -> None:
    assert history.payload(text) == found


def entry(old: dict[str, object] | None, new: dict[str, object] | None) -> history.Entry:
    return history.Entry(
        eid=1, seq=0, kind="row", table="note", pk="n1", op="U", at="", actor=None, request=None,
        via="app", old=old, new=new,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (None, None, []),
        (None, {"b": 1, "a": 2}, [("b", None, 1), ("a", None, 2)]),
        ({"b": 1, "a": None}, None, [("b", 1, None)]),
        ({"a": 1, "b": 2, "z": 3}, {"c": 4, "b": 2, "a": 5}, [("c", None, 4), ("a", 1, 5),
                                                           ("z", 3, None)]),
    ],
)  # fmt: skip
def test_only_what_differs_is_a_change(
    old: dict[str, object] | None, new: dict[str, object] | None, changes: list[history.Change]
) -> None:
    assert entry(old, new).changes == changes
