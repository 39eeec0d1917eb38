"""Copies from the web, by forms alone: asked for, looked at, taken over, replaced by a file."""

import io
import uuid
from typing import Any

from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator
from werkzeug.test import TestResponse

from app.accounts.roles import Role
from app.db import Database
from claims.models import Evidence
from sources.attempt_models import CaptureAttempt
from sources.models import Snapshot, Source
from tests.app.browser import Person
from tests.app.capturing import a_page, worker
from tests.app.claim_desk import NEW_SOURCE, Desk, assess
from tests.app.test_undoing import undo
from tests.app.views.visit import Visit
from tests.sources.documents.hostile_files import picture
from tests.sources.servers import Server, answer, fetcher, serving
from tests.sources.test_capture import PAGE

FIT: dict[str, Any] = {"kind": "news_report", "tier": "established", "lineage": "unknown"}
MISSING = answer(b"<h1>gone", status="404 Not Found")


def url_at(server: Server) -> str:
    return f"http://news.example.org:{server.port}/a"


def captured(visit: Visit, server: Server) -> Source:
    """A source of which a copy was asked for on its page, and the answer of its site came."""
    source = a_page(visit.database, server)
    visit.post(f"/sources/{source.key}/capture")
    worker(visit.database, fetcher(server)).run_ready()
    return source


def test_a_new_source_is_captured_unless_somebody_says_no(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    form = visit.get("/sources/new").text
    assert 'id="keep" name="keep" type="checkbox" value="y"' in form.replace("checked ", "")
    assert "checked" in form[form.index('id="keep"') - 20 : form.index('id="keep"') + 80]
    with serving(answer(PAGE)) as server:
        url = url_at(server)
        place = visit.post("/sources/new", **FIT, url=url, keep="y").headers["Location"]
        assert "data-job" in visit.get(place).text
        visit.post("/sources/new", **FIT, url=url + "b")
        assert worker(sqlite_database, fetcher(server)).run_ready() == 1
    page = visit.get(place).text
    for shown in ("Snapshot kept", "HTTP 200", "a.html", "The captured page says", "份额升至 5%"):
        assert shown in page


def test_the_site_of_a_new_confidential_source_is_left_alone_until_somebody_asks(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database)
    with serving(answer(PAGE)) as server:
        typed = {**FIT, "url": url_at(server), "keep": "y", "confidential": "y"}
        place = visit.post("/sources/new", **typed).headers["Location"]
        assert "data-job" not in visit.get(place).text
        assert worker(sqlite_database, fetcher(server)).run_ready() == 0
        visit.post(f"{place}/capture")
        assert worker(sqlite_database, fetcher(server)).run_ready() == 1


def test_a_failed_capture_says_why_in_both_languages_and_can_be_asked_for_again(
    sqlite_database: Database,
) -> None:
    visit, chinese = Visit(sqlite_database), Visit(sqlite_database, language="zh")
    with serving(MISSING) as server:
        source = captured(visit, server)
    page = visit.get(f"/sources/{source.key}").text
    for shown in ("Not kept", "The site has no such page (404)", "Try again", "Replace it by a"):
        assert shown in page
    said = chinese.get(f"/sources/{source.key}").text
    for shown in ("没有保留", "网站上没有这个网页（404）", "改为上传文件"):
        assert shown in said
    visit.post(f"/sources/{source.key}/snapshots", file=(io.BytesIO(b"5 %"), "a.txt"))
    with sqlite_database.reading() as session:
        attempt = session.scalars(select(CaptureAttempt)).one()
    record = visit.get(f"/captures/{attempt.id}/record")
    assert record.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in record.headers["Content-Security-Policy"]
    kinds = [part.rec_type for part in ArchiveIterator(io.BytesIO(record.data))]
    assert kinds == ["warcinfo", "response", "request", "metadata"]
    told = visit.get(f"/sources/{source.key}.json").json
    assert told is not None
    assert (told["captures"][0]["progress"], told["captures"][0]["http_status"]) == ("refused", 404)


def test_the_record_of_a_fetch_is_no_way_around_the_seal_of_a_picture(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database, Role.DESK_LEAD)
    photo = picture("JPEG", owner="Kim", place=True)
    with serving(answer(photo, kind="image/jpeg")) as server:
        source = captured(visit, server)
    page = visit.get(f"/sources/{source.key}").text
    assert "Open the sealed original" in page
    assert "/record" not in page
    with sqlite_database.reading() as session:
        (attempt,) = session.scalars(select(CaptureAttempt)).all()
        assert attempt.warc_sha256 is not None
    assert "sealed" in visit.get(f"/captures/{attempt.id}/record", 403).text
    assert b"Kim" not in visit.client.get(f"/snapshots/{attempt.snapshot_id}/file").data


def test_what_the_page_says_is_taken_over_by_a_button(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    with serving(answer(PAGE)) as server:
        source = captured(visit, server)
    place = f"/sources/{source.key}/suggestions"
    visit.post(place, chosen="title")
    visit.post(place, chosen="all")
    with sqlite_database.reading() as session:
        found = session.get_one(Source, source.id)
    assert (found.title, found.publisher, found.authors) == ("份额升至 5%", "例报", "李伟")
    assert (found.issued, found.language) == ("2025-03-11", "zh-cn")
    assert "The captured page says" not in visit.get(f"/sources/{source.key}").text
    visit.post(place, 409, chosen="title")
    visit.post(place, 422, chosen="key")


def test_the_people_a_page_names_are_proposed_as_they_are_written(
    sqlite_database: Database,
) -> None:
    visit = Visit(sqlite_database)
    page = '<meta name="author" content="Smith, Jones and Sons"><p>5 %</p>'
    with serving(answer(page.encode())) as server:
        source = captured(visit, server)
    shown = visit.get(f"/sources/{source.key}").text
    assert "Smith, Jones and Sons" in shown
    assert "{Smith" not in shown


def test_the_list_of_work_says_of_which_pages_nothing_was_kept(sqlite_database: Database) -> None:
    """A site that says there is no such page has answered: the work is done, and nothing kept."""
    visit = Visit(sqlite_database)
    with serving(answer(b"no", status="404 Not Found")) as server:
        captured(visit, server)
    told = visit.get("/jobs.json").json
    assert told is not None
    (job,) = told["jobs"]
    assert (job["state"], job["refused"]) == (
        "done", "The site has no such page (404). Check the address.",
    )  # fmt: skip
    for place in ("/jobs", f"/jobs/{job['id']}"):
        page = visit.get(place).text
        assert "Not kept" in page
        assert "no such page (404)" in page


def test_a_captured_page_is_handed_out_as_a_file_that_cannot_run(
    sqlite_database: Database,
) -> None:
    """url-19: nothing of what the site told the browser to do is told again."""
    visit = Visit(sqlite_database)
    with serving(answer(PAGE, Set_Cookie="a=1", Refresh="0; url=/")) as server:
        captured(visit, server)
    with sqlite_database.reading() as session:
        snapshot = session.scalars(select(Snapshot)).one()
    handed = visit.get(f"/snapshots/{snapshot.id}/file")
    assert handed.data == PAGE
    assert handed.mimetype == "application/octet-stream"
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in handed.headers["Content-Security-Policy"]
    assert not {"Refresh", "Strict-Transport-Security"} & set(handed.headers.keys())
    assert "a=1" not in str(handed.headers)


def test_without_an_address_nothing_is_captured_and_a_reader_is_not_offered_it(
    sqlite_database: Database,
) -> None:
    visit, auditor = Visit(sqlite_database), Visit(sqlite_database, Role.AUDITOR)
    place = visit.post("/sources/new", **FIT, title="A book", keep="y").headers["Location"]
    assert "Capture this address" not in visit.get(place).text
    assert visit.post(f"{place}/capture", 422).text
    with serving(MISSING) as server:
        source = a_page(sqlite_database, server)
    assert "Nothing was kept of it yet." in auditor.get(f"/sources/{source.key}").text
    assert "Capture this address now" not in auditor.get(f"/sources/{source.key}").text
    auditor.post(f"/sources/{source.key}/capture", 403)


def attach_by_address(person: Person, desk: Desk, server: Server) -> TestResponse:
    typed = {**NEW_SOURCE, "url": url_at(server), "keep": "y"}
    done = person.fill(f"{desk.path}/evidence/new", "quote", **typed)
    assert done.status_code == 303
    return done


def item_of(desk: Desk) -> uuid.UUID:
    with desk.database.reading() as session:
        return session.scalars(select(Evidence.id).order_by(Evidence.id.desc())).all()[0]


def test_evidence_of_a_new_address_rests_on_its_copy_when_it_comes(
    any_desk: Desk,
) -> None:
    checker = any_desk.person("li.wei")
    with serving(answer(PAGE)) as server:
        attach_by_address(checker, any_desk, server)
        assert "being fetched" in checker.get(any_desk.path).text
        worker(any_desk.database, fetcher(server)).run_ready()
    page = checker.get(f"/evidence/{item_of(any_desk)}").text
    assert "a.html" in page
    assert "being fetched" not in page


def test_a_copy_that_comes_after_the_submission_waits_for_a_person(
    desk: Desk, checker: Person
) -> None:
    with serving(answer(PAGE)) as server:
        attach_by_address(checker, desk, server)
        item = item_of(desk)
        assert assess(desk, checker) == 303
        assert checker.fill(f"{desk.path}/submit", "receipt").status_code == 303
        worker(desk.database, fetcher(server)).run_ready()
    assert desk.stage() == "submitted"
    page = checker.get(f"/evidence/{item}").text
    assert "after the claim was handed over" in page
    assert "goes back to checking" in page
    place = f"/evidence/{item}/copy"
    form = next(one for one in checker.read(f"/evidence/{item}").forms if one.action == place)
    assert checker.send(form).status_code == 303
    assert desk.stage() == "checking"
    assert "a.html" in checker.get(f"/evidence/{item}").text


def test_the_attaching_can_be_undone_after_the_copy_came(desk: Desk, checker: Person) -> None:
    with serving(answer(PAGE)) as server:
        done = attach_by_address(checker, desk, server)
        worker(desk.database, fetcher(server)).run_ready()
    assert undo(checker, done).status_code == 303
    with desk.database.reading() as session:
        assert session.get_one(Evidence, item_of(desk)).withdrawn_by is not None
        assert len(session.scalars(select(Snapshot)).all()) == 1
