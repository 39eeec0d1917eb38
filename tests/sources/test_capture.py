"""A page is captured as it came: the file, the record, its text, and what it says about itself."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from sources import attempts, capture
from sources.attempt_models import CaptureAttempt
from sources.models import Snapshot
from sources.registry import add_source
from sources.store import Store
from sources.vocabulary import Capture, CaptureOutcome
from tests.sources.servers import answer, fetcher, pages, serving
from tests.sources.test_warc import read as blocks

BY = "editor:li.wei"
WORDS = "全球市场的份额约为 5%，按出货量计算，其余由另外三家占有，与上一年相比变化不大。"
HEAD = """<html lang="ZH-cn"><head><title>x</title><meta property="og:site_name" content="例报">
<meta property="article:published_time" content="2025-03-11T08:00:00+08:00">
<meta name="author" content="李伟"></head><body><article><h1>份额升至 5%</h1>"""
PAGE = f"{HEAD}<p>{WORDS}</p><p>{WORDS}第二段。</p></article></body></html>".encode()


@contextmanager
def asked(database: Database, url: str) -> Iterator[tuple[Session, CaptureAttempt]]:
    with database.writing(BY) as session:
        source = add_source(session, by=BY, url=url)
        yield session, attempts.ask(session, source, by=BY)


def captured(database: Database, said: bytes, path: str = "/a") -> tuple[Snapshot, Store]:
    store = Store(database.settings.store)
    with serving(pages({path: said})) as server:
        web, url = fetcher(server), f"http://news.example.org:{server.port}{path}"
        found = capture.read(capture.fetch(web, url))
        filed = capture.file(store, found, web.agent)
        with asked(database, url) as (session, attempt):
            snapshot = capture.keep(session, attempt, found, filed)
            assert (attempt.outcome, attempt.snapshot) == (CaptureOutcome.KEPT, snapshot)
    return snapshot, store


def test_a_page_is_kept_with_its_record_its_text_and_what_it_says(database: Database) -> None:
    quirks = {
        "Content_Encoding": "gzip",
        "Set_Cookie": "a=1",
        "Strict_Transport_Security": "max-age=9",
        "Refresh": "0; url=http://127.0.0.1/",
    }
    said = answer(gzip.compress(PAGE), **quirks)
    snapshot, store = captured(database, said)
    assert store.read(snapshot.sha256) == PAGE
    assert (snapshot.capture, snapshot.media_type, snapshot.size) == (
        Capture.WEB,
        "text/html",
        len(PAGE),
    )
    assert snapshot.extracted_text == f"# 份额升至 5%\n\n{WORDS}\n\n{WORDS}第二段。"
    assert [place[1:] for place in snapshot.places or ()] == [
        ("paragraph", str(number)) for number in (1, 2, 3)
    ]
    assert (snapshot.page_title, snapshot.page_authors, snapshot.page_publisher) == (
        "份额升至 5%",
        "李伟",
        "例报",
    )
    assert (snapshot.page_published, snapshot.page_language) == ("2025-03-11", "zh-cn")
    headers = dict(json.loads(snapshot.http_headers or ""))
    assert headers["Set-Cookie"] == "a=1"
    assert headers["Refresh"].startswith("0; url=")
    assert snapshot.http_status == 200
    assert said in [block for _, _, block in blocks(store.read(snapshot.warc_sha256 or ""))]


@pytest.mark.parametrize(
    ("said", "kind", "name", "remark"),
    [
        (answer(b"<html><p>Verify you are human"), "text/html", "a.html", "hardly any text"),
        (answer(b"share 5 %", kind="text/plain"), "text/plain", "a.txt", None),
        (answer(b'{"share": 5}', kind="application/json"), "text/plain", "a.txt", None),
        (answer(b"ID3x", kind="audio/mpeg"), "audio/mpeg", "a", "Text is not read"),
        (answer(b"%PDF-1.4 broken", kind="text/html"), "application/pdf", "a.pdf", "damaged"),
        (answer(b"\xb7\xdd", kind="text/plain"), "text/plain", "a.txt", "not UTF-8"),
    ],
)
def test_whatever_a_site_sends_is_kept_and_what_cannot_be_read_says_why(
    sqlite_database: Database, said: bytes, kind: str, name: str, remark: str | None
) -> None:
    """url-17: what only looks like the page is kept with its status and headers, and said."""
    snapshot, _store = captured(sqlite_database, said)
    assert (snapshot.media_type, snapshot.file_name) == (kind, name)
    assert (snapshot.http_status, "Content-Length" in (snapshot.http_headers or "")) == (200, True)
    assert (remark or "") in (snapshot.remarks or {"en": ""})["en"]
    assert (snapshot.remarks is None) == (remark is None)


@pytest.mark.parametrize(
    ("path", "disposition", "name"),
    [
        ("/", "", "news.example.org.html"),
        ("/%E6%8A%A5%E5%91%8A.html?x=1", "", "报告.html"),
        ("/q.php", 'attachment; filename="Q3 report.htm"', "Q3 report.htm"),
        ("/x", "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.html", "年报.html"),
        ("/x", 'attachment; filename="../../etc/passwd"', "page.html"),
    ],
)
def test_a_copy_is_called_what_a_person_would_call_it(
    path: str, disposition: str, name: str
) -> None:
    said = answer(PAGE, **({"Content_Disposition": disposition} if disposition else {}))
    with serving(said) as server:
        found = fetcher(server).fetch(f"http://news.example.org:{server.port}{path}")
    assert capture.file_name(found, "text/html") == name


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"<h1>gone", status="404 Not Found"), "fetch_missing"),
        (answer(b"wait", status="429 Too Many Requests"), "fetch_busy"),
        (answer(b""), "fetch_empty"),
    ],
)
def test_an_answer_that_is_no_page_leaves_its_record_and_no_copy(
    tmp_path: Path, said: bytes, code: str
) -> None:
    store = Store(tmp_path)
    with serving(said) as server:
        web = fetcher(server)
        found = capture.read(capture.fetch(web, f"http://news.example.org:{server.port}/a"))
    filed = capture.file(store, found, web.agent)
    assert found.problem is not None
    assert (found.problem.code, filed.file) == (code, None)
    assert list(store.names()) == [filed.warc]
