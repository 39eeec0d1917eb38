"""The record of a fetch is one that other programs for archives read, and the same each time."""

import datetime as dt
import io

from warcio.archiveiterator import ArchiveIterator

from sources import warc
from sources.exchanges import Exchange

BEGAN = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, dt.UTC)
REQUEST = b"GET /a HTTP/1.1\r\nHost: news.example\r\n\r\n"
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"
PAGE = (
    b"HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nX-Odd:  two  spaces\r\n\r\n<p>\xb7\xdd\xb6\xee 5%</p>"
)
FIRST = Exchange("https://news.example/a", "203.0.113.7", REQUEST, MOVED, BEGAN, whole=False)
LAST = Exchange("https://news.example/b", "203.0.113.7", REQUEST, PAGE, BEGAN)
FACTS = {"page-sha256": "ab", "note": "two\r\nlines"}


def read(record: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    """Return the blocks of a record, after the digests of every part were checked."""
    for part in ArchiveIterator(io.BytesIO(record), check_digests="raise"):
        part.content_stream().read()
    found = []
    for part in ArchiveIterator(io.BytesIO(record), no_record_parse=True):
        headers = dict(part.rec_headers.headers)
        found.append((part.rec_type, headers, part.raw_stream.read()))
    return found


def test_answers_stand_in_it_byte_for_byte_with_what_asked_for_them() -> None:
    parts = read(warc.record([FIRST, LAST], FACTS, "ClaimDesk/1"))
    assert [(kind, block) for kind, _, block in parts][1:5] == [
        ("response", MOVED),
        ("request", REQUEST),
        ("response", PAGE),
        ("request", REQUEST),
    ]
    assert [kind for kind, _, _ in parts] == [
        "warcinfo",
        *("response", "request") * 2,
        "metadata",
    ]
    assert b"http-header-user-agent: ClaimDesk/1\r\n" in parts[0][2]
    assert parts[5][2] == b"page-sha256: ab\r\nnote: two lines\r\n"


def test_its_parts_name_each_other_and_where_they_came_from() -> None:
    _, moved, asked, page, _, _ = (
        headers for _, headers, _ in read(warc.record([FIRST, LAST], FACTS, "ClaimDesk/1"))
    )
    assert asked["WARC-Concurrent-To"] == moved["WARC-Record-ID"]
    assert moved["WARC-Truncated"] == "unspecified"
    assert "WARC-Truncated" not in page
    assert (page["WARC-Target-URI"], page["WARC-IP-Address"], page["WARC-Date"]) == (
        "https://news.example/b",
        "203.0.113.7",
        "2026-01-02T03:04:05.678901Z",
    )


def test_the_same_fetch_is_the_same_file_and_another_is_not() -> None:
    one = warc.record([FIRST, LAST], FACTS, "ClaimDesk/1")
    assert one == warc.record([FIRST, LAST], FACTS, "ClaimDesk/1")
    assert one != warc.record([LAST], FACTS, "ClaimDesk/1")
