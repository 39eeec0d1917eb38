"""What other people's programs fetch: the feed of reviews."""

from flask import Blueprint, Response, current_app, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app import paging
from app.accounts.roles import Permission
from app.evidence_store import store
from app.permissions import requires
from app.review_feed import Feed, feed
from app.unit_of_work import session

blueprint = Blueprint("feeds", __name__)
FOR_ALL = "public, max-age=300"


@blueprint.get("/feeds/claimreview.json")
@requires(Permission.READ, open_by="public_feed")
def claim_reviews() -> ResponseReturnValue:
    """Tell the reviews of each article's newest public appendix, and those withdrawn since."""
    settings = current_app.extensions["settings"]
    found = feed(session(), store(), settings, paging.page_asked())
    answer = Response(stream_with_context(found.text()), mimetype="application/ld+json")
    answer.set_etag(found.tag(settings.secret_key))
    answer.last_modified = found.modified
    if settings.public_feed:
        answer.headers["Cache-Control"] = FOR_ALL
    _link_neighbours(answer, found)
    return answer.make_conditional(request)


def _link_neighbours(answer: Response, found: Feed) -> None:
    """Name the pages before and after this one (RFC 8288)."""
    for relation, page in (("prev", found.page - 1), ("next", found.page + 1)):
        if 1 <= page <= found.pages:
            address = url_for("feeds.claim_reviews", page=page, _external=True)
            answer.headers.add("Link", f'<{address}>; rel="{relation}"')
