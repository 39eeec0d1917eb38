"""An article on paper: its text with numbered claims, and a ledger with a column to tick in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.roles import Permission
from app.past.reading import readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.reading_view import marked_text
from app.unit_of_work import session
from claims.queries.articles import article_id, article_page
from claims.queries.ledger_sheet import sources_of

blueprint = Blueprint("prints", __name__)


def _rows(key: str) -> Scope:
    """The rows the past of an article needs."""
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/print")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show the sheet as it will be printed."""
    found = article_page(session(), key)
    return render_template(
        "articles/print.html",
        page=found,
        article=found.article,
        paragraphs=marked_text(found, found.claims),
        sources=sources_of(session(), [marked.claim.id for marked in found.claims]),
    )
