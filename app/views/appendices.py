"""The verification appendix of an article: its preview with its options, and issuing it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone, ngettext
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from app import page_twins, twins
from app.accounts.current import actor, reader
from app.accounts.roles import Permission
from app.appendix_issue import issues, long_issue
from app.appendix_issue.asked import options_of, wish_of
from app.appendix_issue.issuing import Issued, issue
from app.appendix_issue.making import Outcome, ask, made_at_once, offered
from app.appendix_issue.preview import Preview, preview
from app.appendix_issue.told import told_preview
from app.appendix_issue.wish import Wish
from app.errors import status_of
from app.evidence_store import store
from app.exports.page.body import preview as preview_body
from app.exports.view import view_of
from app.exports.view.beginning import beginning
from app.forms.appendices import IssueForm, OptionsForm, format_name
from app.i18n import language
from app.past.reading import past, readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import beforehand, database, session
from claims.errors import DeskError
from claims.models import Article, ArticleVersion
from claims.queries.articles import article_id

blueprint = Blueprint("appendices", __name__)
SEE_OTHER, UNPROCESSABLE = 303, 422
LISTED = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of issuing before the page's own transaction: an issue, or why there is none.

    ``files`` tells which files are made later, and which cannot be made. ``ordered`` is what a job
    is to issue, because the article is long.
    """

    issued: Issued | None = None
    ordered: long_issue.Ordered | None = None
    problem: DeskError | None = None
    files: Outcome = field(default_factory=Outcome)


def _rows(key: str) -> Scope:
    """The rows the past of an appendix needs."""
    return of_article(article_id(session(), key))


def _zone() -> dt.tzinfo:
    return get_timezone() or dt.UTC


@blueprint.get("/articles/<key>/appendix")
@blueprint.get("/articles/<key>/appendix.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show what an appendix would say, what it hides and what is missing, and what was issued."""
    then = past()
    wish = wish_of(key, request.args, language(), str(then.position) if then else None)
    try:
        return _page(wish, IssueForm())
    except DeskError as problem:
        if not wish.as_of or then is not None:
            raise
        # What was typed is shown beside the preview of now, with what is wrong with it.
        return _page(replace(wish, as_of=""), IssueForm(), problem, wish.as_of), status_of(problem)


def _page(
    wish: Wish, form: IssueForm, problem: DeskError | None = None, typed: str = ""
) -> twins.Shown:
    found = preview(database(), store(), wish, reader=reader(), zone=_zone())
    article = session().get_one(Article, found.state.article)
    asked = options_of(wish)
    options = OptionsForm(data=asked)
    options.offer(_versions(article), _("the newest"))
    if problem is not None:
        options.refuse(typed, problem.message)
    form.offer(asked, found.root, offered(wish.profile))
    known = issues.listed(session(), article.id, LISTED)
    return twins.shown(
        "appendices/page.html",
        lambda: {**page_twins.head(article), **told_preview(found, known)},
        article=article,
        preview=found,
        body=_body(found),
        options=options,
        form=form,
        issued=known,
        making=_making(found) if past() is None else None,
        format_name=format_name,
    )


def _body(found: Preview) -> Markup:
    view = view_of(found.document())
    icons = url_for("static", filename="img/icons.svg")
    return preview_body(beginning(view) if found.left_out else view, icons)


def _making(found: Preview) -> long_issue.Making | None:
    """The job that issues what is previewed, where the article is long."""
    position = str(found.state.position)
    order = long_issue.Ordered(found.state.article, found.wish, position, ())
    return long_issue.making(session(), order)


def _versions(article: Article) -> list[ArticleVersion]:
    query = select(ArticleVersion).where(ArticleVersion.article_id == article.id)
    return list(session().scalars(query.order_by(ArticleVersion.number.desc())))


def prepared(key: str) -> Prepared | None:
    """Issue, and make what is made quickly, before the transaction of the page itself."""
    form = IssueForm()
    form.offer_formats()
    if not form.validate_on_submit():
        return None
    try:
        wish = wish_of(key, form.options, language())
        wanted, seen = form.formats.data or (), form.seen.data or None
        if long_issue.is_long(database(), key):
            return Prepared(ordered=_ordered(wish, wanted, seen))
        found = _issued(wish, seen)
    except DeskError as problem:
        return Prepared(problem=problem)
    made = made_at_once(database(), store(), found.key, wanted, by=actor())
    return Prepared(found, files=made)


def _ordered(wish: Wish, wanted: Sequence[str], seen: str | None) -> long_issue.Ordered:
    return long_issue.ordered(
        database(), store(), wish, wanted, by=actor(), seen=seen, zone=_zone()
    )


def _issued(wish: Wish, seen: str | None) -> Issued:
    return issue(
        database(), store(), wish, by=actor(), request=g.request_id, seen=seen, zone=_zone()
    )


@blueprint.post("/articles/<key>/appendix")
@requires(Permission.ISSUE)
@beforehand(prepared, alone=True)
def export(key: str, prepared: Prepared | None) -> ResponseReturnValue:
    """Issue what was previewed, and lead to the page of the issue."""
    if prepared is not None and prepared.ordered is not None:
        return _queued(prepared.ordered)
    if prepared is None or prepared.issued is None:
        return _refused(key, prepared.problem if prepared is not None else None)
    found = prepared.issued
    row = issues.issued(session(), key, found.number)
    for form in prepared.files.later:
        ask(session(), row, form, by=actor())
    _tell(found)
    tell_files(prepared.files)
    page = url_for("appendix_issues.page", key=key, number=found.number)
    return redirect(page, SEE_OTHER)


def _queued(order: long_issue.Ordered) -> ResponseReturnValue:
    """Leave issuing to a job, and lead back to where it is seen how far that is."""
    _job, is_new = long_issue.enqueued(session(), order, by=actor())
    if is_new:
        flash(_("The appendix is being made. The page may be left meanwhile."))
    else:
        flash(
            _(
                "Such an appendix is being made already, of the state when it was asked for. "
                "What has changed since is not in it: issue again when it is there."
            )
        )
    asked = {name: value for name, value in options_of(order.wish).items() if value}
    page = url_for("appendices.page", key=order.wish.article, **asked)  # type: ignore[arg-type]
    return redirect(f"{page}#issue", SEE_OTHER)


def _refused(key: str, problem: DeskError | None) -> ResponseReturnValue:
    form = IssueForm()
    form.offer_formats()
    form.validate()
    if problem is not None:
        form.reject(problem)
    try:
        wish = wish_of(key, form.options, language())
        return _page(wish, form), UNPROCESSABLE if problem is None else status_of(problem)
    except DeskError:
        # The options themselves are what cannot be read: the preview of the usual ones is shown.
        return _page(wish_of(key, {}, language()), form), UNPROCESSABLE


def _tell(found: Issued) -> None:
    if found.is_new:
        flash(_("Appendix No. %(number)d is issued.", number=found.number))
    else:
        flash(_("Nothing has changed since No. %(number)d: this is it.", number=found.number))


def tell_files(made: Outcome) -> None:
    """Say which files are made later, and why others are not."""
    if made.later:
        flash(
            ngettext(
                "%(num)s file is being made. The page may be left meanwhile.",
                "%(num)s files are being made. The page may be left meanwhile.",
                len(made.later),
            )
        )
    for form, problem in made.problems.items():
        flash(f"{format_name(form)}: {problem.message.get(language()) or problem}")
