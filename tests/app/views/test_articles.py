"""Taking an article in through the form: three ways, each failure at its field, nothing lost."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import Database
from claims.models import Article
from tests.app.views.visit import Visit
from tests.sources.documents.small_files import docx, p, pdf
from tests.sources.servers import Server, answer, fetcher, pages, serving

SAID = "十月降雨量同比增长12.5%，达到340毫米，这是国家气象部门发布的数据，创下十年以来的最高纪录。"
PAGE = f"""<html><head><title>降雨</title><meta name="pubdate" content="2024-11-02"></head>
<body><script>document.title = 49</script><p>{SAID}</p>
<p>另有 {{{{7*7}}}} 和 ${{7*7}}。</p></body></html>"""


@pytest.fixture
def site() -> Iterator[Server]:
    """A newspaper on this machine."""
    with serving(
        pages(
            {
                "/rain": answer(PAGE.encode(), kind="text/html; charset=utf-8"),
                "/locked": answer(b"", status="403 Forbidden"),
                "/inside": answer(status="302 Found", Location="http://169.254.169.254/"),
            }
        )
    ) as server:
        yield server


def visitor(database: Database, site: Server | None = None, language: str = "en") -> Visit:
    visit = Visit(database, language=language)
    visit.app.extensions["fetcher"] = fetcher(*([site] if site else []))
    return visit


def articles(database: Database) -> list[Article]:
    with database.reading() as session:
        found = list(session.scalars(select(Article).order_by(Article.id)))
        for one in found:
            assert one.versions
        return found


def stored(database: Database) -> list[Path]:
    folder = database.settings.store
    return sorted(folder.iterdir()) if folder.exists() else []


def upload(visit: Visit, content: bytes, name: str, status: int = 303, **f: Any) -> TestResponse:
    file = (io.BytesIO(content), name)
    answer = visit.post("/articles/new", status, way="file", file=file, **f)
    return closed(answer)


def closed(answer: TestResponse) -> TestResponse:
    """Close what the client sent: large bodies lie in a file of the client's own."""
    answer.request.environ["wsgi.input"].close()
    return answer


def error_at(page: TestResponse, field: str) -> str:
    """The error shown at a field; the summary links to it as well."""
    assert f'href="#{field}"' in page.text
    found = re.search(rf'id="{field}-error">.*?</p>', page.text, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SAID.encode(), "雨.txt"),
        (f"<p>{SAID}</p>".encode(), "雨.html"),
        (docx(p(SAID)), "雨.docx"),
        (pdf([[SAID[:26], SAID[26:]]]), "雨.pdf"),
    ],
)
def test_a_file_comes_in_and_goes_out_as_it_was_received(
    database: Database, content: bytes, name: str
) -> None:
    visit = visitor(database)
    place = upload(visit, content, name).headers["Location"].removesuffix("/intake")
    page = visit.get(place).text
    assert "340毫米" in page
    assert "as received" in page
    received = visit.get(f"{place}/original")
    assert received.data == content
    assert received.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in received.headers["Content-Security-Policy"]
    (article,) = articles(database)
    assert article.versions[0].text == SAID


def test_an_address_comes_in_with_what_it_says_of_itself(database: Database, site: Server) -> None:
    visit = visitor(database, site)
    address = f"http://paper.example:{site.port}/rain"
    answer = visit.post("/articles/new", way="address", address=address)
    place = answer.headers["Location"].removesuffix("/intake")
    (article,) = articles(database)
    assert (article.title, article.published) == ({"zh": "降雨"}, "2024-11-02")
    assert article.versions[0].file_name == address
    page = visit.get(place).text
    assert "{{7*7}}" in page
    assert "document.title" not in page
    assert visit.get(f"{place}/original").data == PAGE.encode()


def test_a_paste_needs_no_word_about_the_way(sqlite_database: Database) -> None:
    visitor(sqlite_database).post("/articles/new", text=SAID)
    assert articles(sqlite_database)[0].language == "zh-Hans"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("http://paper.example:{port}/nowhere", "404"),
        ("http://paper.example:{port}/locked", "403"),
        ("http://paper.example:{port}/inside", ""),
        ("http://127.0.0.1:{port}/rain", ""),
        ("javascript:alert(1)", "http"),
        ("", ""),
    ],
)
def test_a_failed_fetch_says_why_and_loses_nothing(
    sqlite_database: Database, site: Server, language: str, path: str, said: str
) -> None:
    visit = visitor(sqlite_database, site, language)
    address = path.format(port=site.port)
    page = visit.post(
        "/articles/new", 422, way="address", address=address, title="我的题", published="2025"
    )
    message = error_at(page, "address")
    assert said in message
    assert ("网" in message) == (language == "zh")
    assert address in page.text
    assert 'value="我的题"' in page.text
    assert 'value="2025"' in page.text
    assert articles(sqlite_database) == []
    assert stored(sqlite_database) == []


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "a.txt", 422),
        (b"MZ\0\0", "a.exe", 422),
        (b"<svg onload=alert(1)>", "a.svg", 422),
        (pdf([["x"]]), "a.docx", 422),
        (pdf([[]]), "a.pdf", 422),
        (b"%PDF-1.4 broken", "a.pdf", 422),
        (docx(p("x"))[:200], "a.docx", 422),
        ("增长5%".encode("gb18030"), "a.txt", 422),
        (b"x" * 2_200_000, "a.txt", 413),
        (b"<p>" + b"x" * 5_000_000, "a.html", 413),
        (b"5 %", "../../a.txt", 422),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_leaves_nothing(
    sqlite_database: Database, content: bytes, name: str, status: int
) -> None:
    visit = visitor(sqlite_database)
    page = upload(visit, content, name, status, title="我的题")
    assert error_at(page, "file")
    assert 'value="我的题"' in page.text
    assert articles(sqlite_database) == []
    assert stored(sqlite_database) == []


def test_a_refused_title_leaves_neither_row_nor_file(database: Database) -> None:
    visit = visitor(database)
    upload(visit, SAID.encode(), "a.txt", 422, published="2025-13")
    assert articles(database) == []
    assert stored(database) == []


def test_a_request_past_all_limits_is_answered_with_the_figures(sqlite_database: Database) -> None:
    visit = visitor(sqlite_database)
    for data in ({"text": "x" * 3_000_000}, {"file": (io.BytesIO(b"x" * 21_000_000), "a.pdf")}):
        page = closed(visit.client.post("/articles/new", data=data))
        assert page.status_code == 413
        assert "20 MB" in page.text
    assert articles(sqlite_database) == []


def test_the_desk_goes_on_writing_while_a_site_takes_its_time(sqlite_database: Database) -> None:
    """The fetch holds no transaction: somebody else's article comes in while it runs."""
    visit = visitor(sqlite_database)
    other = Visit(sqlite_database, language="zh")

    def slow(connection: Any, _head: bytes) -> None:
        other.post("/articles/new", text="另一篇：增长5%。")
        connection.sendall(answer(PAGE.encode()))

    with serving(slow) as site:
        visit.app.extensions["fetcher"] = fetcher(site)
        visit.post("/articles/new", way="address", address=f"http://a.example:{site.port}/")
    assert len(articles(sqlite_database)) == 2


def test_the_same_form_sent_twice_is_one_article(database: Database) -> None:
    """form-07: one effect."""
    visit = visitor(database)
    visit.post("/articles/new", text=SAID, receipt="one-and-the-same")
    visit.post("/articles/new", text=SAID, receipt="one-and-the-same")
    visit.post("/articles/new", 422, text=f"{SAID} More.", receipt="one-and-the-same")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Article)) == 1


def test_what_a_reader_was_unsure_of_is_said(sqlite_database: Database) -> None:
    visit = visitor(sqlite_database)
    place = upload(visit, pdf([[SAID], []]), "a.pdf").headers["Location"]
    assert "Page 2 has no text" in visit.get(place).text
