"""Reading the ledger: filters, pages, and the values of one entry."""

import pytest

from app.db import Database
from app.ledger import history
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
