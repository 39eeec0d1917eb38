"""Whatever stands in a text is found by any part of it, of two Chinese characters or one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.search_words import folded, index_words, question

TEXTS = st.text(st.sampled_from("三星份额 5%.,18ABcdéß２０２４年カﾅ가나々"), max_size=40)


def found(asked: str, text: str) -> bool:
    """Whether index and recheck together find the text."""
    cut, words = question(asked), index_words(text)
    known = all(word in words for word in cut.exact) and all(
        any(word.startswith(start) for word in words) for start in cut.beginnings
    )
    return known and cut.stands_in(text)


@given(TEXTS, st.data())
def test_every_part_of_a_text_that_begins_with_a_word_finds_it(
    text: str, data: st.DataObject
) -> None:
    parts = folded(text).split()
    if not parts:
        return
    part = data.draw(st.sampled_from(parts))
    if question(part).parts:
        assert found(part, text)


@given(st.text(st.sampled_from("三星长江存储份额"), min_size=2, max_size=20), st.data())
def test_any_stretch_of_chinese_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    assert found(text[start:stop], f"2024 年{text}为 5%。")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("份额 三星", "2024 年三星的份额为 18.3%。"),
        ("18.3%", "2024 年三星的份额为 18.3%。"),
        ("１８．３％", "18.3%"),
        ("SAMSUNG", "Samsung's share"),
        ("sams", "Samsung's share"),
        ("额", "市场份额"),
        ("삼성", "삼성전자"),
    ],
)
def test_words_are_found_in_any_order_width_and_case(asked: str, text: str) -> None:
    assert found(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"), [("份星", "三星的份额"), ("18.3", "18,3"), ("三星", "三国之星")]
)
def test_what_does_not_stand_there_is_not_found(asked: str, text: str) -> None:
    assert not found(asked, text)


@pytest.mark.parametrize("asked", ["", "  ", "%", "。，", "“”"])
def test_signs_alone_ask_for_nothing(asked: str) -> None:
    assert question(asked).parts == ()
