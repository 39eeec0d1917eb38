"""A refusal says what, why, what next and its number, to people and to programs."""

import re
import uuid
from pathlib import Path

import pytest
from flask import request
from sqlalchemy import select, text
from werkzeug.exceptions import HTTPException

from app.accounts.models import SavedFilter
from app.accounts.roles import Permission, Role
from app.config import Settings
from app.db import Database
from app.errors import BARE, PAGES
from app.ledger import replay
from app.permissions import requires
from claims.models import Figure
from tests.app.past.story import Story
from tests.app.views.visit import Visit

JSON = {"Accept": "application/json"}
INCIDENT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.mark.parametrize("path", ["/queue", "/nothing-here"])
def test_a_dead_database_has_a_page_of_its_own(
    sqlite_database: Database, tmp_path: Path, path: str
) -> None:
    """T-FAULT: nothing acknowledged is lost and nothing is half done."""
    visit = Visit(sqlite_database)
    dead = {
        "DESK_HOME": str(tmp_path / "dead"),
        "DESK_DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
    }
    visit.app.extensions["database"] = Database(Settings.load(dead))
    page = visit.get(path, 503).text
    assert "数据库暂时无法连接" in page
    assert "The database cannot be reached" in page
    # It may have gone away between the commit and its answer.
    assert "nothing was saved" not in page


def test_a_disk_that_is_full_in_the_middle_of_a_form_is_said_to_be_full(
    sqlite_database: Database,
) -> None:
    """T-FAULT: the engine undoes everything, the form's own savepoint as well."""
    visit = Visit(sqlite_database)
    with sqlite_database.writing("system:test") as session:
        pages = session.scalar(text("PRAGMA page_count"))
        # Of the writers' one connection; a disk that is full answers the same.
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    long = "In 2024, 5% of people. " * 2000
    page = visit.post("/articles/new", 507, title="full", way="paste", text=long).text
    assert "服务器的磁盘已满" in page
    visit.get("/queue?view=all")
    with sqlite_database.writing("system:test") as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    visit.post("/articles/new", title="full", way="paste", text="In 2024, 5% of people.")


def test_every_status_has_a_page_in_both_languages_with_its_number(
    sqlite_database: Database,
) -> None:
    assert {400, 401, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429, 431, 500, 503, 507} == PAGES
    for language in ("zh", "en"):
        visit = Visit(sqlite_database, language=language)
        visit.app.view_functions["health.version"] = requires(Permission.PUBLIC)(refuse)
        for status in sorted(PAGES):
            page = visit.get(f"/version?status={status}", status).text
            assert f'<p class="code">{status}</p>' in page
            assert INCIDENT.search(page), status
            assert "<h1>" in page
            assert "<script" not in page or status not in BARE
            told = visit.get(f"/version?status={status}", status, headers=JSON).json
            assert told is not None
            assert told["status"] == status
            assert INCIDENT.fullmatch(told["request"])


def refuse() -> str:
    """Stand in for a view that refuses with the status asked for."""
    refusal = HTTPException()
    refusal.code = int(request.args["status"])
    raise refusal


def test_a_refusal_names_the_roles_and_the_people_who_hold_them(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database, Role.AUDITOR)
    assert "Nobody at this desk holds it" in visit.get("/articles/new", 403).text
    Visit(sqlite_database, Role.REPORTER)
    page = visit.get("/articles/new", 403).text
    assert "Take articles in" in page
    assert "<b>Reporter</b>, <b>Checker</b>" in page
    assert "These colleagues can do it: The reporter" in page
    told = visit.get("/articles/new", 403, headers=JSON).json
    assert told is not None
    assert told["needs"]["permission"] == "add_article"
    assert told["needs"]["held_by"] == ["editor:reporter.en"]


def test_what_was_removed_is_gone_and_its_entry_says_by_whom(database: Database) -> None:
    story = Story(database)
    with database.reading() as session:
        live = session.scalars(select(Figure.id).where(Figure.claim_id == story.claim_id)).first()
        gone = removed_figure(database)
    visit = Visit(database)
    visit.get(f"/figures/{live}/edit")
    page = visit.get(f"/figures/{gone}/edit", 410).text
    assert "This was removed" in page
    entry = re.search(r'href="(/audit/\d+)"', page)
    assert entry is not None
    assert str(gone) in visit.get(entry[1]).text
    told = visit.get(f"/figures/{gone}/edit", 410, headers=JSON).json
    assert told is not None
    assert told["removed"]["by"] == "editor:zhang.min"
    visit.get(f"/figures/{uuid.uuid4()}/edit", 404)


def removed_figure(database: Database) -> str:
    """The key of the figure that the story removes."""
    with database.reading() as session:
        (key,) = replay.removed_since(session, "figure", 0)
    return key


def test_what_was_removed_is_told_at_its_own_address_and_to_readers_of_the_ledger(
    sqlite_database: Database,
) -> None:
    Story(sqlite_database)
    gone, visit = removed_figure(sqlite_database), Visit(sqlite_database)
    visit.get(f"/claims/{gone}", 404)
    visit.get(f"/evidence/{gone}", 404)
    visit.post("/queue/filters", name="mine alone", query="")
    with sqlite_database.reading() as session:
        own = session.scalars(select(SavedFilter.id)).one()
    visit.post(f"/queue/filters/{own}", act="remove")
    other = Visit(sqlite_database, Role.REPORTER)
    other.post(f"/queue/filters/{own}", 404, act="remove")
    other.get(f"/claims/{own}", 404)


def test_an_address_that_asks_for_nonsense_leads_to_the_page_without_it(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database)
    page = visit.get("/queue?contested=perhaps", 422).text
    assert "could not be saved" not in page
    assert '<a class="btn" href="/queue">' in page
    visit.get("/queue")
