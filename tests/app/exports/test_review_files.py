"""A review as text may stand in any page, and a file of reviews is one graph."""

import json
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from hypothesis import example, given
from hypothesis import strategies as st

from app.exports.claim_review import Reviews
from app.exports.review_files import lines, reviews_of, script, text_of, write
from claims.errors import Conflict
from tests.app.exports.an_issue import a_claim, a_document
from tests.app.exports.issuing import named
from tests.app.exports.test_claim_review import HOUSE

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


@pytest.mark.usefixtures("labels")
def test_the_file_is_one_graph_of_the_signed_claims() -> None:
    claims = [a_claim(4), a_claim(5, stage="checking"), a_claim(6)]
    out, told = BytesIO(), list[tuple[int, int]]()
    write(Reviews(a_document(*claims), HOUSE), out, lambda *done: told.append(done))
    found = json.loads(out.getvalue())
    assert found["@context"] == "https://schema.org"
    assert [one["url"][-2:] for one in found["@graph"]] == ["c4", "c6"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    write(Reviews(a_document(), HOUSE), empty := BytesIO(), lambda *_: None)
    assert json.loads(empty.getvalue())["@graph"] == []


@pytest.mark.usefixtures("labels")
def test_only_a_public_appendix_is_reviewed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = named(tmp_path)
    monkeypatch.setitem(current_app.extensions, "settings", settings)
    assert reviews_of(a_document(a_claim())).house.name == "The Gazette"
    with pytest.raises(Conflict, match="public"):
        reviews_of(a_document(a_claim(), profile="legal"))
