"""Markdown that any reader reads alike: every character means itself, and nothing is left out."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.exports.markdown.writing import coded, escaped, fenced
from app.exports.signs import visible
from tests.app.exports.a_paper import a_paper
from tests.app.exports.printing import printed
from tests.app.exports.test_html import HOSTILE, a_hostile_paper

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ELEMENTS = re.compile("<[^>]+>")


def read(text: str) -> str:
    """What somebody sees of it, in one line."""
    return " ".join(html.unescape(ELEMENTS.sub("", READER.render(text))).split())


def one_line(words: str) -> str:
    """The words as a text of one line can hold them."""
    return " ".join(visible(words).split())


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=30), st.text("*_`#-+=1.)[]<>|~\\&;! \n", max_size=30)))
def test_whatever_was_written_is_what_is_read(words: str) -> None:
    assert read(escaped(words)) == one_line(words)


@pytest.mark.parametrize("words", ["a | b", "a * b", "#"])
def test_code_holds_its_text(words: str) -> None:
    assert READER.render(coded(words)) == f"<p><code>{words}</code></p>\n"


def test_a_fence_is_longer_than_any_in_its_text() -> None:
    assert READER.render(fenced("````\nx")).count("<pre>") == 1


def test_code_that_would_end_itself_is_escaped_text() -> None:
    assert read(coded("`x` <!-- seal -->")) == "`x` <!-- seal -->"
    assert "<!-- seal -->" not in coded("<!-- seal -->")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_markup(words: str) -> None:
    text = printed("md", a_hostile_paper(words))
    assert text.count("<!-- seal -->") == 1
    rendered = READER.render(text)
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert 'href="javascript' not in rendered


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_figures_are_tables_and_every_part_is_there(language: str) -> None:
    text = printed("md", a_paper(language))
    rendered = READER.render(text)
    assert rendered.count("<table>") == 3
    for words in ("18.3%", "Kim Somebody", "Lee Nobody", "wrong page", "5a" * 32, "6b" * 32):
        assert words in text, words
    assert "gazette.example/ledger\n700\n" in text
