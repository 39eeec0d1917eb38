"""Issuing the appendix of a long article is a job: begun again after a kill, it issues once."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from app.appendix_issue import issuing, long_issue
from app.appendix_issue.long_issue import Ordered, enqueued, making, ordered
from app.appendix_issue.preview import preview
from app.db import Database
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from app.ledger.verify import verify
from claims.errors import Conflict
from claims.models import Appendix, AppendixFile
from sources.fetching import Fetcher
from tests.app.appendix_issue.newsdesk import BY, Newsdesk, killed

FORMS = ("json", "md")


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three claims are a long article."""
    for name in ("preview", "long_issue"):
        monkeypatch.setattr(f"app.appendix_issue.{name}.MOST", 2)
    monkeypatch.setattr("app.appendix_issue.making.AT_ONCE", 2)


def order(desk: Newsdesk, **asked: Any) -> Ordered:
    return ordered(desk.database, desk.store, desk.wish(**asked), FORMS, by=BY)


def ask(desk: Newsdesk, **asked: Any) -> tuple[Job, bool]:
    found = order(desk, **asked)
    with desk.database.writing(BY) as session:
        return enqueued(session, found, by=BY)


def work(desk: Newsdesk) -> None:
    Worker(desk.database, Extensions(desk.store, Fetcher(agent="test")), 1).run_ready()


def rows(desk: Newsdesk, model: type[Appendix] | type[Job] | type[AppendixFile]) -> list[Any]:
    with desk.database.reading() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def numbers(desk: Newsdesk) -> list[int]:
    return [row.number for row in rows(desk, Appendix)]


def test_a_job_issues_it_and_has_its_files_made(database: Database) -> None:
    desk = Newsdesk(database)
    job, is_new = ask(desk)
    assert is_new
    again, is_new = ask(desk)
    assert (again.id, is_new) == (job.id, False)
    assert ask(desk, language="en")[1]
    work(desk)
    assert numbers(desk) == [1, 2]
    assert sorted(row.format for row in rows(desk, AppendixFile)) == ["json", "json", "md", "md"]
    assert {row.state for row in rows(desk, Job)} == {JobState.DONE}
    first = next(row for row in rows(desk, Job) if row.id == job.id)
    assert (first.subject_table, first.subject_id) == ("appendix", str(desk.row(1).id))
    assert desk.row(1).created_by == BY
    assert desk.document(1).as_dict()["content"]["claims"]
    assert verify(database).findings == []


def test_what_changes_after_it_was_asked_for_is_no_part_of_it(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    ask(desk)
    desk.reword(desk.numbers()[0], "Something else.")
    work(desk)
    assert "Something else." not in json.dumps(desk.document(1).as_dict())
    ask(desk)
    work(desk)
    assert numbers(desk) == [1, 2]
    ask(desk)
    work(desk)
    assert numbers(desk) == [1, 2]


def test_killed_after_the_issue_it_finds_that_one_again(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-FAULT: killed between the act and its answer."""
    desk = Newsdesk(sqlite_database)
    ask(desk)
    for module, step in ((issuing, "_proven"), (long_issue, "made_at_once")):
        with killed(monkeypatch, module, step):
            work(desk)
        desk.reword(desk.numbers()[0], f"Changed after {step}.")
        with sqlite_database.writing("system:test") as session:
            free = {"state": JobState.QUEUED, "holder": None, "leased_until": None}
            session.execute(update(Job).values(free))
    assert numbers(desk) == [1]
    work(desk)
    assert numbers(desk) == [1]
    assert sorted(row.format for row in rows(desk, AppendixFile)) == ["json", "md"]
    assert verify(sqlite_database).findings == []


def test_it_is_told_which_number_is_made_and_then_is_there(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    ask(desk)
    ask(desk, language="en")

    def told(**asked: Any) -> tuple[int, JobState] | None:
        found = order(desk, **asked)
        with sqlite_database.reading() as session:
            made = making(session, found)
            return (made.number, made.job.state) if made is not None else None

    assert told() == (1, JobState.QUEUED)
    assert told(language="en") == (2, JobState.QUEUED)
    assert told(language="both") is None
    work(desk)
    assert told() == (1, JobState.DONE)
    assert told(language="en") == (2, JobState.DONE)


def test_what_was_not_previewed_is_not_asked_for(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    seen = preview(sqlite_database, desk.store, desk.wish(), reader=BY).root
    asked = (sqlite_database, desk.store, desk.wish(), FORMS)
    ordered(*asked, by=BY, seen=seen)
    for number in desk.numbers():
        desk.reword(number, "Something else.")
    with pytest.raises(Conflict, match="has changed since"):
        ordered(*asked, by=BY, seen=seen)


def test_it_says_how_far_it_is_in_both_languages() -> None:
    assert long_issue.said(200, 5000) == {
        "zh": "正在收集论断：200/5000",
        "en": "Collecting the claims: 200 of 5000",
    }
    assert long_issue.said(5000, 5000)["en"] == "Numbering and signing it"
