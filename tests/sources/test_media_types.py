"""The type of a file is what its bytes say, whatever its name says."""

import io
import zipfile

import pytest

from sources.media_types import (
    ACTIVE,
    FLASH,
    HTML,
    MARKDOWN,
    MHT,
    PLAIN,
    SCRIPT,
    SVG,
    UNKNOWN,
    XML,
    media_type,
)


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "report.txt", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "photo.html", "image/png"),
        (b"GIF89a/*<script>alert(1)</script>*/", "a.js", "image/gif"),
        ("一段文字".encode(), "note.txt", PLAIN),
        ("# 标题".encode(), "note.md", MARKDOWN),
        ("文字".encode("utf-16"), "note.txt", PLAIN),
        ("长江存储的份额".encode("gb18030"), "note.txt", PLAIN),
        (b"<!DOCTYPE html><p>hi", "note.txt", HTML),
        (b"\n <!-- x --> <ScRiPt>alert(1)</script>", "note.txt", HTML),
        (b'<?xml version="1.0"?><svg xmlns="x" onload="alert(1)">', "image.png", SVG),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x'?><a/>", "a.txt", XML),
        (b"#!/bin/sh\nrm", "readme.txt", SCRIPT),
        (b"alert(1)", "code.js", SCRIPT),
        (b"\x00\x01\x02\x03", "data.txt", UNKNOWN),
        (package("a.txt"), "a.docx", "application/zip"),
        (b"PK\x03\x04 broken", "a.docx", "application/zip"),
    ],
)
def test_the_bytes_decide(content: bytes, name: str, kind: str) -> None:
    assert media_type(content, name) == kind


def test_an_office_document_is_told_by_its_table_of_contents() -> None:
    kind = media_type(package("[Content_Types].xml", "word/document.xml"), "a.zip")
    assert kind.endswith("wordprocessingml.document")


def test_everything_a_browser_might_run_is_active() -> None:
    assert {HTML, SVG, XML, SCRIPT, MHT, FLASH} == ACTIVE
