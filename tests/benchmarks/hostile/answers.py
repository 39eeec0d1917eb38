"""What a hostile web site answers: HTTP as it is, as it is not, and pages full of tricks."""

import gzip
import json
import zlib

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.benchmarks.hostile.addresses import addresses
from tests.benchmarks.hostile.texts import encoded, pieces, texts

STATUSES = (
    "200 OK",
    "200 OK",
    "200 OK",
    "200 OK",
    "204 No Content",
    "206 Partial Content",
    "101 Switching",
    "100 Continue",
    "300 Multiple",
    "304 Not Modified",
    "401 No",
    "403 No",
    "404 No",
    "410 Gone",
    "418 Teapot",
    "429 Slow",
    "500 Oh",
    "503 Busy",
    "999 ?",
    "000 ?",
    "-1 x",
    "2000 x",
    "abc",
    "",
)
MOVES = (
    "301 Moved",
    "302 Found",
    "303 See Other",
    "307 Temporary",
    "308 Permanent",
    "300 Multiple",
    "305 Proxy",
)
VERSIONS = (
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2",
    "HTTP/9.9",
    "ICY",
    "http/1.1",
    "",
)
KINDS = (
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=gbk",
    "text/html; charset=utf-16",
    "text/html; charset=idna",
    "text/html; charset=\x00",
    'text/html; charset="a',
    "text/plain",
    "text/markdown",
    "application/pdf",
    "image/png",
    "text/html; charset*99999999999999999999*=a",
    "a" * 3000,
    "\xff/\xfe",
    "",
    "text/html; charset*" + "9" * 5000 + "*=utf-8",
    "application/octet-stream",
    "text/html;;;==",
    "multipart/mixed",
)
ODD_HEADERS = (
    "Set-Cookie: a=1; Path=/",
    "Strict-Transport-Security: max-age=1",
    "Refresh: 0; url=http://127.0.0.1/",
    "Content-Security-Policy: report-uri http://127.0.0.1/",
    "Content-Disposition: attachment; filename=../../a",
    "Content-Disposition: attachment; filename*" + "9" * 4400 + "*=a",
    "Link: <http://127.0.0.1/>; rel=preload",
    "Content-Disposition: attachment; filename*=nonsense''%00%ff",
    "X\x00: y",
    "no colon at all",
    " folded: yes",
    "Content-Language: \x00\xff",
    "Transfer-Encoding: gzip",
    "Content-Encoding: br",
    "Content-Encoding: gzip, gzip",
    "Content-Encoding: zstd",
    "Content-Encoding: compress",
    "Content-Encoding: \xb2",
    "Location: http://127.0.0.1/",
    'Alt-Svc: h3="127.0.0.1:443"',
    "X: " + "y" * 70_000,
)
LENGTHS = (
    "0",
    "1",
    "-1",
    "\xb2",
    "9" * 5000,
    "10, 10",
    "10, 11",
    "0x10",
    "1e3",
    " 5 ",
    "+5",
    "99999999999",
)
CHUNKS = (
    b"-1\r\n",
    b"-5\r\n",
    b"zz\r\n",
    b"FFFFFFFFFFFFFFFF\r\n",
    b"0\r\n\r\n",
    b"0" * 70_000 + b"5\r\n",
    b"5;a=b\r\nabcde\r\n",
    b"0x5\r\nabcde\r\n",
    b"\r\n",
    b"5\r\nabc",
    b"3\r\nabc\r\n0\r\nX: y\r\n\r\n",
)
BOMB = gzip.compress(b"\0" * 8_000_000, 9)


def pages() -> SearchStrategy[bytes]:
    """A page that says strange things, of itself as well."""
    told = st.fixed_dictionaries(
        {"@type": st.sampled_from(["Article", "WebPage", [], None, 9])},
        optional={
            "headline": pieces() | st.integers() | st.just("\ud800\x00"),
            "author": pieces()
            | st.lists(st.builds(lambda name: {"name": name}, pieces()), max_size=20),
            "publisher": st.builds(lambda name: {"name": name}, pieces()) | st.none(),
            "datePublished": st.sampled_from(["2024-11-02", "2024-13-45", "9999999", "٢٠٢٤", ""]),
        },
    ).map(json.dumps)

    def write(facts: str, title: str, said: str, charset: str, nest: int) -> bytes:
        head = f'<meta charset="{charset}"><title>{title}</title>'
        head += f'<script type="application/ld+json">{facts}</script>'
        tricks = '<base href="http://127.0.0.1/"><meta http-equiv=refresh content="0;url=http://127.0.0.1/">'
        page = f"<html><head>{head}{tricks}</head><body>{'<div>' * nest}<p>{said}</p></body></html>"
        return page.encode("utf-8", "replace")

    charsets = st.sampled_from(
        ["utf-8", "gbk", "utf-16", "x-nonsense", "utf-7", "idna", "unicode_escape", ""]
    )
    return st.builds(
        write, told, pieces(), texts(), charsets, st.sampled_from([0, 0, 0, 3, 400, 5000])
    )


def bodies() -> SearchStrategy[bytes]:
    """What stands behind the head."""
    return st.one_of(pages(), pages(), encoded(), st.binary(max_size=200), st.just(BOMB))


def whole(status: str, kind: str, odd: list[str], body: bytes, packing: str) -> bytes:
    """An answer in order, but for what it says."""
    content = gzip.compress(body) if packing == "gzip" else body
    content = zlib.compress(body) if packing == "deflate" else content
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(content)}", *odd]
    lines += [f"Content-Encoding: {packing}"] if packing else []
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + content


def broken(version: str, status: str, length: str, chunks: list[bytes], cut: int) -> bytes:
    """An answer that is hardly one."""
    head = f"{version} {status}\r\nContent-Type: text/html\r\n"
    head += "Transfer-Encoding: chunked\r\n" if chunks else f"Content-Length: {length}\r\n"
    return (head.encode("latin-1") + b"\r\n" + (b"".join(chunks) or b"<p>1 %</p>"))[:cut]


def answers(ports: list[int]) -> SearchStrategy[bytes]:
    """Whatever a server may send back."""
    good = st.builds(
        whole,
        st.sampled_from(STATUSES[:20]),
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(ODD_HEADERS), max_size=3),
        bodies(),
        st.sampled_from(["", "", "gzip", "deflate"]),
    )
    moved = st.builds(
        lambda status, place: f"HTTP/1.1 {status}\r\nLocation: {place}\r\n\r\n".encode(
            "utf-8", "surrogatepass"
        ),
        st.sampled_from(MOVES),
        addresses(ports).map(lambda text: text.replace("\r", "").replace("\n", "")),
    )
    bad = st.builds(
        broken,
        st.sampled_from(VERSIONS),
        st.sampled_from(STATUSES),
        st.sampled_from(LENGTHS),
        st.lists(st.sampled_from(CHUNKS), max_size=4),
        st.integers(0, 200_000) | st.integers(0, 60),
    )
    return st.one_of(good, good, moved, bad, st.binary(max_size=300))
