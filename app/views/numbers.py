"""The numbers of an article: the open ones dismissed singly or many at once, and opened again."""

import uuid

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import page_twins, paging, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.base import DeskForm
from app.forms.sending import send
from app.forms.triage import ActForm, DismissForm
from app.past.reading import past, readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import session
from claims.dismissals import dismiss, open_again
from claims.queries.articles import article_id, version_of
from claims.queries.numbers import View, numbers_page
from claims.undo import undo
from claims.vocabulary import DismissalReason

blueprint = Blueprint("numbers", __name__, url_prefix="/articles/<key>")
SEE_OTHER = 303


def _rows(key: str) -> Scope:
    """The rows the past of the numbers needs."""
    return of_article(article_id(session(), key))


@blueprint.get("/numbers")
@blueprint.get("/numbers.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """List the numbers; ``?view=`` chooses open, dismissed or claimed ones."""
    return _shown(key)


def _shown(key: str, form: DeskForm | None = None) -> twins.Shown:
    asked = request.args.get("view")
    view = View(asked) if asked in set(View) else View.OPEN
    at = paging.page_asked()
    found = numbers_page(session(), key, view, at, None if past() else actor())
    return twins.shown(
        "numbers/page.html",
        lambda: page_twins.numbers(found),
        page=found,
        article=found.article,
        at=at,
        views=list(View),
        reasons=list(DismissalReason),
        form=form,
    )


def _back(key: str, view: View) -> ResponseReturnValue:
    return redirect(url_for("numbers.page", key=key, view=view), SEE_OTHER)


@blueprint.post("/numbers/dismiss")
@requires(Permission.ASSESS)
def dismiss_many(key: str) -> ResponseReturnValue:
    """Dismiss the ticked numbers with one reason."""
    form = DismissForm()
    version = version_of(session(), key)

    def act() -> None:
        dismiss(
            session(),
            version,
            form.chosen,
            form.reason.data,
            by=actor(),
            note=form.note.data,
        )

    refused = send(form, act)
    if refused:
        session().expire_all()
        return _shown(key, form), refused
    return _back(key, View.OPEN)


@blueprint.post("/numbers/<uuid:mention>/reopen")
@requires(Permission.ASSESS)
def reopen(key: str, mention: uuid.UUID) -> ResponseReturnValue:
    """Take a dismissal back."""
    form = ActForm()
    version = version_of(session(), key)
    refused = send(
        form,
        lambda: open_again(session(), version, mention, by=actor(), seen=form.seen_version),
    )
    if refused:
        session().expire_all()
        return _shown(key, form), refused
    return _back(key, View.DISMISSED)


@blueprint.post("/numbers/undo")
@requires(Permission.ASSESS)
def take_back(key: str) -> ResponseReturnValue:
    """Undo the last thing this person did in this article's sorting."""
    form = ActForm()
    version = version_of(session(), key)
    refused = send(form, lambda: undo(session(), version, by=actor()))
    if refused:
        session().expire_all()
        return _shown(key, form), refused
    return _back(key, View.OPEN)
