"""A word processor takes the document: styles, tables, notes, contents, and what it proves."""

import json
import re
import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
import pytest
from defusedxml.ElementTree import fromstring
from docx.document import Document as Read

from tests.app.exports.an_issue import HIDDEN, reasoned
from tests.app.exports.checked import (
    a_checked_claim,
    a_figure,
    a_view,
    evidence,
    handed_out,
    written,
)

pytestmark = pytest.mark.usefixtures("labels")
TEXT = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(*claims: Any, **facts: Any) -> Read:
    return docx.Document(handed_out("docx", *claims, **facts))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def headings(document: Read) -> list[tuple[str, str]]:
    return [
        (found.style.name, found.text)
        for found in document.paragraphs
        if found.style is not None and found.style.name.startswith("Heading")
    ]


def test_headings_follow_one_another_without_a_gap() -> None:
    found = headings(opened(a_checked_claim()))
    levels = [int(name[-1]) for name, _ in found]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert ("Heading 2", "C-04\tThe share was 5 %.") in found


def test_every_style_that_is_used_is_there() -> None:
    data = written("docx", a_checked_claim(), language="both")
    text = "".join(part(data, f"word/{name}.xml") for name in ("document", "footnotes", "header"))
    used = set(re.findall(r'w:(?:p|r|tbl)Style w:val="(\w+)"', text))
    assert used <= set(re.findall(r'w:styleId="(\w+)"', part(data, "word/styles.xml")))


def test_tables_repeat_their_heads_and_fill_the_page() -> None:
    tables = opened(a_checked_claim()).tables
    headed = [table for table in tables if table.style is not None and table.style.name == "Rows"]
    assert headed
    for table in headed:
        assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None  # noqa: SLF001 - no other way
        assert sum(column.width or 0 for column in table.columns) == 9638 * 635


def test_each_item_of_evidence_has_a_note_that_cites_it() -> None:
    data = written("docx", a_checked_claim())
    notes = ["".join(note.itertext()) for note in fromstring(part(data, "word/footnotes.xml"))]
    assert len(notes) == 2 + 2
    assert "p. 12" in notes[-1] or "12" in notes[-1]
    assert "ef" * 32 in notes[-1]


def test_the_contents_are_written_and_lead_to_places_that_exist() -> None:
    text = part(written("docx", a_checked_claim()), "word/document.xml")
    assert text.count("TOC \\o") == 1
    led = set(re.findall(r'w:anchor="(\w+)"', text))
    assert {"_c4", "_claims", "_s1", "_integrity"} <= led
    assert led <= set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', text))
    numbers = re.findall(r'<w:bookmarkStart w:id="(\d+)"', text)
    assert len(numbers) == len(set(numbers))


def test_the_file_says_what_it_is_and_nothing_of_the_machine() -> None:
    found = opened(a_checked_claim(), language="zh").core_properties
    assert found.title == "十年"
    assert found.created is not None
    assert found.created.isoformat()[:19] == "2026-11-21T09:00:00"
    assert (found.language, found.last_modified_by) == ("zh-CN", "")


def test_whoever_sees_no_picture_is_told_what_it_shows() -> None:
    text = part(written("docx", a_checked_claim()), "word/document.xml")
    assert 'descr="The signed head as a QR code"' in text
    assert "<w:tblCaption" in text


def test_two_languages_stand_side_by_side() -> None:
    document = opened(a_checked_claim(), language="both")
    frames = [table for table in document.tables if table.style is not None]
    beside = [table for table in frames if table.style and table.style.name == "Side By Side"]
    pairs = [(row.cells[0].text, row.cells[1].text) for table in beside for row in table.rows]
    assert ("年报如此。", "The annual report says so.") in pairs
    assert ("Heading 2", "C-04\t份额是 5%。\nThe share was 5 %.") in headings(document)


def test_the_same_issue_gives_the_same_bytes() -> None:
    assert written("docx", a_checked_claim()) == written("docx", a_checked_claim())


def test_the_document_lies_in_the_file_as_it_was_issued() -> None:
    claim = a_checked_claim(statement={"en": "]]> <b> & \ud800 \uffff \x00"})
    data = written("docx", claim)
    held = fromstring(part(data, "customXml/item2.xml"))
    assert held.tag == "{urn:claim-desk:appendix}document"
    assert json.loads(held.text or "") == a_view(claim).document.as_dict()
    assert "customXml/item1.xml" in part(data, "word/_rels/document.xml.rels")


def test_nothing_anybody_writes_breaks_the_document() -> None:
    hostile = "\x00\x1b]]></w:t><w:r/>\ud800\ufffe\t\n" + "長" * 3000 + "x" * 3000 + "שלום"
    words = {"zh": hostile, "en": hostile}
    claim = a_checked_claim(
        statement=words,
        quote=hostile,
        assessment=reasoned(words),
        figures=[a_figure(stated_text=hostile, interval=words, unit=hostile)],
        evidence=[evidence(comparison=words, passage={"says": words, "quote": hostile})],
    )
    for language in ("zh", "both"):
        assert "</w:t><w:r/>" in "".join(
            found.text for found in opened(claim, language=language).paragraphs
        )


def test_what_is_withheld_is_marked_with_its_commitment() -> None:
    claim = a_checked_claim(statement=HIDDEN, assessment=HIDDEN, evidence=HIDDEN)
    text = "\n".join(found.text for found in opened(claim).paragraphs)
    assert text.count("[withheld abababab]") >= 3


def test_an_article_without_claims_and_a_preview_without_a_head_are_documents_too() -> None:
    assert ("Heading 1", "Integrity") in headings(opened(sources=[]))
    preview = opened(a_checked_claim(), previewed=True)
    assert ("Heading 1", "Integrity") not in headings(preview)
    assert preview.inline_shapes._inline_lst == []  # noqa: SLF001 - no other way


def test_a_translation_that_quotes_the_original_is_marked_with_its_own_language() -> None:
    words = {"zh": "“十年”是惯用语。", "en": "“十年” is an idiom."}
    text = part(written("docx", a_checked_claim(assessment=reasoned(words)), language="both"), TEXT)
    assert f'<w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">{words["en"]}' in text
