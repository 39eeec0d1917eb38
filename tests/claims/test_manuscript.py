"""Whatever a text is handed over as, it becomes one version and keeps the bytes it came in."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.errors import DeskError, Missing, Refused, TooLarge
from claims.manuscript import Manuscript, from_address, from_file, from_paste, original, take_in
from claims.models import Article
from sources.media_types import DOCX, HTML, PDF, PLAIN, UNKNOWN
from sources.store import Store
from tests.sources.documents.small_files import docx, p, pdf
from tests.sources.servers import answer, fetcher, pages, serving

SAID = (
    "十月降雨量同比增长12.5%，达到340毫米，这是国家气象部门发布的数据，"
    "创下了十年以来的最高纪录，也超过此前预测。"
)
PAGE = f"""<!doctype html><html lang="en"><head><title>降雨创纪录</title>
<meta name="author" content="李伟"><meta name="pubdate" content="2024-11-02">
<meta charset="gbk"></head><body><article><p>{SAID}</p></article></body></html>"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (SAID.encode(), "雨.txt", PLAIN),
        (f"<p>{SAID}</p>".encode(), "雨.html", HTML),
        (docx(p(SAID)), "雨.docx", DOCX),
        (pdf([[SAID[:26], SAID[26:]]]), "雨.pdf", PDF),
    ],
)
def test_every_format_becomes_the_same_version(
    session: Session, store: Store, content: bytes, name: str, kind: str
) -> None:
    article = take_in(session, store, from_file(content, name), by="editor:test")
    version = article.versions[0]
    assert version.text == SAID
    assert version.sha256 == hashlib.sha256(SAID.encode()).hexdigest()
    assert version.received_sha256 == hashlib.sha256(content).hexdigest()
    assert (version.media_type, version.file_name) == (kind, name)
    assert article.language == "zh-Hans"
    found = original(store, version)
    assert (found.content, found.file_name) == (content, name)
    assert found.media_type == (UNKNOWN if kind == HTML else kind)


def test_a_page_fills_what_was_left_empty(session: Session, store: Store) -> None:
    said = answer(PAGE.encode("gbk"))
    with serving(pages({"/news/rain": said})) as server:
        address = f"http://paper.example:{server.port}/news/rain"
        found = from_address(fetcher(server), address)
    article = take_in(session, store, found, by="editor:test")
    assert article.title == {"zh": "降雨创纪录"}
    assert (article.byline, article.published) == ("李伟", "2024-11-02")
    assert (article.language, article.versions[0].charset) == ("zh-Hans", "gb18030")
    assert article.versions[0].file_name == address
    assert original(store, article.versions[0]).file_name == "rain.html"


def test_what_a_page_says_of_itself_is_kept_without_what_nobody_sees(
    session: Session, store: Store
) -> None:
    """A NUL, half a surrogate pair, an escape and a turn of direction, as JSON and as markup."""
    said = r'{"@type":"Article","headline":"\u0000降\ud800雨\u202e","author":"李\u0000\u001b伟"}'
    page = f'<script type="application/ld+json">{said}</script><p>{SAID}</p>'
    article = take_in(session, store, from_file(page.encode(), "a.html"), by="editor:test")
    session.expire_all()
    assert (article.title, article.byline) == ({"zh": "降雨"}, "李伟")
    hidden = f"<title>\x1b&#8238;</title><h1>雨</h1><p>{SAID}</p>"
    assert from_file(hidden.encode(), "b.html").title == "雨"


def test_what_was_typed_comes_before_what_was_found(session: Session, store: Store) -> None:
    found = from_file(PAGE.encode("gbk"), "a.html")
    article = take_in(
        session, store, found, title="雨", language="zh-Hant", published="2025", by="editor:test"
    )
    assert (article.title, article.language, article.published) == ({"zh": "雨"}, "zh-Hant", "2025")


def test_the_charset_is_taken_from_mark_person_header_and_page_in_that_order() -> None:
    """article-07: which of two statements holds."""
    page = PAGE.replace("gbk", "big5")
    assert from_file(b"\xef\xbb\xbf" + page.encode(), "a.html").text.charset == "utf-8"
    assert from_file(page.encode("gb18030"), "a.html", "gb18030").text.charset == "gb18030"
    with serving(answer(PAGE.encode(), kind="text/html; charset=UTF-8")) as server:
        found = from_address(fetcher(server), f"http://a.example:{server.port}/")
    assert (found.text.content, found.text.charset) == (SAID, "utf-8")


def test_bytes_in_no_stated_encoding_are_refused_at_the_file() -> None:
    with pytest.raises(Refused) as refusal:
        from_file(f"<p>{SAID}</p>".encode("gb18030"), "a.html")
    assert (refusal.value.code, refusal.value.field) == ("not_decodable", "file")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"", status="403 Forbidden"), "fetch_signed_out"),
        (answer(b"", status="404 Not Found"), "fetch_missing"),
        (answer(b"<html><body><p>Please subscribe</p></body></html>"), "page_thin"),
        (answer(b""), "page_thin"),
        (answer(b"\x89PNG\r\n\x1a\n", kind="image/png"), "fetch_kind"),
        (answer(b"<html><p>Sign in</p>", kind="application/pdf"), "file_mismatch"),
        (answer(b"x" * 300_000, kind="text/plain"), "fetch_large"),
        (answer(pdf([[]]), kind="application/pdf"), "pdf_scanned"),
    ],
)
def test_each_failure_of_an_address_is_told_at_the_address(said: bytes, code: str) -> None:
    with serving(said) as server, pytest.raises(DeskError) as refusal:
        from_address(fetcher(server), f"http://a.example:{server.port}/")
    assert (refusal.value.code, refusal.value.field) == (code, "address")


def test_what_a_server_calls_nothing_is_read_by_its_bytes() -> None:
    with serving(answer(pdf([[SAID]]), kind="")) as server:
        found = from_address(fetcher(server), f"http://a.example:{server.port}/report.php?id=1")
    assert (found.media_type, found.text.content) == (PDF, SAID)


@pytest.mark.parametrize(
    ("manuscript", "typed", "field"),
    [
        (from_paste(SAID), {"published": "yesterday"}, "published"),
        (from_paste(SAID), {"title": "x" * 201}, "title"),
        (from_paste(SAID), {"language": "Chinese!"}, "language"),
        (from_paste("5 % 7 % 9 %"), {}, "language"),
    ],
)
def test_what_is_refused_leaves_nothing(
    session: Session, store: Store, manuscript: Manuscript, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        take_in(session, store, manuscript, by="editor:test", **typed)
    assert refusal.value.field == field
    assert session.scalar(select(func.count()).select_from(Article)) == 0
    assert list(store.root.iterdir()) == []


def test_a_text_over_the_limit_is_too_large_in_whatever_file_it_comes() -> None:
    long = "".join(f"第{number}季度增长；" for number in range(95_000))
    for content, name in ((long.encode(), "a.txt"), (docx(p(long)), "a.docx")):
        with pytest.raises(TooLarge) as refusal:
            from_file(content, name)
        assert refusal.value.field == "file"


def test_an_article_that_came_otherwise_has_no_original(session: Session, store: Store) -> None:
    article = take_in(session, store, from_paste(SAID), by="editor:test")
    with pytest.raises(Missing):
        original(Store(store.root.parent / "other"), article.versions[0])


def test_a_climbing_name_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        from_file(b"5 %", "../../etc/passwd")
    assert refusal.value.field == "file"
