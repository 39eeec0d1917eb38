"""The page of an issue: its files, what it replaces, who fetched it, and making another file."""

import re

import pytest

from app.accounts.roles import Role
from app.appendix_issue import making
from app.db import Database
from claims.vocabulary import Profile
from tests.app.appendix_issue.newsdesk import Newsdesk
from tests.app.views.visit import Visit


def test_a_file_is_made_and_fetched_from_the_page_of_the_issue(database: Database) -> None:
    desk, visit = Newsdesk(database), Visit(database)
    desk.issue()
    path = f"/articles/{desk.key}/appendix/1"
    assert "Not made yet." in visit.get(path).text
    visit.post(f"{path}/files", format="md")
    file = desk.make(1, "md")
    page = visit.get(path).text
    assert file.file_sha256 in page
    assert "Nobody has fetched a file of it yet." in page
    answer = visit.get(f"{path}/md")
    assert answer.data == desk.store.read(file.file_sha256)
    name = f"{desk.key}-appendix-1.md"
    assert name in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert visit.client.head(f"{path}/md").status_code == 200
    database.seal()
    told = visit.get(f"{path}.json").json
    assert told is not None
    assert [one["format"] for one in told["handed_out"]] == ["md"]
    assert told["issue"]["files"][0]["size"] == len(answer.data)
    assert "state_sha256" not in visit.get(f"{path}.json").text


def test_by_the_page_of_an_internal_issue_nobody_tests_a_guess_of_its_words(
    sqlite_database: Database,
) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    desk.issue(profile=Profile.INTERNAL)
    file = desk.make(1, "csv")
    path = f"/articles/{desk.key}/appendix"
    for page in (f"{path}/1", f"{path}/1.json", f"{path}.json"):
        assert file.file_sha256 not in visit.get(page).text
    told = visit.get(f"{path}/1.json").json
    assert told is not None
    assert told["issue"]["files"][0]["size"] is None
    assert visit.get(f"{path}/1/csv").data == desk.store.read(file.file_sha256)


def test_a_long_file_is_a_job_and_the_page_says_how_it_stands(sqlite_database: Database) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    desk.issue()
    path = f"/articles/{desk.key}/appendix/1"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(making, "AT_ONCE", 1)
        visit.post(f"{path}/files", format="md")
    page = visit.get(path).text
    assert "1 file is being made." in page
    assert "data-job=" in page
    assert re.search(r'action="/jobs/[0-9a-f-]{36}/cancel"', page)


def test_it_says_what_it_replaces_and_what_replaced_it(sqlite_database: Database) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    desk.issue()
    number = desk.numbers()[1]
    desk.reword(number, "The share was 6 %.")
    desk.issue()
    path = f"/articles/{desk.key}/appendix"
    second = visit.get(f"{path}/2").text
    changes = second.partition('id="replaces-title"')[2]
    assert f'href="{path}/1"' in changes
    assert f"C-{number:02d}" in changes
    assert "No. 2 has replaced it." in visit.get(f"{path}/1").text
    visit.get(f"{path}/3", 404)
    # The issue of then is on the page of then, and nothing can be made there.
    past = visit.get(f"{path}/1?at={desk.row(2).ledger_position}").text
    assert "has replaced it" not in past
    assert "<form" not in past.partition("<main")[2].partition("</main>")[0]


def test_making_a_file_is_for_who_may_issue(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    path = f"/articles/{desk.key}/appendix/1"
    Visit(sqlite_database, Role.ADMIN).post(f"{path}/files", 403, format="md")
    assert desk.row(1).files == []
