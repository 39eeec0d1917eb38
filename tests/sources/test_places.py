"""A place in a text names its page, paragraph or cell, and the name leads back to it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.places import (
    MOST_PLACES,
    Place,
    ascending,
    column,
    composed,
    of_sheet,
    place_at,
    shortened,
    span_of,
    words_of,
)

TABLE = "年份 | 产量\n2024 | 18.3%\n\n合计"
PLACES = (
    (0, "table_cell", "T1!A1"),
    (5, "table_cell", "T1!B1"),
    (8, "table_cell", "T1!A2"),
    (15, "table_cell", "T1!B2"),
    (22, "paragraph", "1"),
)
LETTERS = st.sampled_from("a5年é\u0301\u0323가\u1100\u1161\u11a8 \n|")
TEXTS = st.text(LETTERS, min_size=1, max_size=60)


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, tuple[Place, ...]]:
    """A text whose places cover it, each with a locator of its own."""
    text = draw(TEXTS)
    starts = {0, *draw(st.sets(st.integers(0, len(text) - 1), max_size=8))}
    return text, tuple((start, "page", str(n)) for n, start in enumerate(sorted(starts), start=1))


def test_a_character_is_in_the_cell_that_begins_last_before_it() -> None:
    assert place_at(PLACES, TABLE.index("18.3")) == ("table_cell", "T1!B2")
    assert place_at(PLACES, len(TABLE) - 1) == ("paragraph", "1")
    assert place_at(PLACES, -1) is None
    assert place_at(None, 0) is None


def test_a_cell_is_read_without_the_marks_around_it() -> None:
    assert words_of(TABLE, PLACES, "table_cell", "T1!B2") == "18.3%"
    assert words_of(TABLE, PLACES, "paragraph", "1") == "合计"
    assert words_of(TABLE, PLACES, "page", "1") is None


@pytest.mark.parametrize("written", ["B2", "$b$2", "t1!b2", " T1!B2 "])
def test_a_cell_is_found_as_a_person_writes_it(written: str) -> None:
    assert span_of(PLACES, len(TABLE), "table_cell", written) == (15, 22)


def test_a_cell_that_two_sheets_have_is_not_guessed() -> None:
    places = ((0, "table_cell", "One!A1"), (2, "table_cell", "Two!A1"))
    assert span_of(places, 4, "table_cell", "A1") is None
    assert span_of(places, 4, "table_cell", "two!a1") == (2, 4)


@given(placed())
def test_places_cover_a_text_and_lead_back_to_themselves(
    made: tuple[str, tuple[Place, ...]],
) -> None:
    text, places = made
    reached = 0
    for _, kind, locator in places:
        span = span_of(places, len(text), kind, locator)
        assert span is not None
        assert span[0] == reached
        assert {place_at(places, offset) for offset in range(*span)} == {(kind, locator)}
        reached = span[1]
    assert reached == len(text)


@given(placed())
def test_a_text_that_is_composed_keeps_its_places_in_order(
    made: tuple[str, tuple[Place, ...]],
) -> None:
    text, places = composed(*made)
    assert text == unicodedata.normalize("NFC", made[0])
    offsets = [offset for offset, _, _ in places]
    assert offsets == sorted(set(offsets))
    assert offsets[0] == 0
    assert {place[1:] for place in places} <= {place[1:] for place in made[1]}


def test_places_move_with_the_letters_before_them() -> None:
    assert composed("e\u0301e\u0301 5", ((0, "page", "1"), (4, "page", "2"))) == (
        "éé 5",
        ((0, "page", "1"), (2, "page", "2")),
    )


def test_a_text_with_too_many_places_ends_where_they_do() -> None:
    places = tuple((number, "table_cell", str(number)) for number in range(MOST_PLACES + 5))
    text, kept = shortened("x" * len(places), places, 10**9)
    assert len(text) == len(kept) == MOST_PLACES
    assert shortened("abcdef", PLACES, 5) == ("abcde", PLACES[:1])


def test_a_place_without_a_character_gives_way_to_the_next() -> None:
    assert ascending([(0, "page", "1"), (0, "page", "2"), (3, "page", "3")]) == (
        (0, "page", "2"),
        (3, "page", "3"),
    )


def test_columns_are_lettered_and_sheets_quoted_as_a_spreadsheet_does_it() -> None:
    assert [column(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert of_sheet("Sheet1", "B2") == "Sheet1!B2"
    assert of_sheet("产量", "B2") == "产量!B2"
    assert of_sheet("Bob's 2024", "B2") == "'Bob''s 2024'!B2"
    assert of_sheet("AB12", "B2") == "'AB12'!B2"
