"""What a file is, its bytes say; a name that says otherwise is an error and no hint."""

import pytest

from sources.documents.kinds import LARGEST, kind_of
from sources.errors import Refused, TooLarge
from sources.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN
from tests.sources.documents.small_files import docx, p, package, pdf

PAGE = b"<!doctype html><html><body><p>5%</p></body></html>"
GIF = b"GIF89a/*" + b"\0" * 20


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"5%", "a.txt", PLAIN),
        (b"5%", "a.TXT", PLAIN),
        (b"5%", None, PLAIN),
        (b"5%", "press release v1.0 final", PLAIN),
        (b"<b>5%</b> rose", "a.md", MARKDOWN),
        ("五%".encode("utf-16"), "a.txt", PLAIN),
        ("五%".encode("utf-32"), "a.txt", PLAIN),
        ("五%".encode("gb18030"), "a.txt", PLAIN),
        (PAGE, "a.html", HTML),
        (PAGE, "a.htm", HTML),
        (PAGE, None, HTML),
        (b"<!-- saved --><html>", "a.html", HTML),
        (b"<p>5%</p>", "a.html", HTML),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.xhtml", HTML),
        (docx(p("5%")), "a.docx", DOCX),
        (docx(p("5%")), None, DOCX),
        (pdf([["5%"]]), "a.pdf", PDF),
    ],
)
def test_name_and_bytes_agree(content: bytes, name: str | None, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf([["5%"]]), "a.docx"),
        (docx(p("5%")), "a.pdf"),
        (PAGE, "a.txt"),
        (PAGE, "a.pdf"),
        (b"plain words", "a.html"),
        (b"plain words", "a.docx"),
        (GIF, "a.html"),
        (GIF, "a.txt"),
        (b"\x89PNG\r\n\x1a\n" + docx(p("x")), "a.docx"),
        (b"<?xml version='1.0'?><rss>", "a.html"),
        (b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><lolz>&a;</lolz>", "a.txt"),
        (b"<svg onload=alert(1)>", "a.html"),
        (package({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "a.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx"),
        ("五%".encode("utf-16-le"), "a.txt"),
    ],
)
def test_a_mismatch_is_a_clear_error(content: bytes, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        kind_of(content, name)
    assert refusal.value.code == "file_mismatch"
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"words", "a.doc"),
        (b"words", "a.js"),
        (b"words", "a.mht"),
        (b"words", "a.swf"),
        (b"<?xml version='1.0'?><a/>", "a.xml"),
        (b"<rss>", None),
        (GIF, None),
        (package({"a": "b"}), None),
    ],
)
def test_what_is_not_read_says_what_is(content: bytes, name: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        kind_of(content, name)
    assert refusal.value.code == "file_unread"
    assert ".docx" in refusal.value.message["zh"]


def test_an_encoding_a_person_names_makes_bytes_a_text() -> None:
    assert kind_of("五%".encode("utf-16-le"), "a.txt", encoding="utf-16") == PLAIN


def test_what_a_server_says_is_held_against_it_like_a_name() -> None:
    assert kind_of(PAGE, "article.php", served="text/html") == HTML
    assert kind_of(pdf([["5%"]]), None, served="application/octet-stream") == PDF
    with pytest.raises(Refused):
        kind_of(PAGE, None, served="application/pdf")


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(Refused):
        kind_of(b"", "a.txt")
    with pytest.raises(TooLarge) as refusal:
        kind_of(PAGE + b" " * LARGEST[HTML], "a.html")
    assert "5 MB" in refusal.value.message["en"]
