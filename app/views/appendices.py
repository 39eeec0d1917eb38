"""The verification appendix: a preview, and the issue as a file."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.appendices import Draft, current_content, draft, issue, issued
from app.evidence_store import store
from app.exports import FORMATS
from app.exports.integrity import document
from app.exports.words import label, shown
from app.forms.appendices import AppendixForm
from app.i18n import language
from app.past.reading import readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import beforehand, database, session
from claims.models import Appendix, Article
from claims.queries.articles import article_id, version_of

blueprint = Blueprint("appendices", __name__)


def _article(key: str) -> Article:
    return version_of(session(), key).article


def _page(article: Article, form: AppendixForm) -> twins.Shown:
    known = session().scalars(
        select(Appendix)
        .where(Appendix.article_id == article.id)
        .order_by(Appendix.number.desc())
        .limit(20)
    )
    content = current_content(session(), article)
    handed_out = [(row, store().keeps(row.file_sha256)) for row in known]
    return twins.shown(
        "appendices/page.html",
        lambda: {
            **page_twins.head(article),
            "preview": document(content, None),
            "issued": [{**twins.columns(row), "kept": kept} for row, kept in handed_out],
        },
        article=article,
        content=content,
        form=form,
        issued=handed_out,
        label=label,
        shown=shown,
    )


def _rows(key: str) -> Scope:
    """The rows the past of an appendix needs."""
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/appendix")
@blueprint.get("/articles/<key>/appendix.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show what the appendix says now, what is missing in it, and those already issued."""
    return _page(_article(key), AppendixForm())


def drafted(key: str) -> Draft | None:
    """Fix the content and write the file, before the transaction that issues it."""
    form = AppendixForm()
    if not form.validate_on_submit():
        return None
    chosen = FORMATS[form.format.data]
    return draft(
        database(), key, form=chosen, language=language(), by=actor(), request=g.request_id
    )


@blueprint.post("/articles/<key>/appendix")
@requires(Permission.EXPORT)
@beforehand(drafted)
def export(key: str, prepared: Draft | None) -> ResponseReturnValue:
    """Issue the appendix as a file to download."""
    if prepared is None:
        form = AppendixForm()
        form.validate()
        return _page(_article(key), form), 422
    row = issue(session(), store(), prepared, by=actor())
    return _handed_out(key, row, prepared.data)


@blueprint.get("/articles/<key>/appendix/<int:number>")
@requires(Permission.READ)
def again(key: str, number: int) -> ResponseReturnValue:
    """Hand out an issued appendix once more: the very bytes, or none."""
    row = issued(session(), key, number)
    return _handed_out(key, row, store().read(row.file_sha256))


def _handed_out(key: str, row: Appendix, data: bytes) -> Response:
    """A file to save; nothing in it may run where a browser shows it after all."""
    chosen = FORMATS[row.format]
    name = f"{key}-appendix-{row.number}.{chosen.ending}"
    return Response(
        data,
        mimetype=chosen.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        },
    )
