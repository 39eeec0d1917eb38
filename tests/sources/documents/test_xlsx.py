"""A workbook reads as it shows itself, and what it hides or calculates is named."""

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from sources.documents.xlsx import read_xlsx
from sources.errors import Refused
from sources.places import words_of
from tests.sources.documents.hostile_files import LAUGHS


def a_workbook() -> bytes:
    """A workbook with a sheet of a difficult name, and a hidden one."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Bob's 产量"
    for address, value in {"A1": "年份", "B2": 0.183, "C2": dt.date(2024, 3, 11), "A5": "merged",
                           "D2": "=SUM(B2:B3)", "XFD9": True}.items():  # fmt: skip
        sheet[address] = value
    sheet["B2"].number_format = "0.0%"
    sheet.merge_cells("A5:B6")
    hidden = workbook.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 7
    hidden.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """A workbook in one part of which words were exchanged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for one in before.namelist():
            part = before.read(one)
            if one == name:
                assert re.search(old, part.decode())
                part = re.sub(old, new, part.decode()).encode()
            after.writestr(one, part)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_each_cell_reads_as_it_is_shown_at_its_own_address() -> None:
    found = read_xlsx(a_workbook())
    said = {
        locator: words_of(found.content, found.places, kind, locator)
        for _, kind, locator in found.places
    }
    assert said == {
        "Bob's 产量": "## Bob's 产量", "'Bob''s 产量'!A1": "年份", "'Bob''s 产量'!B2": "18.3%",
        "'Bob''s 产量'!C2": "2024-03-11", "'Bob''s 产量'!A5": "merged",
        "'Bob''s 产量'!XFD9": "TRUE", "Hidden": "## Hidden", "Hidden!A1": "7",
    }  # fmt: skip


def test_what_is_hidden_or_was_never_calculated_is_named() -> None:
    told = " ".join(notice["en"] for notice in read_xlsx(a_workbook()).notices)
    assert "Hidden sheets, which were read too: Hidden" in told
    assert "hidden rows or columns, which were read too: Hidden" in told
    assert "no stored result, so that nothing was read: 'Bob''s 产量'!D2" in told


def test_a_formula_reads_as_its_stored_value_and_is_named() -> None:
    content = changed(a_workbook(), SHEET, r"<v ?/>|<v></v>", "<v>41.5</v>")
    found = read_xlsx(content)
    assert words_of(found.content, found.places, "table_cell", "'Bob''s 产量'!D2") == "41.5"
    assert any("with the value last stored" in notice["en"] for notice in found.notices)


def test_a_value_beneath_a_merged_cell_is_not_shown() -> None:
    hidden = '<row r="6"><c r="B6"><v>99</v></c></row><row r="9"'
    content = changed(a_workbook(), SHEET, r'<row r="6".*<row r="9"', hidden)
    assert "99" not in read_xlsx(content).content


def test_entities_in_any_part_are_refused() -> None:
    content = changed(a_workbook(), SHEET, "<worksheet", f"{LAUGHS}<worksheet")
    with pytest.raises(Refused) as refusal:
        read_xlsx(content)
    assert refusal.value.code == "xml_entities"
