"""The workbook holds the appendix: numbers as numbers, text as text, and nothing that runs."""

import json
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.utils.escape import unescape

from app.exports.xlsx.limits import LONGEST
from tests.app.exports.an_issue import HIDDEN, a_source
from tests.app.exports.checked import a_checked_claim, a_figure, a_view, handed_out, written

pytestmark = pytest.mark.usefixtures("labels")
SHEETS = [
    "Summary",
    "Claims",
    "Figures",
    "Evidence",
    "Contests",
    "Sign-offs",
    "Numbers set aside",
    "Sources",
    "Changes",
    "Method",
    "Integrity",
    "Checklist",
]


def opened(*claims: Any, **facts: Any) -> Any:
    return openpyxl.load_workbook(handed_out("xlsx", *claims, **facts))


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_there_is_a_sheet_for_each_kind_of_row() -> None:
    book = opened(a_checked_claim())
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
    (row,) = rows(book, "Claims")
    assert (row["Claim"], row["Claim status"]) == ("C-04", "✔ Supported")
    assert [found["Evidence"] for found in rows(book, "Evidence")] == ["E1", "E2"]
    (checked,) = rows(book, "Checklist")
    assert list(checked) == ["fact", "method", "source", "date", "verified", "note"]
    assert (checked["date"], checked["verified"]) == ("2026-11-20", "Supported · Signed off")


def test_a_bound_is_a_number_unless_it_would_be_another_one() -> None:
    figures = [
        a_figure(1, low="-4.50", high=None),
        a_figure(2, low="1234567890.123456789", high=HIDDEN),
    ]
    book = opened(a_checked_claim(figures=figures))
    first, second = rows(book, "Figures")
    assert first["At least"] == -4.5
    assert first["At most"] is None
    assert book["Figures"]["E2"].number_format == "#,##0.00"
    assert second["At least"] == "1234567890.123456789"
    assert second["At most"] == "[withheld abababab]"


def test_no_cell_holds_a_formula_or_an_address_nobody_meant() -> None:
    hostile = '=HYPERLINK("http://evil.example","x")'
    claim = a_checked_claim(statement={"en": hostile}, quote="http://evil.example")
    source = {**a_source(url="https://example.org/a?b=1&c=<2>"), "kind": "report"}
    book = opened(claim, sources=[source])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value for cell in cells if cell.hyperlink] == [source["identity"]["url"]]
    assert hostile in [cell.value for cell in cells]


def test_what_the_writer_would_take_for_markup_is_text_all_the_same() -> None:
    texts = ["<r>no run</r>", "<r></t></si>&</r>", "_x0041_", " ends in spaces  ", "a\x00b\ud800c"]
    claims = [a_checked_claim(number, quote=text) for number, text in enumerate(texts, start=1)]
    found = [unescape(row["In the article"]) for row in rows(opened(*claims), "Claims")]
    assert found == [*texts[:-1], "a␀b\ufffdc"]


def test_a_text_that_is_too_long_goes_on_below() -> None:
    text = "".join(f"{number:06d}," for number in range(9000))
    found = rows(opened(a_checked_claim(quote=text)), "Claims")
    assert [row["Claim"] for row in found] == ["C-04"] * len(found)
    pieces = [row["In the article"] for row in found]
    assert len(text) > LONGEST
    assert "".join(piece.removesuffix("\n… goes on in the next row") for piece in pieces) == text


def test_two_languages_have_a_column_each() -> None:
    book = opened(a_checked_claim(), language="both")
    head = [cell.value for cell in book["论断 Claims"][1]]
    assert "论断原文" in head
    assert "Statement" in head
    (row,) = rows(book, "论断 Claims")
    assert (row["论断原文"], row["Statement"]) == ("份额是 5%。", "The share was 5 %.")
    assert row["论断状态 / Claim status"] == "✔ 属实 / Supported"


def test_the_same_issue_gives_the_same_bytes_and_carries_its_document() -> None:
    data = written("xlsx", a_checked_claim())
    assert data == written("xlsx", a_checked_claim())
    with zipfile.ZipFile(BytesIO(data)) as package:
        held = fromstring(package.read("customXml/item2.xml"))
        assert b"2026-11-21T09:00:00Z" in package.read("docProps/core.xml")
    assert json.loads(held.text or "") == a_view(a_checked_claim()).document.as_dict()


def test_an_empty_appendix_and_a_preview_are_workbooks_too() -> None:
    assert opened(sources=[]).sheetnames == SHEETS
    assert opened(a_checked_claim(), previewed=True).sheetnames == SHEETS
