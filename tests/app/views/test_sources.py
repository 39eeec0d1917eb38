"""The register of sources: nothing typed is lost, nothing unfit is stored."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.db import Database
from app.factory import create_app
from claims.merging import merge
from sources.keys import is_key
from sources.models import Source
from sources.registry import add_source
from sources.vocabulary import SourceKind
from tests.app.views.visit import Visit
from tests.claims import newsroom
from tests.sources.stories import WIRE, copy, kept

FIT: dict[str, Any] = {"kind": "news_report", "tier": "established", "lineage": "unknown"}


def a_source(database: Database, **facts: Any) -> Source:
    with database.writing("editor:zhang.min") as session:
        return add_source(session, by="editor:zhang.min", **{"title": "一篇报道", **facts})


def stored(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Source.id))) or 0


def test_a_source_is_added_and_its_page_opened(database: Database) -> None:
    visit = Visit(database)
    url = "https://www.example.com/a?utm_source=x"
    answer = visit.post("/sources/new", **FIT, title="三星财报", url=url, note="第 37 页")
    page = visit.get(answer.headers["Location"]).text
    for shown in ("三星财报", "https://www.example.com/a<", "第 37 页", "an origin of its own"):
        assert shown in page


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": "javascript:alert(1)"}, "An address begins with http:// or https://"),
        ({"url": "https://a:b@example.com/"}, "user name or password"),
        ({"url": "https://example.com/" + "a" * 2000}, "2000"),
        ({"url": "", "title": ""}, "Give an address, a title or a publisher"),
        ({"title": "a\u202eb"}, "invisible character"),
        ({"issued": "yesterday"}, "2025-03-11"),
        ({"derived_from": "nobody"}, "There is no such source."),
        ({"kind": "gossip"}, "Not a valid choice"),
    ],
)
def test_an_unfit_entry_is_refused_with_reason_and_everything_typed_is_kept(
    sqlite_database: Database, fields: dict[str, str], reason: str
) -> None:
    typed = {**FIT, "title": "Report", "authors": "长江存储", **fields}
    visit = Visit(sqlite_database)
    answer = visit.client.post("/sources/new", data=typed)
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert reason in answer.text
    assert "长江存储" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert stored(sqlite_database) == 0


def test_an_address_on_record_is_pointed_out_and_taken_when_that_is_meant(
    sqlite_database: Database,
) -> None:
    first = a_source(sqlite_database, url="https://example.com/a")
    visit = Visit(sqlite_database)
    typed = {**FIT, "title": "另一篇", "url": "http://example.com/a/"}
    answer = visit.post("/sources/new", 409, **typed)
    assert first.key in answer.text
    assert "another document at an address" in answer.text
    visit.post("/sources/new", 303, **typed, repeat="y")
    assert stored(sqlite_database) == 2


def test_the_same_form_twice_is_stored_once(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    typed = {**FIT, "title": "一次", "receipt": "the-same-receipt"}
    visit.post("/sources/new", 303, **typed)
    visit.post("/sources/new", 303, **typed)
    assert stored(sqlite_database) == 1


def test_a_stale_correction_shows_both_texts_and_loses_nothing(database: Database) -> None:
    """form-06 api-13: there is no If-Match without an API; a stale form is 409."""
    source = a_source(database, publisher="旧")
    visit = Visit(database)
    here = f"/sources/{source.key}/edit"
    assert "旧" in visit.get(here).text
    version = str(source.version)
    visit.post(here, 303, **FIT, title="一篇报道", publisher="他人所写", version=version)
    answer = visit.post(here, 409, **FIT, title="一篇报道", publisher="我所写", version=version)
    assert "他人所写" in answer.text
    assert "我所写" in answer.text
    with database.reading() as session:
        saved = session.get_one(Source, source.id)
        assert saved.publisher == "他人所写"
        newest = str(saved.version)
    visit.post(here, 303, **FIT, title="一篇报道", publisher="我所写", version=newest)


def test_a_source_cannot_be_made_to_repeat_its_own_reprint(sqlite_database: Database) -> None:
    origin = a_source(sqlite_database)
    reprint = a_source(sqlite_database, derived_from=origin)
    answer = Visit(sqlite_database).post(
        f"/sources/{origin.key}/edit",
        422,
        **FIT,
        title="一篇报道",
        derived_from=reprint.key,
        version=str(origin.version),
    )
    assert "circle" in answer.text


def test_a_page_names_what_relies_on_it_and_its_tree_of_origin(database: Database) -> None:
    origin = a_source(database, title="原始报道")
    reprint = a_source(database, title="转载", derived_from=origin)
    with database.writing("editor:zhang.min") as session:
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim, source=session.get_one(Source, reprint.id))
    page = Visit(database).get(f"/sources/{reprint.key}").text
    assert f"C-{claim.number:02d}" in page
    assert f"/sources/{origin.key}" in page
    assert "they are one origin" in page


def test_the_list_is_narrowed_and_paged(database: Database) -> None:
    with database.writing("system:test") as session:
        for number in range(52):
            add_source(session, by="system:test", title=f"Wire {number}", language="ko")
        add_source(session, by="system:test", title="法院判决", kind=SourceKind.COURT)
    visit = Visit(database)
    first = visit.get("/sources.json?text=wire&language=ko").json
    assert first is not None
    assert len(first["sources"]) == 50
    second = visit.get(first["next"]).json
    assert second is not None
    assert (len(second["sources"]), second["next"]) == (2, None)
    court = visit.get("/sources.json?kind=court").json
    assert court is not None
    assert [row["title"] for row in court["sources"]] == ["法院判决"]
    assert "法院判决" in visit.get("/sources?kind=court").text


def test_an_auditor_reads_sources_and_changes_none(sqlite_database: Database) -> None:
    source = a_source(sqlite_database)
    visit = Visit(sqlite_database, Role.AUDITOR)
    assert "Correct" not in visit.get(f"/sources/{source.key}").text
    visit.get("/sources/new", 403)
    visit.post(f"/sources/{source.key}/edit", 403, **FIT, title="x")


def test_an_unknown_source_is_missing(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    for path in ("/sources/nobody", "/sources/nobody/edit"):
        visit.get(path, 404)


def test_a_recheck_of_all_that_rests_on_a_source_is_one_act_with_a_reason(
    database: Database,
) -> None:
    visit = Visit(database)
    with database.writing(newsroom.CHECKER) as session:
        source = newsroom.a_source(session, title="年报")
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim, source=source)
        path, page = f"/sources/{source.key}/recheck", f"/claims/{claim.id}"

    assert "1 claim ·" in visit.get(path).text
    refused = visit.client.post(path, data={"reason": " "})
    assert refused.status_code == 422
    visit.post(path, reason="撤回了这组数字")
    assert "Check “年报” again: 撤回了这组数字" in visit.get(page).text


def copies(database: Database) -> tuple[Source, Source]:
    """Put a story and its reprint on the register, each with its text."""
    with database.writing("editor:zhang.min") as session:
        wire = kept(session, WIRE["en"], issued="2025-11-25")
        return wire, kept(session, copy("en", 1), issued="2025-11-26")


def test_a_reprint_is_proposed_and_linked_only_by_a_person(database: Database) -> None:
    wire, site = copies(database)
    visit = Visit(database)
    page = visit.get(f"/sources/{site.key}").text
    assert "probably a reprint." in page
    for shown in ("2025-11-25", "2025-11-26"):
        assert shown in page
    assert page.index("This repeats it") < page.index("It repeats this")
    turned = visit.get(f"/sources/{wire.key}").text
    assert turned.index("It repeats this") < turned.index("This repeats it")
    here = f"/sources/{site.key}/likeness"
    visit.post(here, 422, other=wire.key, judged="nonsense")
    visit.post(here, 404, other="nobody", judged="dismissed")
    answer = visit.post(here, other=wire.key, judged="repeats_other")
    assert "However many stand here, they are one origin." in visit.get(answer.location).text
    visit.post(f"/sources/{wire.key}/likeness", 422, other=site.key, judged="repeats_other")
    with database.reading() as session:
        assert session.get_one(Source, site.id).derived_from_id == wire.id
        assert session.get_one(Source, wire.id).derived_from_id is None


def test_what_is_not_the_same_text_is_said_once(sqlite_database: Database) -> None:
    wire, site = copies(sqlite_database)
    visit = Visit(sqlite_database)
    visit.post(f"/sources/{wire.key}/likeness", other=site.key, judged="dismissed")
    for source in (wire, site):
        assert "probably a reprint." not in visit.get(f"/sources/{source.key}").text


def test_a_claims_evidence_says_that_two_of_its_sources_are_one_text(
    sqlite_database: Database,
) -> None:
    wire, site = copies(sqlite_database)
    with sqlite_database.writing(newsroom.CHECKER) as session:
        claim = newsroom.a_claim(session)
        for source in (wire, site):
            newsroom.attached(session, claim, source=session.get_one(Source, source.id))
        here = f"/claims/{claim.id}"
    page = Visit(sqlite_database).get(here).text
    assert page.count("probably a reprint.") == 2
    assert f"/sources/{site.key}#origin" in page


def test_no_word_in_the_place_of_a_key_can_be_a_key(sqlite_database: Database) -> None:
    rules = create_app(sqlite_database.settings, sqlite_database).url_map.iter_rules()
    parts = [rule.rule.split("/") for rule in rules if rule.rule.startswith("/sources/")]
    words = {part[2] for part in parts if "<" not in part[2]}
    assert {"new", "import", "export", "rot", "rot.json", "rot.csv"} <= words
    assert [word for word in words if is_key(word)] == []


def test_the_files_below_the_list_hold_what_the_list_holds(sqlite_database: Database) -> None:
    by = "editor:zhang.min"
    with sqlite_database.writing(by) as session:
        stays = add_source(session, by=by, title="Ours", publisher="Reuters")
        merge(
            session,
            stays,
            add_source(session, by=by, title="Twice", publisher="Reuters"),
            {},
            by=by,
        )
        add_source(session, by=by, title="Theirs", publisher="Example plc")
    visit = Visit(sqlite_database)
    listed = visit.get("/sources.json?publisher=reuters").get_json()["sources"]
    file = visit.get("/sources/export/csl-json?publisher=reuters").get_json()
    assert [one["title"] for one in listed] == [one["title"] for one in file] == ["Ours"]
