"""The preview of an appendix with its options, and issuing what was previewed."""

import json
import re

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.jobs.task import Extensions
from app.jobs.worker import Worker
from app.ledger import history
from claims.models import Appendix, Article
from sources.fetching import Fetcher
from tests.app.appendix_issue.newsdesk import Newsdesk
from tests.app.views.visit import Visit

OK = 200


@pytest.mark.parametrize("page", ["", "/appendix", "/intake", "/numbers"])
def test_an_article_without_a_text_is_not_there_yet(database: Database, page: str) -> None:
    with database.writing("system:test") as session:
        session.add(
            Article(key="empty", title={"en": "Empty"}, language="en", created_by="system:test")
        )
    answer = Visit(database).get(f"/articles/empty{page}", 404)
    assert "This article has no text yet." in answer.text


@pytest.mark.parametrize("page", ["", "/appendix"])
def test_an_unknown_article_is_not_there(database: Database, page: str) -> None:
    assert "There is no such article." in Visit(database).get(f"/articles/nobody{page}", 404).text


def sent(visit: Visit, path: str, status: int = 303, **more: object) -> str:
    """Send the form of a preview as it came; return where it leads, or the page it gives back."""
    page = visit.get(path).text
    hidden = re.findall(r'<input[^>]*name="(\w+)" type="hidden" value="([^"]*)"', page)
    fields = {**dict(hidden), "formats": ["json"], **more}
    answer = visit.post(path.partition("?")[0], status, **fields)
    return answer.headers.get("Location") or answer.text


def test_the_options_stand_in_the_address_and_what_is_previewed_is_issued(
    database: Database,
) -> None:
    desk, visit = Newsdesk(database), Visit(database)
    path = f"/articles/{desk.key}/appendix"
    page = visit.get(f"{path}?profile=public&language=both&style=apa&version=1").text
    assert re.search(r'id="profile-3"[^>]*checked|checked[^>]*id="profile-3"', page)
    assert "核查附录" in page
    # A browser would ask for every box of a list whose boxes are required.
    assert " required" not in page.partition('id="issue"')[2].partition("</form>")[0]
    assert "3 claims are not signed off" in page
    assert "Claims that nobody has signed off go out to the public." in page
    led = sent(visit, f"{path}?profile=public&language=both&style=apa&version=1")
    assert led == f"{path}/1"
    row = desk.row(1)
    assert (row.profile, row.language, row.style) == ("public", "both", "apa")
    again = visit.get(f"{path}?profile=public&language=both&style=apa").text
    assert "Nothing has changed since" in again


def test_a_browser_lets_one_file_be_enough(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    page = Visit(sqlite_database).get(f"/articles/{desk.key}/appendix").text
    boxes = re.findall(r'<input[^>]*name="formats"[^>]*>', page)
    assert len(boxes) > 1
    assert not [box for box in boxes if "required" in box]


def test_what_changed_since_the_preview_is_shown_before_it_is_issued(
    sqlite_database: Database,
) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    path = f"/articles/{desk.key}/appendix"
    told = sent(visit, path, 409, seen="0" * 64)
    assert "has changed since you opened the preview" in told
    assert sent(visit, path, 422, formats=[]).count("Choose at least one file format.") > 0
    assert "An appendix has no such option." in sent(visit, path, 422, style="mine")
    with sqlite_database.reading() as session:
        assert session.scalars(select(Appendix)).all() == []


def test_a_moment_that_is_none_stands_beside_the_preview_of_now(sqlite_database: Database) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    page = visit.get(f"/articles/{desk.key}/appendix?as_of=this+morning", 422).text
    assert "That is no moment." in page
    assert 'value="this morning"' in page
    visit.get(f"/articles/{desk.key}/appendix?profile=everybody", 422)


def test_a_form_refused_for_a_state_of_the_past_is_shown_with_that_state(
    database: Database,
) -> None:
    """The page of a refusal is made while the request may still write; it replays the ledger."""
    desk, visit = Newsdesk(database), Visit(database)
    database.seal()
    with database.reading() as session:
        number = history.position(session)
    path = f"/articles/{desk.key}/appendix?as_of={number}"
    assert "Choose at least one file format." in sent(visit, path, 422, formats=[])
    assert "has changed since you opened the preview" in sent(visit, path, 409, seen="0" * 64)


def test_what_is_missing_leads_to_the_claims(sqlite_database: Database) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    page = visit.get(f"/articles/{desk.key}/appendix").text
    told = page.partition("What is missing")[2].partition("What is hidden")[0]
    assert len(set(re.findall(r'href="(/claims/[0-9a-f-]{36})"', told))) == 3


def test_only_who_may_issue_is_offered_to_issue(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    path = f"/articles/{desk.key}/appendix"
    admin = Visit(sqlite_database, Role.ADMIN)
    assert 'method="post" action="' + path not in admin.get(path).text
    admin.post(path, 403, formats=["json"])


def test_a_large_article_is_previewed_in_part_and_issued_in_the_background(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, visit = Newsdesk(sqlite_database), Visit(sqlite_database)
    path = f"/articles/{desk.key}/appendix"
    for name in ("preview", "long_issue"):
        monkeypatch.setattr(f"app.appendix_issue.{name}.MOST", 2)
    page = visit.get(f"{path}?language=en").text
    assert "The first 2 claims of 3 are shown" in page
    assert "The preview ends here: the files hold 1 claim more." in page
    assert "3 claims are not signed off" in page
    assert "issuing goes on in the background" in page
    assert "Found when the appendix is issued." in page
    for untold in ("The article as a whole is not signed off.", "This is the first appendix"):
        assert untold not in page
    assert "has changed since you opened the preview" in sent(visit, path, 409, seen="0" * 64)
    led = sent(visit, f"{path}?language=en")
    assert led == f"{path}?profile=editor&language=en&style=chicago#issue"
    page = visit.get(led).text
    assert "No. 1 is being made" in page
    assert 'href="/jobs"' in page.partition('id="issue"')[2]
    assert sent(visit, f"{path}?language=en") == led
    assert "Such an appendix is being made already" in visit.get(led).text
    Worker(sqlite_database, Extensions(desk.store, Fetcher(agent="test")), 1).run_ready()
    page = visit.get(led).text
    assert "Issued last with these options" in page
    assert f'href="{path}/1"' in page.partition('id="issue"')[2].partition("</section>")[0]
    told = json.loads(visit.get(f"{path}.json?language=en").data)
    assert (told["left_out"], told["root"], told["missing"]["more"]) == (1, None, {})
    assert visit.get(f"{path}/1").status_code == OK
