"""A contest's day is set and moved, and the register is narrowed and ordered by it."""

import datetime as dt

from sqlalchemy import select

from claims.models import Contest, Finding
from claims.vocabulary import ContestOutcome
from tests.app.browser import Person, Reader, the_json
from tests.app.claim_desk import Desk

DISPUTE = {"reason": "legal", "side": "reader", "statement": "=HYPERLINK(1) says no."}


def raised(desk: Desk, person: Person, **typed: str) -> str:
    answer = person.fill(f"{desk.path}/contests/new", "statement", **{**DISPUTE, **typed})
    assert answer.status_code == 303
    with desk.database.reading() as session:
        newest = session.scalars(select(Contest.id).order_by(Contest.number.desc())).first()
    return f"/contests/{newest}/due"


def overdue(desk: Desk) -> list[str]:
    with desk.database.reading() as session:
        query = select(Finding.code).where(Finding.code == "contest_overdue")
        return list(session.scalars(query))


def test_a_day_is_set_moved_and_taken_away(any_desk: Desk) -> None:
    desk = any_desk
    checker, reviewer = desk.person("li.wei"), desk.person("zhang.min")
    path = raised(desk, checker)
    mine = checker.open(path, "due_on")
    assert reviewer.fill(path, "due_on", due_on="soon").status_code == 422
    assert reviewer.fill(path, "due_on", due_on="2024-02-01").status_code == 303
    assert overdue(desk) == ["contest_overdue"]
    clash = checker.send(mine, due_on="2030-01-01")
    assert clash.status_code == 409
    assert "2024-02-01" in clash.text
    page = Reader(clash.text).form("due_on")
    assert checker.send(page, **{"merge.keep.due_on": "mine"}).status_code == 303
    assert overdue(desk) == []
    assert checker.fill(path, "due_on", due_on="").status_code == 303


def test_the_register_is_narrowed_by_day_age_and_words(desk: Desk, checker: Person) -> None:
    raised(desk, checker, due_on="2024-02-01", party="ACME")
    raised(desk, checker, due_on="2030-02-01")
    raised(desk, checker)
    asked = {
        "": 3,
        "?overdue=1": 1,
        "?older=7": 0,
        "?q=acme": 1,
        "?q=5%25": 3,
        "?q=nobody": 0,
        "?order=due": 3,
    }
    found = {query: the_json(checker, f"/contested.json{query}")["contests"] for query in asked}
    assert {query: len(rows) for query, rows in found.items()} == asked
    days = [row["due_on"] for row in found["?order=due"]]
    assert days == ["2024-02-01", "2030-02-01", None]
    assert [row["overdue"] for row in found["?order=due"]] == [True, False, False]
    table = checker.get("/contested.csv?overdue=1").get_data(as_text=True)
    assert "'=HYPERLINK(1) says no." in table
    assert table.count("\r\n") == 2
    page = checker.read("/contested?order=due&overdue=1")
    assert "overdue" in page.text
    assert checker.get("/contested?older=8").status_code == 422


def test_a_settled_contest_keeps_its_day(desk: Desk, checker: Person) -> None:
    path = raised(desk, checker, due_on="2024-02-01")
    with desk.database.writing("system:test") as session:
        contest = session.scalars(select(Contest)).one()
        contest.outcome = ContestOutcome.REJECTED
        contest.settled_by = "editor:wang.fang"
        contest.settled_at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
        session.flush()
        version = str(contest.version)
    token = checker.open(f"{desk.path}/edit", "kind").fields["csrf_token"]
    data = {"csrf_token": token, "due_on": "2030-01-01", "version": version}
    assert checker.client.post(path, data=data).status_code == 409
    assert not any("due_on" in form.fields for form in checker.read(path).forms)
