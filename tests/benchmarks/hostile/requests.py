"""Requests as no browser sends them: methods, headers, bodies and tokens of every kind."""

import json
import secrets

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.benchmarks.hostile.forms import TYPES, WRONG, Sent, urlencoded
from tests.benchmarks.hostile.texts import CODECS, pieces

METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 30)
UNWRITTEN = ("HEAD", "OPTIONS", "TRACE", "PROPFIND", "GET")
"""Methods that ask for nothing to be kept."""
HEADERS: dict[str, tuple[str, ...]] = {
    "Range": ("bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,2-2", "rows=0-1",
              "bytes=99999999999999999999-", "bytes=" + ",".join(f"{n}-{n}" for n in range(400))),
    "If-None-Match": ("*", '"a"', 'W/"a"', "a", '"', '"' + "a" * 3000 + '"'),
    "If-Match": ("*", '"1"', "1", '"a", "b"'),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 99 Foo 99999 99:9"),
    "If-Unmodified-Since": ("0", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "If-Range": ('"a"', "Thu, 01 Jan 1970 00:00:00 GMT", "x"),
    "Accept": ("application/json", "*/*;q=x", "text/html;q=99", ",,,", "a/b," * 400, "\xff"),
    "Accept-Language": ("zh", "en-GB,en;q=0.5", "x" * 400, "zh;q=nan", "*", "../../etc"),
    "Accept-Encoding": ("gzip", "identity;q=0", "br, zstd", "*;q=0"),
    "Content-Encoding": ("gzip", "deflate", "x"),
    "X-Forwarded-For": ("127.0.0.1", "evil", "1.2.3.4, 5.6.7.8"),
    "X-Forwarded-Host": ("evil.example", "evil.example, x"),
    "X-Forwarded-Proto": ("https", "javascript"),
    "X-Forwarded-Prefix": ("//evil.example", "/../.."),
    "X-HTTP-Method-Override": ("DELETE", "PUT"),
    "Origin": ("null", "https://evil.example", "http://localhost", "\xff"),
    "Referer": ("https://evil.example/", "//", "javascript:1", "http://[", "x" * 5000),
    "Sec-Fetch-Site": ("cross-site", "same-site", "none", "x", ""),
    "Idempotency-Key": ("a", "a" * 5000, "é", '"', "../x"),
    "Upgrade": ("h2c", "websocket"),
    "X-Request-ID": ("a\tb", "<script>", "0" * 4000),
    "User-Agent": ("", "() { :; }; x", "<img src=x>", "é" * 500, "${jndi:ldap://127.0.0.1/a}"),
}  # fmt: skip
TOKENS = ("", "desk_", "desk_" + "a" * 43, "x" * 5000, "a b", "null", "desk_\xff", "=" * 40)
SCHEMES = ("Bearer", "bearer", "Basic", "Digest", "Negotiate", "Bearer Bearer", "")
COOKIES = (
    "desk_session=",
    "desk_session=eyJ9.x.y",
    "desk_language=xx; desk_theme=<b>",
    "desk_language=" + "z" * 3000,
    "a=b; " * 300,
    "=; ;;=",
    'desk_theme="\\073\\012"',
)
VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    "",
    "x",
    [],
    {},
    [[]],
    {"a": None},
    "\ud800",
    ["x"] * 50,
)


def headers() -> SearchStrategy[dict[str, str]]:
    """A few headers, each saying something odd."""
    one = st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))
    )
    return st.lists(one, max_size=4).map(dict)


def odd(pages: tuple[str, ...], forms: list[str]) -> SearchStrategy[Sent]:
    """Any method at any address, with odd headers and cookies; writing ones without a token."""
    reading = st.builds(
        lambda method, path, told, cookie: Sent(
            "request", method, path, b"", {**told, **({"Cookie": cookie} if cookie else {})}
        ),
        st.sampled_from(UNWRITTEN),
        st.sampled_from([*pages, "/static/css/house.css", "/static/js/desk.js", "/static/../x"]),
        headers(),
        st.sampled_from(["", "", *COOKIES]),
    )
    writing = st.builds(
        lambda method, path, told, body: Sent(
            "request", method, path, body, {**told, "Content-Type": TYPES[0]}
        ),
        st.sampled_from(METHODS),
        st.sampled_from([*pages, *forms]),
        headers(),
        st.binary(max_size=80) | st.just(b"a=1&a=2&a[]=3"),
    )
    return st.one_of(reading, reading, writing)


def values() -> SearchStrategy[object]:
    """What JSON can hold and what it cannot, some of it within each other."""
    flat: SearchStrategy[object] = st.sampled_from(VALUES) | pieces()
    for _ in range(2):
        names = st.dictionaries(st.text(max_size=8), flat, max_size=4)
        flat = st.one_of(flat, st.lists(flat, max_size=4), names)
    return flat


def documents() -> SearchStrategy[bytes]:
    """JSON in some encoding; cut off, doubled, with literals that are none, or too deep."""
    whole = st.builds(
        lambda value, codec: json.dumps(value).encode(codec, "replace"),
        values(),
        st.sampled_from(("utf-8", "utf-8", "utf-8", *CODECS)),
    )
    broken = st.sampled_from([
        b"[" * 100_000, b'{"a":' * 50_000, b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": 1,}',
        b'{"a": 1} {"b": 2}', b'{"a": 1, "a": 2}', b"// x\n{}", b'{"a": "\xff\xfe"}', b"",
        b'{"a": ' + b"9" * 5000 + b"}", b'"\\ud800"', b"\xef\xbb\xbf{}",
        b'["' + b"x" * 70_000 + b'"]', b"[" + b"{}," * 10_001 + b"5]",
    ])  # fmt: skip
    return st.one_of(
        whole, whole, broken, st.builds(lambda data, cut: data[:cut], whole, st.integers(0, 40))
    )


def bodies(writers: list[str], token: str) -> SearchStrategy[Sent]:
    """JSON where the desk takes forms: with the token in a header, as its own scripts send it."""
    return st.builds(
        lambda method, path, body, kind: Sent(
            "json",
            method,
            path,
            body,
            {
                "Content-Type": kind,
                "X-CSRFToken": token,
                "Idempotency-Key": secrets.token_urlsafe(16),
            },
        ),
        st.sampled_from(["POST", "POST", "PUT", "PATCH"]),
        st.sampled_from([*writers, "/drafts/claims.edit/x", "/drafts/x/" + "y" * 300]),
        documents(),
        st.sampled_from(
            [
                "application/json",
                "application/json; charset=utf-16",
                "text/json",
                "application/cbor",
            ]
        ),
    )


def with_tokens(pages: tuple[str, ...], real: str) -> SearchStrategy[Sent]:
    """Twins and pages asked for with tokens that are true, false, and hardly any."""
    twins = [page for page in pages if page.endswith(".json")]
    query = st.lists(
        st.tuples(
            st.sampled_from(["cursor", "at", "limit", "sort", "q", "view", "since", "status"]),
            st.sampled_from(WRONG[:-1]) | pieces(),
        ),
        max_size=3,
    ).map(urlencoded)
    return st.builds(
        lambda method, path, scheme, token, asked: Sent(
            "token",
            method,
            f"{path}?{asked.decode('ascii', 'replace')}",
            b"",
            {"Authorization": f"{scheme} {token}".strip() or "x"},
        ),
        st.sampled_from(["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE"]),
        st.sampled_from([*twins, *twins, *pages]),
        st.sampled_from(SCHEMES) | st.just("Bearer"),
        st.sampled_from([real, real, real, *TOKENS]),
        query,
    )
