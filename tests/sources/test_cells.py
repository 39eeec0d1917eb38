"""The cells of a table are known by their address, with the heads of their column and row."""

from sources.cells import beside, cell_at, cell_named, cells_between
from sources.places import CELL, Place

TEXT = "公司 | 份额（%）\n长江存储 | 4.6\n三星 | 33.1"
PLACES: tuple[Place, ...] = tuple(
    (TEXT.index(words), CELL, f"S!{name}")
    for name, words in (
        ("A1", "公司"),
        ("B1", "份额"),
        ("A2", "长江"),
        ("B2", "4.6"),
        ("A3", "三星"),
        ("B3", "33.1"),
    )
)


def test_a_cell_is_its_words_without_what_parts_it_from_the_next() -> None:
    cells = cells_between(PLACES, TEXT, 0, len(TEXT))
    assert [TEXT[slice(*cell.span)] for cell in cells] == [
        "公司",
        "份额（%）",
        "长江存储",
        "4.6",
        "三星",
        "33.1",
    ]
    assert [cell.name for cell in cells[:2]] == ["S!A1", "S!B1"]


def test_a_cell_is_found_by_place_and_by_address_as_people_write_it() -> None:
    cell = cell_named(PLACES, TEXT, "$b$2")
    assert cell is not None
    assert cell == cell_at(PLACES, TEXT, cell.start) == cell_named(PLACES, TEXT, "S!B2")
    assert cell_named(PLACES, TEXT, "C9") is None
    assert cell_named(None, TEXT, "B2") is None
    assert cell_at(((0, "page", "1"),), TEXT, 3) is None


def test_the_heads_of_a_cell_are_the_first_words_of_its_column_and_row() -> None:
    cells = cells_between(PLACES, TEXT, 0, len(TEXT))
    assert beside(cells, cells[3], TEXT) == ("份额（%）", "长江存储")
    assert beside(cells, cells[0], TEXT) == ("", "")
