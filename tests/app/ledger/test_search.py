"""Entries are found by who, what, when and by the words in their values, page by page."""

import json

import pytest

from app.db import Database
from app.ledger import history, search
from app.ledger.search import Asked
from tests.app.ledger.outsider import shell
from tests.app.ledger.small import Note


def found(database: Database, **asked: object) -> list[str]:
    with database.reading() as session:
        entries = search.entries(session, Asked(**asked), limit=500)  # type: ignore[arg-type]
        return [f"{entry.table} {entry.pk} {entry.op}" for entry in entries]


def test_words_are_found_on_both_sides_of_a_change(worked: Database) -> None:
    assert found(worked, text="份额 changed") == ["note n1 U"]
    assert "note n1 U" in found(worked, text="份额 1")
    assert found(worked, text="REMARK 2") == ["remark m2 I"]
    assert found(worked, text="hash") == []


@pytest.mark.parametrize("title", ['he said "five %"', "a_b\\c", "line\nbreak", "50%", "_"])
def test_signs_in_a_search_mean_themselves(worked: Database, title: str) -> None:
    """T-INJ: signs of a query language are mere signs."""
    with worked.writing("editor:ana") as session:
        session.add(Note(id="n9", title=title))
    worked.seal()
    assert found(worked, text=title, table="note") == ["note n9 I"]


def test_kinds_people_and_operations(worked: Database) -> None:
    assert set(found(worked, kind="schema")) == {"schema 0001_ledger U"}
    assert len(found(worked, actor="editor:ana")) == 8
    assert found(worked, op="D") == ["note n3 D"] or "remark m3 D" in found(worked, op="D")
    assert found(worked, kind="nobody") == []
    assert all("schema" in one for one in found(worked, kind="system"))


def test_a_period_is_exact_and_its_pages_have_no_gap(worked: Database) -> None:
    with worked.reading() as session:
        asked = Asked(since=2, until=11)
        seen: list[int] = []
        after = None
        while page := search.entries(session, asked, after=after, limit=4):
            seen += [entry.seq for entry in page if entry.seq is not None]
            after = search.mark(asked, page[-1])
        assert seen == list(range(10, 1, -1))
        oldest = search.entries(session, asked, limit=3, oldest=True)
        assert [entry.seq for entry in oldest] == [2, 3, 4]


def test_rows_narrow_the_search(worked: Database) -> None:
    assert set(found(worked, rows={"note": ["n0"], "remark": ["m1"]})) == {
        "note n0 I",
        "remark m1 I",
    }
    assert len(found(worked, rows={"pair": None})) == 1


def test_an_entry_has_its_neighbours(worked: Database) -> None:
    with worked.reading() as session:
        last = history.entries(session, limit=1)[0].eid
        assert search.neighbours(session, last)[1] is None
        assert search.neighbours(session, 1)[0] is None
        before, after = search.neighbours(session, 3)
        assert (before, after) == (2, 4)


def test_what_one_request_did_stands_in_its_order(worked: Database) -> None:
    with worked.reading() as session:
        entries = search.of_request(session, "r9", 50)
    assert [entry.table for entry in entries] == sorted(
        (entry.table for entry in entries), key=[entry.table for entry in entries].index
    )
    assert [entry.eid for entry in entries] == sorted(entry.eid for entry in entries)
    assert {entry.actor for entry in entries} == {"editor:bo"}


def test_what_is_not_sealed_yet_is_found_first(sqlite_desk: Database) -> None:
    with shell(sqlite_desk) as outside:
        outside.execute("INSERT INTO note(id, title, done) VALUES ('n1', 'one', 1)")
    with sqlite_desk.reading() as session:
        newest, older = search.entries(session, Asked(), limit=2)
        assert (newest.table, newest.seq, newest.eid) == ("note", None, 3)
        assert search.mark(Asked(), newest) == 3
        assert search.mark(Asked(since=0), older) == older.seq == 1
        assert search.mark(Asked(since=0), newest) == 3
        assert search.entries(session, Asked(), after=3, limit=1) == [older]


@pytest.mark.parametrize("words", ['第 "一" 句', "第一句", 'the "first"'])
def test_a_text_inside_words_of_several_languages_is_found(worked: Database, words: str) -> None:
    with worked.writing("editor:ana") as session:
        title = json.dumps({"zh": words}, ensure_ascii=False)
        session.add(Note(id="n9", title=title))
    worked.seal()
    assert found(worked, text=words) == ["note n9 I"]


def test_who_and_what_are_exact(worked: Database) -> None:
    assert found(worked, actor="editor:an") == []
    assert found(worked, request="r9", table="pair") == ['pair ["a","b"] I']
    assert found(worked, pk="n0", table="note", op="I") == ["note n0 I"]
    assert found(worked, kind="act") == ["note n1 A"]
    assert len(found(worked, kind="data")) == len(found(worked, kind="row")) == 15
    assert found(worked, kind="foreign") == found(worked, kind="export") == []
    assert found(worked, rows={}) == []
    assert found(worked, since=17) == ["note n1 A"]
    assert len(found(worked, until=2)) == 2
    assert Asked(since=0).placed
    assert Asked(until=0).placed
    assert not Asked(actor="x").placed


def test_pages_from_the_oldest_on_meet_without_gap_or_overlap(worked: Database) -> None:
    with worked.reading() as session:
        seen: list[int] = []
        after = None
        while page := search.entries(session, Asked(), after=after, limit=5, oldest=True):
            seen += [entry.eid for entry in page]
            after = search.mark(Asked(), page[-1])
        assert seen == list(range(1, 19))
