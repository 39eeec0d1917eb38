"""Sources go out to other programs and come in from them, and nothing is overwritten unasked."""

import io
import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from app.forms import imports
from app.ledger.verify import verify
from sources.models import Source
from sources.registry import edit_source
from sources.vocabulary import SourceKind
from tests.app.views.test_sources import FIT, a_source
from tests.app.views.visit import Visit
from tests.claims import newsroom

BIB = r"""
@article{smith2021,
  title = {The {{Effect}} of G{\"o}del \& {50\%}},
  author = {Smith, John and {World Bank} and Ludwig van Beethoven},
  date = {2021-05}, journaltitle = {Journal of Things}, volume = {3},
  doi = {10.1000/abc}, langid = {english}, urldate = {2025-07-01T10:00:00Z}
}
@online{known, title = {Theirs}, url = {https://www.example.com/a?utm_source=x},
  date = {2025-02-24}}
@book{bad, title = {x}
@book{tongji, title = {统计学原理}, author = {张三}, publisher = {人民出版社}, year = 2020}
"""


def sent(visit: Visit, text: str, name: str = "a.bib") -> str:
    """The page of what a file would do."""
    return visit.post("/sources/import", 200, file=(io.BytesIO(text.encode()), name)).text


def confirmed(visit: Visit, text: str, *choices: str, status: int = 303) -> Any:
    return visit.post("/sources/import", status, text=text, choice=list(choices))


def box(page: str, choice: str) -> str:
    """The box of the second entry, as the page has it."""
    found = re.search(rf'value="(1-{choice}-[^"]+)"( checked)?', page)
    assert found is not None
    return found[1]


def on_record(database: Database) -> dict[str, Source]:
    with database.reading() as session:
        return {source.key: source for source in session.scalars(select(Source))}


def test_a_file_is_shown_before_it_is_taken_and_then_taken_whole(database: Database) -> None:
    known = a_source(database, title="Ours", url="https://www.example.com/a")
    visit = Visit(database)
    page = sent(visit, BIB)
    expected = ("The Effect of Gödel &amp; 50%", "2 entries are new,", "1 is on record,",
                "line 10", "A brace, a quotation mark",
                "<del>Ours</del>", "<ins>Theirs</ins>")  # fmt: skip
    for shown in expected:
        assert shown in page
    assert set(on_record(database)) == {known.key}
    confirmed(visit, BIB)
    found = on_record(database)
    assert set(found) == {known.key, "smith2021", "tongji"}
    assert found[known.key].title == "Ours"
    assert found[known.key].issued is None
    smith = found["smith2021"]
    assert smith.authors == "Smith, John; World Bank; van Beethoven, Ludwig"
    assert (smith.issued, smith.language) == ("2021-05", "en")
    assert smith.csl == {"type": "article-journal", "container-title": "Journal of Things",
                         "volume": "3", "DOI": "10.1000/abc", "accessed": "2025-07-01"}  # fmt: skip
    assert found["tongji"].authors == "张三"
    assert verify(database).findings == []


@pytest.mark.parametrize(
    ("choice", "title", "issued"),
    [("fill", "Ours", "2025-02-24"), ("replace", "Theirs", "2025-02-24"), ("add", "Ours", None)],
)
def test_a_source_on_record_changes_only_as_it_was_said(
    sqlite_database: Database, choice: str, title: str, issued: str | None
) -> None:
    known = a_source(sqlite_database, title="Ours", url="https://www.example.com/a")
    visit = Visit(sqlite_database)
    chosen = box(sent(visit, BIB), choice) if choice != "add" else "1-add"
    confirmed(visit, BIB, chosen, "0-leave", "2-leave")
    found = on_record(sqlite_database)
    assert set(found) == {known.key}
    assert (found[known.key].title, found[known.key].issued) == (title, issued)


@pytest.mark.parametrize("choice", ["fill", "replace"])
def test_what_was_edited_since_the_preview_is_shown_again_and_not_overwritten(
    sqlite_database: Database, choice: str
) -> None:
    known = a_source(sqlite_database, title="Ours", url="https://www.example.com/a")
    visit = Visit(sqlite_database)
    chosen = box(sent(visit, BIB), choice)
    with sqlite_database.writing(newsroom.LEAD) as session:
        source = session.get_one(Source, known.id)
        edit_source(session, source, seen=None, title="Corrected meanwhile")
    page = confirmed(visit, BIB, chosen, "0-leave", "2-leave", status=409).text
    assert "Somebody changed what entries of the file are compared with" in page
    assert "<del>Corrected meanwhile</del>" in page
    # What was said of the other entries stays said; this one is asked anew.
    assert 'value="0-leave" checked' in page
    assert chosen not in page
    assert f'value="{box(page, choice)}">' in page
    assert on_record(sqlite_database)[known.key].title == "Corrected meanwhile"
    assert set(on_record(sqlite_database)) == {known.key}
    # A box that says nothing of what was compared, or of another source, changes nothing either.
    for forged in (f"1-{choice}", f"1-{choice}-{'0' * 32}.2", f"1-{choice}-x"):
        confirmed(visit, BIB, forged, status=409)
    confirmed(visit, BIB, box(page, choice), "0-leave", "2-leave")
    title = "Theirs" if choice == "replace" else "Corrected meanwhile"
    assert on_record(sqlite_database)[known.key].title == title


def test_what_was_handed_out_is_known_again_without_a_difference(
    sqlite_database: Database,
) -> None:
    a_source(sqlite_database, title="A “page” & more", publisher="The Paper", issued="2024~",
             authors="Smith, John; 张三", csl={"DOI": "10.1000/x_y", "volume": "3"})  # fmt: skip
    secret = a_source(sqlite_database, title="Secret", confidential=True)
    visit = Visit(sqlite_database)
    for form in ("bibtex", "ris", "csl-json"):
        answer = visit.get(f"/sources/export/{form}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "Secret" not in answer.text
        page = sent(visit, answer.text)
        assert "0 entries are new," in page
        assert "<ins>" not in page
        visit.get(f"/sources/{secret.key}/export/{form}", 404)
    visit.get("/sources/export/word", 404)


def test_an_articles_sources_are_handed_out_and_no_others(sqlite_database: Database) -> None:
    a_source(sqlite_database, title="Elsewhere")
    with sqlite_database.writing(newsroom.CHECKER) as session:
        source = newsroom.a_source(session, title="Annual report")
        claim = newsroom.a_claim(session)
        newsroom.attached(session, claim, source=source)
        article = claim.article.key
    visit = Visit(sqlite_database)
    items = visit.get(f"/articles/{article}/sources/export/csl-json").get_data(as_text=True)
    assert [item["title"] for item in json.loads(items)] == ["Annual report"]
    visit.get("/articles/nobody/sources/export/ris", 404)


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"hello", 422, "There is no entry in this file"),
        (b"\xff\xfe\x00", 422, "file"),
        ("@book{a, title = {统计学原理与数据分析的方法}}".encode("gb18030"), 422, "UTF-8"),
        (b"{" * 20_001, 413, "1 MB"),
        (b"@book{a, title={x}}\n" * 501, 413, "500"),
        (b"", 422, "There is no entry in this file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(
    sqlite_database: Database,
    data: bytes,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The test client leaves a larger upload's temporary file open.
    monkeypatch.setattr(imports, "LARGEST", 20_000)
    visit = Visit(sqlite_database)
    answer = visit.post("/sources/import", status, file=(io.BytesIO(data), "a.bib"))
    assert said in answer.text


@pytest.mark.parametrize("blanks", ["\n\n", " ", "\u3000"])
def test_a_format_of_blanks_is_no_choice(sqlite_database: Database, blanks: str) -> None:
    visit = Visit(sqlite_database)
    answer = visit.post("/sources/import", 422, file=(io.BytesIO(b""), ""), format=blanks)
    assert "There is no entry in this file" in answer.text


def test_a_format_that_is_none_is_refused(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    page = visit.post("/sources/import", 422, text="@book{a, title={x}}", format="0").text
    assert 'href="#format"' in page
    with sqlite_database.reading() as session:
        assert session.scalars(select(Source)).all() == []


def test_two_entries_that_are_one_source_are_taken_once(sqlite_database: Database) -> None:
    twice = json.dumps([
        {"id": "a", "type": "book", "title": "x", "DOI": "10.1000/A"},
        {"id": "b", "type": "book", "title": "y", "DOI": "https://doi.org/10.1000/a"},
        {"id": "new", "type": "book", "title": "z"},
        {"id": "c", "type": "book"},
    ])  # fmt: skip
    visit = Visit(sqlite_database)
    page = sent(visit, twice, "a.json")
    assert "An earlier entry of the file is this source already." in page
    assert "It has neither an address nor a title nor a publisher." in page
    confirmed(visit, twice)
    assert len(on_record(sqlite_database)) == 2
    assert "new" not in on_record(sqlite_database)


def test_nothing_of_a_confidential_source_is_shown_or_changed_by_an_import(
    sqlite_database: Database,
) -> None:
    secret = a_source(
        sqlite_database, title="Secret", confidential=True, csl={"DOI": "10.1000/abc"}
    )
    visit = Visit(sqlite_database)
    page = sent(visit, BIB)
    assert "Secret" not in page
    # To offer its DOI must not tell that a source with it is there.
    assert "3 entries are new," in page
    confirmed(visit, BIB, "0-replace", "0-add")
    assert on_record(sqlite_database)[secret.key].title == "Secret"
    assert len(on_record(sqlite_database)) == 4


def test_only_who_may_add_sources_imports_them(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database, Role.AUDITOR)
    visit.get("/sources/import", 403)
    visit.post("/sources/import", 403, text=BIB)


def test_a_source_page_cites_it_in_every_style_and_escapes_what_it_says(
    sqlite_database: Database,
) -> None:
    known = a_source(
        sqlite_database, title="<b>x</b>", publisher="The Paper", kind=SourceKind.NEWS_REPORT
    )
    visit = Visit(sqlite_database)
    page = visit.get(f"/sources/{known.key}").text
    assert len(re.findall('id="cite-', page)) == 5
    assert page.index("APA 7") < page.index("GB/T 7714-2015<")
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x</b>" not in page
    twin = visit.get(f"/sources/{known.key}.json").json
    assert twin is not None
    assert twin["citations"]["gb-t-7714"] == "<b>x</b>[N]. The Paper."


def test_the_fields_of_a_citation_are_typed_kept_and_told_in_the_history(
    sqlite_database: Database,
) -> None:
    known = a_source(sqlite_database, csl={"volume": "3"})
    visit = Visit(sqlite_database)
    typed: dict[str, Any] = {**FIT, "title": "x", "version": "1", "csl_volume": "4"}
    typed["csl_doi"] = "doi:10.1000/xyz"
    refused = visit.post(f"/sources/{known.key}/edit", 422, **typed, csl_isbn="12")
    assert "An ISBN has 10 or 13 digits." in refused.text
    assert '<details class="group" open>' in refused.text
    visit.post(f"/sources/{known.key}/edit", **typed)
    assert on_record(sqlite_database)[known.key].csl == {"volume": "4", "DOI": "10.1000/xyz"}
    history = Visit(sqlite_database, Role.AUDITOR).get(f"/audit?table=source&pk={known.id}").text
    assert "volume" in history
    assert "10.1000/xyz" in history


def test_two_people_who_change_other_fields_of_a_citation_are_merged(
    sqlite_database: Database,
) -> None:
    known = a_source(sqlite_database, csl={"volume": "3"})
    visit = Visit(sqlite_database)
    typed: dict[str, Any] = {**FIT, "title": "一篇报道", "version": "1"}
    visit.post(f"/sources/{known.key}/edit", **typed, csl_volume="4")
    conflict = visit.post(f"/sources/{known.key}/edit", 409, **typed, csl_volume="3", csl_issue="2")
    assert "Issue of the journal" in conflict.text
    assert "Volume" in conflict.text
