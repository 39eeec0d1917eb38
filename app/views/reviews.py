"""The reviews of one issued appendix, to paste into the pages a newsroom publishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app import paging, twins
from app.accounts.roles import Permission
from app.appendix_issue.documents import document
from app.appendix_issue.issues import issued
from app.evidence_store import store
from app.exports.claim_review import LeftOut, Node, Reviews, left_out
from app.exports.review_files import reviews_of, script
from app.permissions import requires
from app.unit_of_work import session

blueprint = Blueprint("reviews", __name__)
ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with its review, or with why it has none; a withheld claim may have no number."""

    number: int | None
    review: Node | None
    why: LeftOut | None

    @property
    def text(self) -> str:
        """What is pasted into a page."""
        return script(self.review) if self.review is not None else ""


def _rows(reviews: Reviews, first: int) -> Iterator[Row]:
    for claim in islice(reviews.document.claims, first, first + ON_A_PAGE):
        why = left_out(claim)
        yield Row(claim.get("number"), None if why else reviews.node(claim), why)


@blueprint.get("/articles/<key>/appendix/<int:number>/reviews")
@blueprint.get("/articles/<key>/appendix/<int:number>/reviews.json", endpoint="as_json")
@requires(Permission.READ)
def page(key: str, number: int) -> ResponseReturnValue:
    """Show each claim's review as it is pasted into a page, and which claims have none."""
    row = issued(session(), key, number)
    reviews, asked = reviews_of(document(store(), row)), paging.page_asked()
    claims = reviews.document.claims
    rows = list(_rows(reviews, (asked - 1) * ON_A_PAGE))

    def at(other: int) -> str | None:
        there = 1 <= other <= max(1, -(-len(claims) // ON_A_PAGE))
        return url_for("reviews.page", key=key, number=number, page=other) if there else None

    return twins.shown(
        "appendices/reviews.html",
        lambda: {
            "article": key,
            "appendix": number,
            "reviews": [one.review for one in rows if one.review is not None],
            "left_out": [{"number": one.number, "why": one.why} for one in rows if one.why],
        },
        article=row.article,
        issue=row,
        rows=rows,
        published=sum(1 for _ in reviews.claims),
        total=len(claims),
        previous=at(asked - 1),
        following=at(asked + 1),
    )
