"""Whatever a profile may ever withhold: a mark stands in its place, and nothing falls over."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from app.exports.page.body import pieces
from claims.appendix.commitments import is_leaf
from claims.appendix.document import Document
from claims.appendix.plain import Shelf
from tests.app.exports.a_paper import a_paper
from tests.app.exports.printing import application, viewed

COMMITMENT = "ab12cd34" * 8
KEPT = {"number", "issue"}
"""Numbers are how parts of an appendix speak of each other; no profile withholds one."""


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a content, as what holds it and its name there."""
    names = value.keys() if isinstance(value, dict) else range(len(value))
    for name in names:
        if name in KEPT:
            continue
        yield value, name
        if not is_leaf(value[name]):
            yield from places(value[name])


def variants(content: Any) -> Iterator[Any]:
    """The same content with one value after the other withheld."""
    for holder, name in list(places(content)):
        kept = holder[name]
        holder[name] = {"withheld": COMMITMENT}
        yield deepcopy(content)
        holder[name] = kept


def a_bare_paper() -> Document:
    """One without a method and a signature, which take long to write and withhold nothing."""
    whole = a_paper("both")
    return replace(whole, head={**whole.head, "method": {}}, integrity=None)


def test_anything_of_a_claim_may_be_withheld() -> None:
    whole, marked = a_bare_paper(), 0
    for claim in variants(whole.claims[1]):
        page = "".join(pieces(viewed(replace(whole, claims=Shelf([claim])))))
        marked += COMMITMENT[:8] in page
    assert marked > 100


def test_anything_around_the_claims_may_be_withheld() -> None:
    whole, marked = replace(a_bare_paper(), claims=Shelf([])), 0
    for head in variants(whole.head):
        page = "".join(pieces(viewed(replace(whole, head=head))))
        marked += COMMITMENT[:8] in page
    assert marked > 40


def test_a_view_is_made_in_an_application_and_read_anywhere() -> None:
    with application().app_context():
        view = viewed(a_paper("zh"))
    assert view.claims[1].badges[0].words == ("证据冲突",)
