"""Narrowings of the queue under a name: one's own, the desk's, and what the queue opens with."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import SavedFilter
from app.accounts.roles import Role
from app.db import Database
from app.ledger.tables import EVENT, options
from tests.app.views.visit import Visit


def kept(visit: Visit) -> list[dict[str, Any]]:
    answer = visit.get("/queue/filters.json").json
    assert answer is not None
    return list(answer["filters"])


def test_a_saved_view_is_a_tab_for_its_owner_and_when_shared_for_all(database: Database) -> None:
    visit, other = Visit(database), Visit(database, Role.REVIEWER)
    query = "status=refuted&sort=-risk&cursor=x&foreign=1"
    answer = visit.post("/queue/filters", name="  重的 ", query=query)
    assert answer.headers["Location"] == "/queue?status=refuted&sort=-risk"
    assert "重的" in visit.get("/queue?status=refuted&sort=-risk").text
    assert kept(other) == []
    (mine,) = kept(visit)
    change = f"/queue/filters/{mine['id']}"
    visit.post(change, act="rename", name="Grave", shared="y", version="1")
    assert [(row["name"], row["own"]) for row in kept(other)] == [("Grave", False)]
    assert "Grave" in other.get("/queue").text
    other.post(change, 403, act="remove")
    visit.post(change, act="remove")
    assert kept(visit) == []


def test_the_queue_opens_with_what_its_reader_chose(sqlite_database: Database) -> None:
    visit, other = Visit(sqlite_database), Visit(sqlite_database, Role.REVIEWER)
    for name, query in (("a", "stage=open"), ("b", "due=day")):
        visit.post("/queue/filters", name=name, query=query)
    first, second = (f"/queue/filters/{row['id']}" for row in kept(visit))
    visit.post(first, act="open")
    visit.post(second, act="open")
    assert visit.get("/queue", 302).headers["Location"] == "/queue?due=day"
    assert [row["opens"] for row in kept(visit)] == [False, True]
    other.get("/queue")
    visit.get("/queue?view=all")
    visit.post(second, act="close")
    visit.get("/queue")


@pytest.mark.parametrize(
    "fields",
    [{"name": "  "}, {"name": "a" * 61}, {"name": "taken"}, {"name": "b", "query": "stage=late"}],
)
def test_what_cannot_be_kept_is_said(sqlite_database: Database, fields: dict[str, str]) -> None:
    visit = Visit(sqlite_database)
    visit.post("/queue/filters", name="taken", query="")
    visit.post("/queue/filters", 422, **{"query": "stage=open", **fields})
    assert len(kept(visit)) == 1


def test_a_filter_renamed_in_two_windows_is_not_lost(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    visit.post("/queue/filters", name="one", query="")
    (row,) = kept(visit)
    visit.post(f"/queue/filters/{row['id']}", name="two", version="1")
    page = visit.post(f"/queue/filters/{row['id']}", 409, name="three", version="1").text
    assert 'value="three"' in page
    assert kept(visit)[0]["name"] == "two"


def test_each_change_is_in_the_ledger(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    visit.post("/queue/filters", name="one", query="stage=open")
    with sqlite_database.reading() as session:
        assert session.scalar(select(SavedFilter.query)) == "stage=open"
        written = session.execute(
            select(EVENT.c.op, EVENT.c.actor).where(EVENT.c.tbl == "saved_filter"),
            execution_options=options(session),
        ).all()
    assert [tuple(row) for row in written] == [("I", visit.actor)]


def test_of_a_filter_nobody_shared_others_do_not_even_learn(sqlite_database: Database) -> None:
    """T-ROLE: a role opens its own pages only."""
    visit, other = Visit(sqlite_database), Visit(sqlite_database, Role.REVIEWER)
    visit.post("/queue/filters", name="one", query="")
    (row,) = kept(visit)
    for act in ("rename", "open", "remove"):
        other.post(f"/queue/filters/{row['id']}", 404, act=act, name="two", version="1")
    visit.post(f"/queue/filters/{row['id']}", name="one", shared="y", version="1")
    other.post(f"/queue/filters/{row['id']}", 403, act="remove")
    assert kept(visit)[0]["name"] == "one"
