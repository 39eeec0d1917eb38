"""Verifying is a job: one at a time, by whoever may still look, and begun again after a kill."""

import pytest
from sqlalchemy import select, text, update

from app import ledger_check
from app.accounts.models import Account, RoleGrant
from app.accounts.roles import Role
from app.db import Database
from app.jobs.models import Job
from app.jobs.task import LeaseLostError, Task
from app.jobs.vocabulary import JobState
from app.ledger import acts, verify
from app.ledger.report import Report
from tests.app.jobs.deeds import work
from tests.app.views.visit import Visit
from tests.claims import newsroom

BY = "editor:wu.an"


def ask(database: Database, by: str = BY) -> Job:
    with database.writing(by) as session:
        return ledger_check.asked(session, by=by)


def found(database: Database) -> ledger_check.Last | None:
    with database.reading() as session:
        return ledger_check.last(session)


def state(database: Database) -> JobState:
    with database.reading() as session:
        job = ledger_check.newest(session)
        assert job is not None
        return job.state


def test_two_who_ask_at_once_wait_for_one_and_both_see_its_result(database: Database) -> None:
    first = ask(database)
    assert ask(database, "editor:zhou.qi").id == first.id
    work(database)
    assert state(database) is JobState.DONE
    last = found(database)
    assert last is not None
    assert (last.entry.actor, last.found["findings"]) == (BY, 0)
    assert last.found["events"] >= int(last.entry.pk) > 0
    assert ask(database).id != first.id


def test_it_says_how_far_it_is_in_both_halves(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_database.writing("system:test") as session:
        newsroom.a_claim(session)
    told: list[tuple[int, int, str]] = []
    monkeypatch.setattr(verify, "OFTEN", 2)
    monkeypatch.setattr(
        Task,
        "progress",
        lambda _task, done, total, words: told.append((done, total, words["en"])),
    )
    ask(sqlite_database)
    work(sqlite_database)
    parts = [done for done, _total, _words in told]
    assert parts == sorted(parts)
    assert parts[0] == 0
    assert parts[-1] < told[-1][1]
    seals = [words for _done, _total, words in told if words.startswith("Checking seals: 2 of ")]
    assert len(seals) == 1
    assert any(words.startswith("Comparing tables") for _done, _total, words in told)


def test_killed_in_the_middle_it_is_done_once_by_the_next_worker(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(database)

    def lost(*_told: object) -> None:
        raise LeaseLostError

    with monkeypatch.context() as patch:
        patch.setattr(ledger_check, "_told", lost)
        work(database)
    assert found(database) is None
    with database.writing("system:test") as session:
        free = {"state": JobState.QUEUED, "holder": None, "leased_until": None}
        session.execute(update(Job).values(free))
    work(database)
    assert state(database) is JobState.DONE
    with database.reading() as session:
        query = text("SELECT count(*) FROM ledger_event WHERE tbl = 'ledger' AND op = 'verify'")
        if not database.is_sqlite:
            query = text(query.text.replace("ledger_event", "ledger.ledger_event"))
        assert session.scalar(query) == 1


def test_who_may_not_look_any_more_is_not_answered(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database, Role.AUDITOR)
    visit.post("/audit/verify")
    with sqlite_database.writing("system:test") as session:
        account = session.scalars(select(Account).where(Account.name == visit.name)).one()
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)):
            session.delete(grant)
    work(sqlite_database)
    assert state(sqlite_database) is JobState.FAILED
    assert found(sqlite_database) is None
    page = Visit(sqlite_database, Role.ADMIN).get("/audit/verify").text
    assert "came to no result" in page
    assert "Whoever asked for this may not do it any more" in page


def test_many_findings_of_one_kind_hide_none_of_another(sqlite_database: Database) -> None:
    report = Report()
    for number in range(acts.TOLD * 3):
        report.add("BAD_MAC", f"leaf {number}")
    report.add("LIVE_DIFF", "claim 1: <b>statement</b>")
    with sqlite_database.writing(BY) as session:
        acts.verified(session, report)
    page = Visit(sqlite_database, Role.AUDITOR).get("/audit/verify").text
    assert page.count(">BAD_MAC<") == acts.TOLD
    assert page.count(">LIVE_DIFF<") == 1
    assert "&lt;b&gt;statement" in page
    assert "40 more of the same kinds are not listed" in page
    assert "61 findings" in page


def test_an_entry_of_an_older_program_is_shown_as_far_as_it_tells(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing(BY) as session:
        acts.record(
            session, "act", "ledger", "5", "verify", {"events": 9, "rows": 7, "findings": 2}
        )
    page = Visit(sqlite_database, Role.AUDITOR).get("/audit/verify").text
    assert "The ledger does not hold" in page
    assert "2 findings" in page
    assert "Duration" not in page
