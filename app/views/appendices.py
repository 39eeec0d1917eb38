"""The verification appendix: a preview, and the issue as a file."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.appendices import current_content, issue
from app.exports import FORMATS
from app.exports.words import label, shown
from app.forms.appendices import AppendixForm
from app.i18n import language
from app.past.reading import readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import session
from claims.models import Appendix, Article
from claims.queries.articles import article_id, version_of

blueprint = Blueprint("appendices", __name__)


def _article(key: str) -> Article:
    return version_of(session(), key).article


def _page(article: Article, form: AppendixForm) -> str:
    issued = session().scalars(
        select(Appendix)
        .where(Appendix.article_id == article.id)
        .order_by(Appendix.number.desc())
        .limit(20)
    )
    return render_template(
        "appendices/page.html",
        article=article,
        content=current_content(session(), article),
        form=form,
        issued=issued.all(),
        label=label,
        shown=shown,
    )


def _rows(key: str) -> Scope:
    """The rows the past of an appendix needs."""
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/appendix")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show what the appendix says now, what is missing in it, and those already issued."""
    return _page(_article(key), AppendixForm())


@blueprint.post("/articles/<key>/appendix")
@requires(Permission.EXPORT)
def export(key: str) -> ResponseReturnValue:
    """Issue the appendix as a file to download."""
    article = _article(key)
    form = AppendixForm()
    if not form.validate_on_submit():
        return _page(article, form), 422
    chosen = FORMATS[form.format.data]
    row, data = issue(session(), article, form=chosen, language=language(), by=actor())
    name = f"{article.key}-appendix-{row.number}.{chosen.ending}"
    return Response(
        data,
        mimetype=chosen.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        },
    )
