"""A table in a text is parted where its rows agree, and a comma of a figure parts nothing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.documents.delimited import delimiter, read_delimited
from sources.places import words_of


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("年份,产量\n2024,5\n", ","),
        ("Year;Out\n2023;1,5\n2024;2,5\n", ";"),
        ("1,5;2,5\n2,5;3,5\n", ";"),
        ("a\tb\n1,234\t5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('name,note\nA,"first; second"\nB,"third; fourth"\n', ","),
        ("City, State;Pop\nX, Y;1.234,5\nZ, W;2\n", ";"),
        ("only one\ncolumn\n", ","),
        ("", ","),
    ],
)
def test_the_character_that_parts_cells_is_the_one_the_rows_agree_on(text: str, mark: str) -> None:
    assert delimiter(text) == mark


def test_a_cell_is_found_where_a_spreadsheet_shows_it() -> None:
    found = read_delimited('sep=;\r\nYear;"Out\nput"\n\n;41,5\n')
    assert found.content == "Year | Out put\n| 41,5"
    assert [place[2] for place in found.places] == ["A1", "B1", "B3"]
    assert words_of(found.content, found.places, "table_cell", "B3") == "41,5"


CELL = st.text(st.sampled_from('a5年,;|"\n. '), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_every_cell_of_a_written_table_stands_at_its_place(rows: list[list[str]]) -> None:
    stream = io.StringIO("sep=\t\n")
    stream.seek(0, io.SEEK_END)
    csv.writer(stream, delimiter="\t").writerows([["head", "of it"], *rows])
    found = read_delimited(stream.getvalue())
    offsets = [place[0] for place in found.places]
    assert offsets == sorted(set(offsets))
    for number, row in enumerate(rows, start=2):
        for letter, cell in zip("AB", row, strict=True):
            said = words_of(found.content, found.places, "table_cell", f"{letter}{number}")
            assert (said or "").strip(" |") == " ".join(cell.split()).strip(" |")
