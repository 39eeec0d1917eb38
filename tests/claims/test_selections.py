"""For any text and any selection, quote, place, locator and figures agree, and are found again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import Refused
from claims.evidence_places import settle
from claims.passage_figures import Tongue
from claims.selections import Copy, Selected, found_again, select, selected_at
from claims.vocabulary import LocatorKind
from sources.places import CELL, place_at
from tests.sources.test_cells import PLACES, TEXT

ZH, EN = Tongue("zh"), Tongue("en", "2025-03-11")
PIECES = st.sampled_from(
    [
        "2024年，份额约为4.6%，",
        "In 2024 it held 4.6 percent, up from 3.1 percent. ",
        "more than 75% of 1,234 shops ",
        "1.2万台\n",
        "第三",
        "the share\n",
        " ",
        "“5–10” ",
        "\n\n",
        "𝟓 é ",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map("".join)


def paged(text: str, tongue: Tongue = ZH) -> Copy:
    """A copy whose text has a page for every twenty characters."""
    marks = tuple((at, "page", str(at // 20 + 1)) for at in range(0, len(text), 20))
    return Copy(text, marks, tongue)


def agrees(copy: Copy, found: Selected) -> None:
    """Expect everything that is told of a passage to be about the same place."""
    assert found.quote == copy.text[slice(*found.span)] == found.quote.strip()
    place = place_at(copy.places, found.start)
    assert (found.locator_kind, found.locator) == (place or (None, None))
    for one in found.figures:
        assert found.start <= one.start < one.stop <= found.stop
        assert one.figure.text == copy.text[slice(*one.span)]


@given(text=TEXTS, tongue=st.sampled_from([ZH, EN]), data=st.data())
def test_a_selection_agrees_with_itself_and_is_found_again_or_asked_about(
    text: str, tongue: Tongue, data: st.DataObject
) -> None:
    copy = paged(text, tongue)
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    if not text[start:stop].strip():
        with pytest.raises(Refused):
            select(copy, start, stop)
        return
    found = select(copy, start, stop)
    agrees(copy, found)
    assert found.start <= start + len(text[start:stop]) - len(text[start:stop].lstrip())
    assert select(copy, *found.span).span == found.span
    assert selected_at(copy, found.span) == found
    again = found_again(copy, found.quote)
    assert found.span in again
    assert found_again(copy, found.quote, found.span) == [found.span]
    settled = settle(copy, found.quote)
    assert (settled.selected is None) is (len(again) > 1)
    assert settled.selected in {None, found}


@pytest.mark.parametrize(
    ("text", "marked", "taken"),
    [
        ("The share was 14.6% then", "4.6%", "14.6%"),
        ("份额约为5%，明显", "额约为5", "额约为5%"),
        ("a total of 1,234,567 shops", "234", "1,234,567"),
        ("the share of NAND rose", "hare of NA", "share of NAND"),
    ],
)
def test_a_word_or_number_that_is_cut_is_taken_in_whole(text: str, marked: str, taken: str) -> None:
    copy = paged(text, Tongue("zh" if "份" in text else "en"))
    at = text.index(marked)
    assert select(copy, at, at + len(marked)).quote == taken


@pytest.mark.parametrize(("start", "stop"), [(3, 3), (-1, 4), (0, 99), (5, 2), (0, 20_000)])
def test_a_place_that_is_none_is_refused(start: int, stop: int) -> None:
    text = "word " * 5 if stop < 10_000 else "word " * 5_000
    with pytest.raises(Refused):
        select(paged(text), start, stop)


def test_the_number_of_a_cell_is_counted_in_what_the_head_of_its_column_says() -> None:
    copy = Copy(TEXT, PLACES, ZH)
    found = settle(copy, None, cell="B2").selected
    assert found is not None
    assert (found.quote, found.locator_kind, found.locator) == (
        "4.6",
        LocatorKind.TABLE_CELL,
        "S!B2",
    )
    assert found.head == ("长江存储", "份额（%）")
    figure = found.figures[0].figure
    assert (figure.text, figure.low, figure.unit) == ("4.6", Decimal("4.6"), "%")


@pytest.mark.parametrize(
    ("language", "head", "number", "low", "unit"),
    [
        ("zh", "销量（2024）", "331.6", "331.6", None),
        ("en", "Sales (2024)", "331", "331", None),
        ("en", "Revenue, 2023", "300", "300", None),
        ("zh", "营收（亿元）", "300", "30000000000", "CNY"),
        ("en", "Revenue (US$ million)", "300", "300000000", "USD"),
        ("en", "Revenue (US$ million)", "2000", "2000000000", "USD"),
        ("en", "Revenue (million dollars)", "300", "300000000", "USD"),
        ("en", "Year (2024)", "2000", None, None),
    ],
)
def test_a_head_counts_a_number_and_its_year_is_no_part_of_it(
    language: str, head: str, number: str, low: str | None, unit: str | None
) -> None:
    text = f"Company | {head}\nSamsung | {number}"
    offsets = [0, 10, 11 + len(head), 21 + len(head)]
    names = ("A1", "B1", "A2", "B2")
    places = tuple((at, CELL, f"S!{name}") for at, name in zip(offsets, names, strict=True))
    found = settle(Copy(text, places, Tongue(language)), None, cell="B2").selected
    assert found is not None
    assert found.quote == number
    figures = [(one.figure.low, one.figure.unit) for one in found.figures]
    assert figures == ([(Decimal(low), unit)] if low is not None else [])
