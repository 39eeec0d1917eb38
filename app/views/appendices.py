"""The verification appendix of an article: its preview with its options, and issuing it."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.appendix_issue import issues
from app.appendix_issue.issuing import Issued, issue
from app.appendix_issue.making import ask, is_quick, make_now
from app.appendix_issue.preview import Preview, preview
from app.appendix_issue.wish import LANGUAGES, STYLES, Wish
from app.errors import status_of
from app.evidence_store import store
from app.exports.view import view_of
from app.forms.appendices import IssueForm, OptionsForm, member, style_of, version_number
from app.i18n import language
from app.past.reading import past, readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import beforehand, database, session
from claims.errors import DeskError
from claims.models import Article, ArticleVersion
from claims.queries.articles import article_id, version_of
from claims.vocabulary import Profile

blueprint = Blueprint("appendices", __name__)
SEE_OTHER, UNPROCESSABLE = 303, 422
LISTED = 20
FIRST_FORMATS = ("html", "json")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of issuing before the page's own transaction: an issue, or why there is none."""

    issued: Issued | None = None
    problem: DeskError | None = None
    said: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def _rows(key: str) -> Scope:
    """The rows the past of an appendix needs."""
    return of_article(article_id(session(), key))


def _wish(key: str) -> Wish:
    """What the address asks for; raise Refused for an option that is none."""
    asked, own = request.args, language()
    tongue = member(asked, "language", LANGUAGES, own)
    profile = Profile(member(asked, "profile", list(Profile), Profile.EDITOR))
    then = past()
    return Wish(
        key,
        profile,
        tongue,
        style_of(asked, STYLES[tongue]),
        version_number(asked.get("version")),
        str(then.position) if then is not None else asked.get("as_of", "").strip(),
    )


@blueprint.get("/articles/<key>/appendix")
@blueprint.get("/articles/<key>/appendix.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show what an appendix would say, what it hides and what is missing, and what was issued."""
    found = preview(
        database(), store(), _wish(key), reader=actor(), zone=get_timezone() or dt_utc()
    )
    return _page(found, _form(found.wish, found))
