"""A long word may break, and nothing of a text is lost but what nobody could print."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.exports.pdf.breaking import LONGEST, ZERO_WIDTH, breakable


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"])))
def test_every_character_stays_where_it_was(text: str) -> None:
    assert breakable(text).replace(ZERO_WIDTH, "") == text.replace(ZERO_WIDTH, "")


@given(st.text())
def test_no_long_word_is_left_without_a_place_to_break(text: str) -> None:
    for word in breakable(text).replace(ZERO_WIDTH, " ").split():
        western = [char for char in word if unicodedata.east_asian_width(char) not in "WFH"]
        assert len(western) < LONGEST or word != "".join(western)


def test_an_address_breaks_after_its_marks() -> None:
    address = "https://example.org/2024/annual-report?page=3"
    assert breakable(address).split(ZERO_WIDTH) == [
        "https://",
        "example.",
        "org/",
        "2024/",
        "annual-",
        "report?",
        "page=",
        "3",
    ]


def test_chinese_needs_no_mark() -> None:
    assert breakable("三星电子" * 30) == "三星电子" * 30


def test_controls_are_marked_and_turning_marks_go() -> None:
    assert breakable("a\x00b\ud800c") == "a␀b\ufffdc"
    assert breakable("\ufeff1\u202e2\u2066") == "12"
