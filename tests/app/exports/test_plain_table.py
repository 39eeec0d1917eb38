"""No cell of a plain table runs anything, and every cell can be read back as it was."""

import re
import time
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.plain_table import BOM, NUMBER, defused, read_back, restored, written
from app.exports.signs import visible
from tests.conventions.tree import ROOT

UNSEEN = " \t\r\n\u00a0\u3000\u200b\u200e\u2060\ufeff\"'“”"
STARTS = "=+-@＝＋－＠﹦﹢﹣﹫"
HOSTILE = st.text(st.one_of(st.sampled_from(UNSEEN + STARTS + ";,|1a\x00\ud800"), st.characters()))


def opens_a_formula(cell: str) -> bool:
    """As a spreadsheet sees it that drops what is unseen and takes any width of a sign."""
    seen = cell.strip(UNSEEN.replace("'", ""))
    return unicodedata.normalize("NFKC", seen[:1]) in {"=", "+", "-", "@"}


@given(HOSTILE)
def test_no_cell_begins_a_formula_however_it_is_cut(text: str) -> None:
    """T-INJ (form-18): signs of a query language are mere signs."""
    cell = defused(text)
    for part in re.split("[;\t\r\n]", cell):
        assert not opens_a_formula(part) or NUMBER.fullmatch(cell)


@given(HOSTILE)
def test_every_cell_can_be_read_back(text: str) -> None:
    assert restored(defused(text)) == visible(text)


@given(st.lists(st.lists(HOSTILE, min_size=3, max_size=3)))
def test_a_file_reads_back_as_its_rows(rows: list[list[str]]) -> None:
    out = BytesIO()
    with written(out) as writer:
        writer.writerow(["a", "b", "c"])
        for row in rows:
            writer.writerow([defused(cell) for cell in row])
    assert out.getvalue().startswith(BOM.encode())
    out.seek(0)
    found = [list(row.values()) for row in read_back(out)]
    assert found == [[visible(cell) for cell in row] for row in rows]


def test_a_cell_of_blank_lines_takes_no_longer_than_its_length() -> None:
    """T-DOS: ten thousand line breaks took a second and a half of computing, each time anew."""
    blank = "x" + "\n" * 200_000 + "\t" * 200_000 + "x"
    begun = time.process_time()
    cell = defused(blank)
    assert restored(cell) == visible(blank)
    assert time.process_time() - begun < 20
    assert cell.count("'") > 300_000


def test_negative_numbers_stay_numbers() -> None:
    for text in ("-5", "-5.30", "-1,234.5", "-3.2%", "-3.2 %"):
        assert defused(text) == text
    assert defused("-5+cmd|' /C calc'!A0") == "'-5+cmd|' /C calc'!A0"
    assert defused("-1,2,3") == "'-1,2,3"


def test_what_begins_a_formula_gets_an_apostrophe_wherever_a_cell_may_begin() -> None:
    assert defused("=1+1") == "'=1+1"
    assert defused("\ufeff ＝1") == "'\ufeff ＝1"
    assert defused('"=1') == "'\"=1"
    assert defused("\tx") == "'\tx"
    assert defused("a;=1\n@b; c") == "a;'=1\n'@b; c"
    assert defused("5 - 3 = 2") == "5 - 3 = 2"
    assert defused(None) == ""


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", "\0=", "＝", " ＝", "\ufeff=", "'="]
)
def test_a_statement_that_begins_a_formula_is_words_in_every_table(start: str) -> None:
    """form-18: in each width, behind what a spreadsheet drops; and no table goes past it."""
    # A control character is printed as a sign of its own, which begins no formula.
    assert defused(f"{start}cmd|' /C calc'!A0")[0] in "'␀"
    own = Path("app/exports/plain_table.py")
    texts = {file: file.read_text("utf-8") for file in (ROOT / "app").rglob("*.py")}
    writers = {file for file, text in texts.items() if "csv.writer(" in text} - {ROOT / own}
    assert {file for file in writers if "defused(" not in texts[file]} == set()
