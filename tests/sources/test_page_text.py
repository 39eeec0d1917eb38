"""What a site sent is read by what it is; what cannot be read is told with the reason."""

import pytest

from sources.errors import Refused
from sources.media_types import HTML, PLAIN
from sources.page_text import HARDLY_ANY, LARGE, kind_of, read_page

TEXT = "第 1 段：全球市场的份额约为 5%，按出货量计算，其余由另外三家占有，与上一年相比变化不大。"


@pytest.mark.parametrize(
    ("content", "served", "kind"),
    [
        (b"<!doctype html><p>x", None, "text/html"),
        (b"<div>no head, no body</div>", "text/html", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="x"/>', "application/xhtml+xml", "text/html"),
        (b'{"share": 5}', "application/json", "text/plain"),
        (b"%PDF-1.4 x", "text/html", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "image/png"),
        (b"plain words", None, "text/plain"),
    ],
)
def test_the_bytes_say_what_it_is_and_a_site_only_that_markup_is_a_page(
    content: bytes, served: str | None, kind: str
) -> None:
    assert kind_of(content, served) == kind


@pytest.mark.parametrize("charset", ["gbk", "utf-8"])
def test_a_page_is_read_in_the_encoding_the_site_names(charset: str) -> None:
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>".encode(charset)
    found = read_page(page, HTML, charset)
    assert found.text == TEXT
    assert found.places == ((0, "paragraph", "1"),)
    assert found.remarks == ()


def test_a_page_with_hardly_any_words_says_so() -> None:
    found = read_page(b"<html><body><p>Verify you are human</p></body></html>", HTML, None)
    assert found.text == "Verify you are human"
    assert found.remarks == (HARDLY_ANY,)


def test_what_cannot_be_read_has_its_reason_and_no_text() -> None:
    assert read_page(b"\xb7\xdd", PLAIN, "utf-8").text is None
    assert read_page(b"\xb7\xdd", PLAIN, "hex_codec").remarks[0]["en"].startswith("The page says")
    assert read_page(b"<p>" + b"x" * 5_000_001, HTML, None).remarks == (LARGE,)
    assert read_page(b"ID3x", "audio/mpeg", None).text is None


def test_what_may_do_harm_is_refused() -> None:
    with pytest.raises(Refused):
        read_page(b"\x89PNG\r\n\x1a\n", "image/png", None)
