"""A long text is told word by word, whatever its language; what it hides is nothing."""

import re

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from app.word_diff import SHORTEST, word_diff

TAGS = re.compile(r'<(del|ins)><span class="vh">.*? </span>(.*?)</\1>', re.DOTALL)
app = Flask(__name__)
Babel(app)


def told(old: str, new: str) -> str | None:
    with app.test_request_context():
        return word_diff(old, new)


def marks(text: str | None) -> list[tuple[str, str]]:
    return TAGS.findall(text or "")


def test_a_changed_word_and_a_changed_character_are_marked_and_nothing_else() -> None:
    assert marks(
        told("The share was 5 % in 2024, they said.", "The share was 6 % in 2024, they said.")
    ) == [
        ("del", "5"),
        ("ins", "6"),
    ]
    old = "长江存储的份额在二〇二四年达到百分之五，排在第六位，仍低于三星。"
    assert marks(told(old, old.replace("第六", "第五"))) == [("del", "六"), ("ins", "五")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("short", "shorter"), ("a" * 40, "b" * 40), ("x " * 4000, "y " * 4000)],
)
def test_short_unlike_or_endless_texts_are_left_whole(old: str, new: str) -> None:
    assert told(old, new) is None


def test_markup_in_a_text_stays_text() -> None:
    found = told("<b>bold</b> & plain and so on and on", "<b>bold</b> & plain and so forth and on")
    assert found is not None
    assert "<b>" not in found
    assert "&lt;b&gt;" in found


@given(st.text(st.sampled_from("份额5 %ab,。"), min_size=SHORTEST, max_size=60), st.data())
def test_both_texts_can_be_read_from_the_merged_one(old: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(old)))
    new = old[:at] + data.draw(st.text(st.sampled_from("新7x"), max_size=5)) + old[at + 1 :]
    found = told(old, new)
    if found is None or " … " in found:
        return
    before = TAGS.sub(lambda tag: tag[2] if tag[1] == "del" else "", found)
    after = TAGS.sub(lambda tag: tag[2] if tag[1] == "ins" else "", found)
    assert (before, after) == (old, new)
