"""The home page: what waits for the person, how the desk stands, and what to do when nothing is."""

import datetime as dt
from typing import Any

from app.accounts.roles import Role
from app.db import Database
from claims.material import material_sha256
from claims.models import Claim
from claims.sign_offs import sign
from claims.triage import accept
from claims.workflow import submit
from sources.base import now
from tests.app.views.visit import Visit
from tests.claims import newsroom, sorting


def told(visit: Visit, path: str = "/home.json") -> dict[str, Any]:
    answer = visit.get(path).json
    assert isinstance(answer, dict)
    return answer


def a_taken_claim(database: Database, holder: str, **facts: Any) -> Claim:
    with database.writing("system:test") as session:
        claim = newsroom.a_claim(session, **facts)
    with database.writing(holder) as session:
        session.get_one(Claim, claim.id).assignee = holder
    database.seal()
    return claim


def test_a_desk_without_an_article_shows_its_first_steps(database: Database) -> None:
    page = Visit(database).get("/").text
    assert "Three steps to the first signed claim" in page
    assert "Your turn" not in page
    assert "第一条论断" in Visit(database, Role.REPORTER, language="zh").get("/").text


def test_a_claim_shows_why_it_waits_and_since_when(database: Database) -> None:
    visit = Visit(database)
    claim = a_taken_claim(database, visit.actor)
    page = visit.get("/").text
    assert "You took it" in page
    assert f"/claims/{claim.id}/snooze" in page
    assert '<span class="vh">your turn: </span>1' in page
    (row,) = told(visit)["your_turn"]
    assert (row["id"], row["reason"]) == (str(claim.id), "assigned")
    taken = dt.datetime.fromisoformat(row["since"])
    assert claim.created_at <= taken <= now()
    assert now() - taken < dt.timedelta(minutes=10)


def test_since_when_is_the_act_and_not_the_claims_age(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    a_taken_claim(sqlite_database, visit.actor, created_at=now() - dt.timedelta(days=9))
    since = dt.datetime.fromisoformat(told(visit)["your_turn"][0]["since"])
    assert now() - since < dt.timedelta(minutes=10)


def test_nothing_waiting_says_what_comes_next(database: Database) -> None:
    with database.writing("system:test") as session:
        claim = newsroom.a_claim(session)
        claim.article.deadline = now() + dt.timedelta(days=3)
    page = Visit(database, Role.AUDITOR).get("/").text
    assert "Nothing is waiting for you." in page
    assert "Next deadline:" in page
    assert "view=unassigned" in page
    assert "your turn:" not in page


def test_progress_statuses_and_what_happened_lately_are_counted(database: Database) -> None:
    with database.writing("editor:li.wei") as session:
        claim = newsroom.a_submitted_claim(session)
        newsroom.a_claim(session, article=claim.article)
        sign(session, claim, by="editor:zhang.min", seen_sha256=material_sha256(claim))
        version = sorting.an_article_to_sort(session, sorting.TEXT, title="Order")
        accept(session, version, 1, by="editor:li.wei")
    found = told(Visit(database))
    first = next(row for row in found["deadlines"] if row["article"] == claim.article.key)
    assert (first["claims"], first["signed_off"]) == (2, 1)
    assert found["statuses"]["supported"] == 1
    assert found["counts"]["decided"] == 1
    assert found["counts"]["signed"] == 1
    assert found["since_yesterday"]["migrations"] > 0
    assert sum(found["undecided_proposals"].values()) > 0


def test_a_void_sign_off_is_counted_and_leads_to_its_claims(database: Database) -> None:
    with database.writing("editor:li.wei") as session:
        claim = newsroom.a_submitted_claim(session)
        sign(session, claim, by="editor:zhang.min", seen_sha256=material_sha256(claim))
        newsroom.attached(session, claim)
    visit = Visit(database)
    assert told(visit)["counts"]["void"] == 1
    listed = visit.get("/queue.json?flag=void").json
    assert listed is not None
    assert [row["id"] for row in listed["claims"]] == [str(claim.id)]
    with database.writing("editor:li.wei") as session:
        submit(session, session.get_one(Claim, claim.id), by="editor:li.wei")
    assert told(visit)["counts"]["void"] == 0


def test_the_page_takes_eight_statements_and_the_count_however_much_waits(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database)
    counts = []
    for _ in range(2):
        for _ in range(6):
            a_taken_claim(sqlite_database, visit.actor)
        visit.get("/")
        with visit.statements() as sent:
            visit.get("/")
        counts.append(len([one for one in sent if " account" not in one.partition("FROM")[2]]))
    assert counts[0] == counts[1] <= 10, sent
