"""The deadline of an article: set in the desk's time, met by two people, seen where work is."""

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.ledger.tables import EVENT, options
from claims.models import Article
from tests.app.views.visit import Visit
from tests.claims import newsroom


def an_article(database: Database) -> str:
    with database.writing("system:test") as session:
        article = newsroom.an_article(session)
        session.add(newsroom.a_version(article, 1, "5%"))
        newsroom.a_claim(session, article=article)
        return f"/articles/{article.key}"


def test_it_is_set_moved_and_taken_away_and_shown_where_the_work_is(database: Database) -> None:
    path, visit = an_article(database), Visit(database)
    visit.post(f"{path}/deadline", deadline="2031-05-06 18:00", version="1")
    for page in (path, "/articles?sort=deadline", "/"):
        assert "2031-05-06 18:00" in visit.get(page).text
    assert 'value="2031-05-06 18:00"' in visit.get(f"{path}/deadline").text
    twin = visit.get("/queue.json?due=later").json
    assert twin is not None
    assert twin["claims"][0]["due_at"] == "2031-05-06T10:00:00+00:00"
    visit.post(f"{path}/deadline", deadline="", version="2")
    with database.reading() as session:
        assert session.scalar(select(Article.deadline)) is None
        changes = session.execute(
            select(EVENT.c.actor).where(EVENT.c.tbl == "article", EVENT.c.op == "U"),
            execution_options=options(session),
        ).all()
    assert [change.actor for change in changes] == [visit.actor] * 2


def test_what_is_no_moment_is_refused_and_what_another_set_is_shown(
    sqlite_database: Database,
) -> None:
    path, visit = an_article(sqlite_database), Visit(sqlite_database)
    assert (
        "Write it as 2026-12-24"
        in visit.post(f"{path}/deadline", 422, deadline="soon", version="1").text
    )
    visit.post(f"{path}/deadline", deadline="2031-05-06", version="1")
    met = visit.post(f"{path}/deadline", 409, deadline="2032-01-01", version="1").text
    assert "2031-05-06 23:59" in met
    assert "2032-01-01" in met


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPROVER])
def test_who_may_not_add_articles_sets_none(sqlite_database: Database, role: Role) -> None:
    path, visit = an_article(sqlite_database), Visit(sqlite_database, role)
    assert f"{path}/deadline" not in visit.get(path).text
    visit.post(f"{path}/deadline", 403, deadline="2031-05-06")


def test_a_list_of_articles_is_searched_and_says_whose_turn_it_is(
    sqlite_database: Database,
) -> None:
    an_article(sqlite_database)
    visit = Visit(sqlite_database)
    found = visit.get("/articles?q=ten+years").text
    assert "a checker 1" in found
    assert "No article has these words." in visit.get("/articles?q=nowhere").text
    visit.get("/articles?sort=colour", 422)


def test_a_lead_sees_what_each_has_in_hand(sqlite_database: Database) -> None:
    with sqlite_database.writing("system:test") as session:
        newsroom.a_claim(session, assignee="editor:zhang.min")
    lead, checker = Visit(sqlite_database, Role.DESK_LEAD), Visit(sqlite_database)
    assert "assignee=editor:zhang.min" in lead.get("/").text.replace("%3A", ":")
    team = lead.get("/home.json").json
    assert team is not None
    assert team["team"] == [{"actor": "editor:zhang.min", "claims": 1, "overdue": 0}]
    assert "In hand" not in checker.get("/").text


def test_a_day_before_all_calendars_is_refused_in_words(sqlite_database: Database) -> None:
    path, visit = an_article(sqlite_database), Visit(sqlite_database)
    page = visit.post(f"{path}/deadline", 422, deadline="0001-01-01 00:00", version="1").text
    assert "Write it as 2026-12-24" in page
