"""A review as text may stand in any page, and a file of reviews is one graph."""

import json
from html.parser import HTMLParser
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from app.exports.review_files import lines, script, text_of

HOSTILE = "</script><!--<script>&\u2028\u2029]]>\"'\\"


class Scripts(HTMLParser):
    """Collects the scripts of a page and whatever else is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


@given(st.text())
@example(HOSTILE)
def test_a_review_pasted_into_a_page_ends_where_it_ends(words: str) -> None:
    node = {"@type": "ClaimReview", "claimReviewed": words}
    page = Scripts()
    page.feed(f"<body>{script(node)}</body>")
    assert page.tags == [("body", []), ("script", [("type", "application/ld+json")])]
    [text] = page.texts
    assert json.loads(text) == {"@context": "https://schema.org", **node}


def test_text_has_no_character_that_ends_a_script_or_a_line_of_one() -> None:
    text = text_of({"name": HOSTILE})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": HOSTILE}


def test_values_are_written_a_line_each_with_commas_between() -> None:
    assert "".join(lines([])) == ""
    assert "".join(lines([1, {"a": 2}])) == '\n1,\n{"a": 2}'
