"""What passes over a connection is kept byte for byte, and no more than an answer may have."""

import gzip

import pytest

from sources.errors import TooLarge
from sources.fetching import Step
from tests.sources.servers import answer, fetcher, pages, serving

PACKED = answer(gzip.compress(b"<p>5 %</p>"), Content_Encoding="gzip", Set_Cookie="a=1")
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"


@pytest.mark.parametrize("said", [PACKED, CHUNKED, b"HTTP/1.0 200 OK\r\n\r\nto the end"])
def test_an_answer_is_kept_as_it_was_sent_and_so_is_what_asked_for_it(said: bytes) -> None:
    with serving(said) as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/")
    (only,) = found.exchanges
    assert only.response == said
    assert only.request == server.heads[0]
    assert (only.address, only.reached, only.whole) == (found.address, "127.0.0.1", True)


def test_what_follows_the_announced_end_is_a_refusal_and_a_line_end_is_not() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    with serving(head + b"hello\r\n") as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/")
    assert found.content == b"hello"
    assert found.exchanges[0].response == head + b"hello"


def test_of_a_redirect_the_head_is_kept() -> None:
    moved = answer(b"moved", status="302 Found", Location="/b")
    with serving(pages({"/a": moved, "/b": PACKED})) as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/a")
    first, last = found.exchanges
    assert first.response == moved.removesuffix(b"moved")
    assert (first.whole, last.whole) == (False, True)
    assert last.response == PACKED


@pytest.mark.parametrize(
    "padding",
    [
        answer(gzip.compress(b"x") + b"behind" * 400_000, Content_Encoding="gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"1;" + b"x" * 60_000 + b"\r\na\r\n") * 30,
    ],
    ids=["behind-the-packed-page", "between-the-chunks"],
)
def test_bytes_that_never_become_a_page_are_counted_as_well(padding: bytes) -> None:
    with serving(padding) as server, pytest.raises(TooLarge):
        fetcher(server).fetch(f"http://a.example:{server.port}/")


def test_each_step_is_told_with_the_bytes_that_came() -> None:
    told: list[tuple[Step, str, int]] = []
    with serving(PACKED) as server:
        address = f"http://a.example:{server.port}/"
        fetcher(server).fetch(address, watch=lambda *step: told.append(step))
    assert [step for step, _, _ in told][:3] == [Step.RESOLVING, Step.CONNECTING, Step.RECEIVING]
    assert {host for _, host, _ in told} == {"a.example"}
    assert told[-1][2] == len(PACKED)
