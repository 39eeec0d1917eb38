"""Background work on its page: one's own, everybody's for who steers it, with its two buttons."""

import datetime as dt
from typing import Any

import pytest

from app.accounts.roles import Role
from app.db import Database
from app.jobs.vocabulary import JobState
from app.ledger.verify import verify
from sources.base import now
from tests.app.jobs.waiting import a_job
from tests.app.views.visit import Visit

SLOW = {"zh": "网站太慢。", "en": "The site is too slow."}


def made(database: Database, by: str, **values: Any) -> str:
    with database.writing("system:test") as session:
        return str(a_job(session, by, **values).id)


@pytest.fixture
def checker(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def test_everybody_sees_their_own_and_a_lead_sees_all(checker: Visit) -> None:
    lead, database = Visit(checker.database, Role.DESK_LEAD), checker.database
    mine, other = made(database, checker.actor), made(database, "editor:somebody")
    own = checker.get("/jobs.json").json
    assert own is not None
    assert [job["id"] for job in own["jobs"]] == [mine]
    for method in (checker.client.get, checker.client.post):
        address = f"/jobs/{other}" if method == checker.client.get else f"/jobs/{other}/cancel"
        assert method(address).status_code == 404
    everything = lead.get("/jobs").text
    assert mine in everything
    assert other in everything
    assert other not in lead.get("/jobs?whose=mine").text
    lead.get("/jobs?state=nonsense", 422)
    lead.get(f"/jobs/{mine.replace(mine[:4], '0000')}", 404)


def test_a_failure_says_why_and_is_tried_again_then_cancelled(checker: Visit) -> None:
    failed = {"state": JobState.FAILED, "finished_at": now(), "code": "fetch_slow"}
    key = made(checker.database, checker.actor, error=SLOW, attempts=5, **failed)
    page = checker.get(f"/jobs/{key}").text
    assert "The site is too slow." in page
    assert "data-job" not in page
    answer = checker.post(f"/jobs/{key}/retry", next="/sources")
    assert answer.headers["Location"] == "/sources"
    page = checker.get(f"/jobs/{key}").text
    assert f'data-job="/jobs/{key}.json"' in page
    assert "Look again" in page
    checker.post(f"/jobs/{key}/cancel", next="https://elsewhere.example/")
    checker.post(f"/jobs/{key}/cancel", 409)
    told = checker.get(f"/jobs/{key}.json").json
    assert told is not None
    assert (told["job"]["state"], told["job"]["unfinished"]) == ("cancelled", False)
    assert "payload" not in told["job"]
    timeline = checker.get("/audit").text
    assert "Background work to be tried again" in timeline
    assert "Background work cancelled" in timeline
    checker.database.seal()
    assert verify(checker.database).findings == []


def test_how_a_job_stands_is_said_in_a_sentence(checker: Visit) -> None:
    lease = {"holder": "0" * 32, "leased_until": now(), "state": JobState.RUNNING}
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "Waiting for its turn"),
        ({"run_after": now() + dt.timedelta(hours=1)}, "Begins at"),
        ({"run_after": now() + dt.timedelta(hours=1), "error": SLOW}, "It did not work; tried"),
        ({**lease}, "Running"),
        ({**lease, "done": 3, "total": 9}, "Running: 3 of 9"),
        ({**lease, "words": {"zh": "读", "en": "Reading page 3"}}, "Reading page 3"),
    ]
    for values, sentence in cases:
        key = made(checker.database, checker.actor, **values)
        told = checker.get(f"/jobs/{key}.json").json
        assert told is not None
        assert told["job"]["told"].startswith(sentence)
        assert sentence in checker.get(f"/jobs/{key}").text


def test_a_long_list_goes_on_behind_its_cursor(checker: Visit) -> None:
    keys = [made(checker.database, checker.actor) for _ in range(51)]
    first = checker.get("/jobs.json").json
    assert first is not None
    assert [job["id"] for job in first["jobs"]] == keys[:0:-1]
    second = checker.get(first["next"]).json
    assert second is not None
    assert [job["id"] for job in second["jobs"]] == keys[:1]


def test_health_tells_of_the_queue(sqlite_database: Database) -> None:
    admin = Visit(sqlite_database, Role.ADMIN)
    made(sqlite_database, admin.actor, created_at=now() - dt.timedelta(hours=1))
    told = admin.get("/admin/health.json").json
    assert told is not None
    assert told["vitals"]["jobs"]["queued"] == 1
    assert told["vitals"]["jobs"]["well"] is False
    assert told["vitals"]["workers"] == {"well": False, "alive": 0}
    assert "1 waiting, 0 running" in admin.get("/admin/health").text
