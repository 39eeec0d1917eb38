"""The reviews of one issued appendix, to paste into the pages a newsroom publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app import paging, twins
from app.accounts.roles import Permission
from app.appendix_issue.documents import document
from app.appendix_issue.issues import issued
from app.evidence_store import store
from app.exports.claim_review import LeftOut, Node, Reviews, left_out
from app.exports.review_files import reviews_of, script
from app.i18n import TAGS
from app.permissions import requires
from app.unit_of_work import session
from claims.status import VerificationStatus

blueprint = Blueprint("reviews", __name__)
ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with its review, and the same as it is pasted into a page."""

    claim: Mapping[str, Any]
    status: VerificationStatus
    review: Node
    text: str


def _sorted(reviews: Reviews, first: int) -> tuple[list[Row], dict[LeftOut, list[int]]]:
    """The reviews of a page's claims, and the numbers of those that have none by the reason."""
    rows, without = list[Row](), dict[LeftOut, list[int]]()
    for claim in islice(reviews.document.claims, first, first + ON_A_PAGE):
        why = left_out(claim)
        if why is None:
            review = reviews.node(claim)
            status = VerificationStatus(claim["status"])
            rows.append(Row(claim, status, review, script(review)))
        elif "number" in claim:
            without.setdefault(why, []).append(claim["number"])
    return rows, without


@blueprint.get("/articles/<key>/appendix/<int:number>/reviews")
@blueprint.get("/articles/<key>/appendix/<int:number>/reviews.json", endpoint="as_json")
@requires(Permission.READ)
def page(key: str, number: int) -> ResponseReturnValue:
    """Show each claim's review as it is pasted into a page, and which claims have none."""
    row = issued(session(), key, number)
    reviews, asked = reviews_of(document(store(), row)), paging.page_asked()
    total = len(reviews.document.claims)
    rows, without = _sorted(reviews, (asked - 1) * ON_A_PAGE)

    def at(other: int) -> str | None:
        there = 1 <= other <= max(1, -(-total // ON_A_PAGE))
        return url_for("reviews.page", key=key, number=number, page=other) if there else None

    return twins.shown(
        "appendices/reviews.html",
        lambda: {
            "article": key,
            "appendix": number,
            "reviews": [row.review for row in rows],
            "left_out": without,
        },
        article=row.article,
        issue=row,
        tag=TAGS.get(row.language),
        rows=rows,
        published=sum(1 for _ in reviews.claims),
        without=without,
        total=total,
        previous=at(asked - 1),
        following=at(asked + 1),
    )
