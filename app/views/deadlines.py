"""Until when an article has to be checked: setting the moment, moving it, taking it away."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.roles import Permission
from app.forms.conflicts import Edited, conflict
from app.forms.deadlines import DeadlineForm
from app.forms.sending import is_stale, send
from app.past.scope import of_article
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims.deadlines import set_deadline
from claims.models import Article
from claims.queries.articles import no_such_article

blueprint = Blueprint("deadlines", __name__)
SEE_OTHER = 303


@blueprint.get("/articles/<key>/deadline")
@requires(Permission.ADD_ARTICLE)
def edit(key: str) -> ResponseReturnValue:
    """Show the deadline as it is set."""
    article = _article(key)
    return render_template("deadlines/form.html", article=article, form=DeadlineForm.of(article))


@blueprint.post("/articles/<key>/deadline")
@requires(Permission.ADD_ARTICLE)
def save(key: str) -> ResponseReturnValue:
    """Set it."""
    article, form = _article(key, lock=True), DeadlineForm()

    def act() -> None:
        set_deadline(session(), article, form.moment, seen_version=form.seen_version)

    refused = send(form, act)
    back = url_for("articles.page", key=key)
    if refused:
        session().expire_all()
    if refused and is_stale(form, article.version):
        action = url_for("deadlines.save", key=key)
        edited = Edited(
            "article", article.id, of_article(article.id), lambda: DeadlineForm.of(_article(key))
        )
        return conflict(form, edited, action, back)
    if refused:
        return render_template("deadlines/form.html", article=article, form=form), refused
    said = _("The deadline is set.") if article.deadline else _("There is no deadline any more.")
    undoable(said)
    return redirect(back, SEE_OTHER)


def _article(key: str, *, lock: bool = False) -> Article:
    wanted = select(Article).where(Article.key == key)
    found = session().scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise no_such_article()
    return found
