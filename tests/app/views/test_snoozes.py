"""Putting a claim aside through its form, and fetching it back."""

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.selection import short
from claims.models import Snooze
from tests.app.claim_desk import Desk
from tests.app.views.visit import Visit


def test_a_claim_is_put_aside_until_eight_in_the_morning(database: Database) -> None:
    desk = Desk(database)
    person = desk.person("li.wei")
    answer = person.fill(f"{desk.path}/snooze", "how_long", how_long="3")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    with database.reading() as session:
        (row,) = session.scalars(select(Snooze))
    assert row.created_by == "editor:li.wei"
    assert row.until is not None
    assert row.until.astimezone(dt.timezone(dt.timedelta(hours=8))).hour == 8
    assert "is put aside" in person.get("/").text


def test_it_is_fetched_back_by_its_owner(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    visit = Visit(sqlite_database)
    visit.post("/queue/bulk", claims=[short(desk.claim_id, 1)], act="take")
    visit.post(f"{desk.path}/snooze", how_long="event")
    assert f"/claims/{desk.claim_id}/wake" in visit.get("/?snoozed=1").text
    assert desk.count(Snooze) == 1
    visit.post(f"{desk.path}/wake")
    assert desk.count(Snooze) == 0
    assert f"/claims/{desk.claim_id}/snooze" in visit.get("/").text


@pytest.mark.parametrize(
    "typed",
    [
        {"how_long": "date"},
        {"how_long": "date", "until": "tomorrow"},
        {"how_long": "date", "until": "2001-01-01"},
        {"how_long": "forever"},
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(
    sqlite_database: Database, typed: dict[str, str]
) -> None:
    desk = Desk(sqlite_database)
    visit = Visit(sqlite_database)
    page = visit.post(f"{desk.path}/snooze", 422, **typed).text
    assert "<title>Error:" in page
    assert typed.get("until", "") in page
    assert desk.count(Snooze) == 0


def test_who_only_reads_puts_nothing_aside(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    Visit(sqlite_database, Role.AUDITOR).post(f"{desk.path}/snooze", 403, how_long="1")
    assert desk.count(Snooze) == 0
    Visit(sqlite_database).get("/claims/0190a000-0000-7000-8000-000000000000/snooze", 404)
